/**
 * The way of an edge: levels in, relays, holds, messages and receipts out. One pure machine that composes the small
 * ones; core's shell feeds it and carries out its effects in order.
 *
 * How the shell uses it:
 *
 *     state = initialEngine(config, memoryFrom(journal records), now), then one step { kind: "resume" };
 *     for every fact: { state, effects } = stepEngine({ config, newId }, state, event, now).
 *
 * Order of effects: relays, journal, holds, messages, what changed for the pages, the next wake.
 */
import type { Moment } from "../kernel/time.ts";
import type { Step } from "../kernel/machine.ts";
import { inputWake } from "./alarm-input.ts";
import { onArm, onBypass, watchArming } from "./engine-arming.ts";
import { onLink, tamperDueAt, tampersDue } from "./engine-boards.ts";
import { onConfigChanged } from "./engine-config.ts";
import type { Draft } from "./engine-draft.ts";
import { beginDraft, finished, settle } from "./engine-draft.ts";
import { confirmationsDue, nextConfirmation } from "./engine-confirm.ts";
import { followDelays } from "./engine-buzzers.ts";
import { armingDue } from "./engine-entry.ts";
import { inputsDue, onLevel, onTrigger } from "./engine-inputs.ts";
import { loopsDue, nextLoopDue, onLoop, watchLoops } from "./engine-loops.ts";
import { onRecord, onRecordStop } from "./engine-manual.ts";
import { resume } from "./engine-memory.ts";
import {
  feedbackMismatchAt,
  mismatchAt,
  onCommanded,
  onReadBack,
  restOutputs,
  tellOutputs,
  testOutput,
  watchReadBack,
  whyUnconfirmed,
} from "./engine-outputs.ts";
import { nextSensorDue, onSensor, watchSensors } from "./engine-sensors.ts";
import { judgementsDue } from "./engine-graver.ts";
import { forcedDue, nextForcedEnd, setMode, watchForced } from "./engine-forced.ts";
import { acknowledge, nextHoldMove, silence } from "./engine-output-holds.ts";
import { endEscalations, escalationsDue, escalationTimes } from "./engine-escalation.ts";
import {
  onHoldAnswer,
  onHoldClosed,
  onHoldDurable,
  onHoldFresh,
  onRecorderDown,
  onRecorderUp,
} from "./engine-recorder.ts";
import { replaceRelay, watchWear } from "./engine-wear.ts";
import { endWalk, nextWalkEnd, startWalk, walkDue, watchWalk } from "./engine-walk.ts";
import type { EngineState } from "./engine-state.ts";
import { soonest } from "./engine-state.ts";
import type { EngineEffect, EngineEnv, EngineEvent } from "./engine-types.ts";
import { findAction, nextDeadline, overdueActions } from "./receipt-book.ts";

export type * from "./engine-types.ts";
export type { EngineState } from "./engine-state.ts";
export { initialEngine } from "./engine-state.ts";
export { memoryFrom } from "./engine-memory.ts";
export { engineView, stateRecord } from "./engine-view.ts";

/** One event: the next state and what the shell has to do, in order. */
export function stepEngine(
  env: EngineEnv,
  state: EngineState,
  event: EngineEvent,
  now: Moment,
): Step<EngineState, EngineEffect> {
  const draft = beginDraft(env, state, now);
  // a level may tell of a bounce from before a debounce time that is full only now: it is heard first
  if (event.kind !== "level" && event.kind !== "resume") due(draft);
  onEvent(draft, event);
  due(draft);
  followDelays(draft);
  tellOutputs(draft);
  watchReadBack(draft);
  watchForced(draft);
  watchSensors(draft);
  watchLoops(draft);
  watchWear(draft);
  watchArming(draft);
  watchWalk(draft);
  askForWake(draft, event);
  return { state: draft.state, effects: finished(draft) };
}

type Handlers = {
  readonly [K in EngineEvent["kind"]]: (draft: Draft, event: Extract<EngineEvent, { readonly kind: K }>) => void;
};

