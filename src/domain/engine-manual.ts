/**
 * Recording by hand: somebody watches a channel and wants it kept. It has a receipt like an edge, is never an alarm,
 * switches nothing, tells nobody, and ends at its bound if nobody stops it.
 */
import { after, seconds, wallOf } from "../kernel/time.ts";
import type { Draft } from "./engine-draft.ts";
import { journal } from "./engine-draft.ts";
import { keepHolds, enterEdge, orderHolds, withDownAnswer } from "./engine-edges.ts";
import type { EngineEvent, RecordHold } from "./engine-types.ts";
import { holdUntil } from "./hold.ts";
import { privacyGate } from "./recording-rule.ts";
import type { ChannelSettings } from "./site-config.ts";
import type { Edge, ReceiptAction } from "./receipt.ts";

type EventOf<K extends EngineEvent["kind"]> = Extract<EngineEvent, { readonly kind: K }>;

/** Keeps a channel from its pre-record on. While one that nobody stopped is running, that one is answered. */
export function onRecord(draft: Draft, { channel, maxS, by }: EventOf<"record">): void {
  const running = runningByHand(draft, channel)[0];
  if (running !== undefined) {
    draft.others.push({ kind: "triggered", eventId: running.eventId, repeated: true });
    return;
  }
  const settings = draft.env.config.channels.find((candidate) => candidate.channel === channel);
  const refused =
    settings === undefined
      ? `there is no channel ${channel}`
      : !settings.enabled
        ? `channel ${channel} is switched off`
        : privateRefusal(settings, draft.state.arming.mode);
  if (settings === undefined || refused !== undefined) {
    draft.others.push({ kind: "trigger-refused", reason: refused ?? "" });
    return;
  }
  const { env, now } = draft;
  const boundAt = after(now.instant, seconds(maxS));
  const edge: Edge = {
    ...{ eventId: env.newId(), input: 0, inputName: settings.name, kind: "manual", at: now, decidedAt: now },
    manual: { by, until: wallOf(now, boundAt) },
  };
  const action: ReceiptAction = withDownAnswer(draft, {
    id: env.newId(),
    target: { kind: "record", channel, preS: settings.preRecordS },
    because: { rule: "manual", eventId: edge.eventId },
  });
  const hold: RecordHold = {
    ...{ holdId: action.id, eventId: edge.eventId, channel, trigger: "manual", bootId: now.bootId, boundAt },
    ...{ edgeAt: now.instant, edgeWall: now.wall, preMs: seconds(settings.preRecordS) },
  };
  enterEdge(draft, { edge, actions: [action], holds: [hold] });
  orderHolds(draft, [hold]);
  draft.others.push({ kind: "triggered", eventId: edge.eventId, repeated: false });
}

const privateRefusal = (settings: ChannelSettings, arming: string): string | undefined => {
  const gate = privacyGate(settings, arming);
  return gate === undefined ? undefined : `channel ${settings.channel}: ${gate}`;
};

/** Ends now what was begun by hand; what else holds the channel goes on. */
export function onRecordStop(draft: Draft, { channel }: EventOf<"record-stop">): void {
  const ended = runningByHand(draft, channel).map((hold) => ({ ...hold, endAt: draft.now.instant }));
  for (const hold of ended) {
    const endAt = holdUntil(hold);
    journal(draft, { kind: "hold-end", holdId: hold.holdId, endAt });
    draft.holds.push({ kind: "end-hold", holdId: hold.holdId, channel, endAt });
  }
  keepHolds(draft, ended);
  const [first] = ended;
  if (first === undefined) draft.others.push({ kind: "trigger-refused", reason: "nothing is recorded by hand there" });
  else draft.others.push({ kind: "triggered", eventId: first.eventId, repeated: false });
}

/** Holds by hand of a channel that neither were stopped nor met their bound. */
const runningByHand = (draft: Draft, channel: number): RecordHold[] =>
  [...draft.state.holds.values()].filter(
    (hold) =>
      hold.channel === channel &&
      hold.trigger === "manual" &&
      hold.endAt === undefined &&
      draft.now.instant < hold.boundAt,
  );