const handlers: Handlers = {
  level(draft, event) {
    onLevel(draft, event.board, event.report);
    onLoop(draft, event.board, event.report);
  },
  link: (draft, event) => onLink(draft, event.board, event.link, event.at),
  sensor: onSensor,
  "read-back": onReadBack,
  commanded: onCommanded,
  "hold-answer": onHoldAnswer,
  "hold-durable": onHoldDurable,
  "hold-fresh": onHoldFresh,
  "hold-closed": onHoldClosed,
  "recorder-down": onRecorderDown,
  "recorder-up": onRecorderUp,
  "notify-result": onResult,
  "snapshot-result": onResult,
  "ptz-result": onResult,
  arm: onArm,
  bypass: onBypass,
  silence: (draft, event) => silence(draft, event.by),
  acknowledge(draft, event) {
    acknowledge(draft, event);
    endEscalations(draft, event);
  },
  "rest-outputs": restOutputs,
  "output-mode": setMode,
  "relay-replaced": replaceRelay,
  "output-test": testOutput,
  "walk-start": startWalk,
  "walk-stop": (draft, event) => endWalk(draft, "stopped", event.by),
  trigger: onTrigger,
  record: onRecord,
  "record-stop": onRecordStop,
  "config-changed": onConfigChanged,
  wake: () => undefined,
  resume,
};

function onResult(draft: Draft, { eventId, actionId, outcome }: Extract<EngineEvent, { kind: "notify-result" }>): void {
  settle(draft, eventId, actionId, outcome);
}

function onEvent(draft: Draft, event: EngineEvent): void {
  // each handler takes the event of its own key
  (handlers[event.kind] as (draft: Draft, event: EngineEvent) => void)(draft, event);
}

/** Everything that time alone brings about. */
function due(draft: Draft): void {
  inputsDue(draft);
  armingDue(draft);
  tampersDue(draft);
  loopsDue(draft);
  confirmationsDue(draft);
  judgementsDue(draft);
  forcedDue(draft);
  walkDue(draft);
  escalationsDue(draft);
  for (const { eventId, actionId, reason } of overdueActions(draft.state.book, draft.now.instant)) {
    const target = findAction(draft.state.book, eventId, actionId)?.action.target;
    const why = target?.kind === "output" ? whyUnconfirmed(draft, target.output) : reason;
    settle(draft, eventId, actionId, { kind: "failed", reason: why });
  }
}

/** Asks for the next wake when it is another than the one that is armed. A wake that comes late or twice is harmless. */
function askForWake(draft: Draft, event: EngineEvent): void {
  const { wakeAt, ...rest } = draft.state;
  const { inputs, outputs, boards, book } = draft.state;
  const now = draft.now.instant;
  const next = soonest([
    ...[...inputs.values()].flatMap(({ machine, run }) => [inputWake(machine), run?.until]),
    ...[...outputs.values()].map(({ holds }) => nextHoldMove(holds, now)),
    ...nextForcedEnd(draft.state),
    nextWalkEnd(draft.state),
    ...nextSensorDue(draft.state, now),
    ...nextLoopDue(draft.state),
    ...nextConfirmation(draft.state),
    ...[...outputs.values()].map(mismatchAt).filter((at) => at !== undefined && at > now),
    ...[...outputs.values()]
      .map((entry) => feedbackMismatchAt(draft.state, entry))
      .filter((at) => at !== undefined && at > now),
    ...[...boards.values()].map((entry) => tamperDueAt(draft.state, entry)),
    nextDeadline(book),
    ...escalationTimes(draft.state),
    draft.state.arming.exitUntil,
    draft.state.arming.entry?.until,
  ]);
  draft.state = next === undefined ? rest : { ...rest, wakeAt: next };
  if (next !== undefined && (next !== wakeAt || event.kind === "wake")) draft.others.push({ kind: "wake", at: next });
}
