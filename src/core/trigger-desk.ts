import { after, seconds, type Clock } from "../kernel/time.ts";
import type { Outcome, Receipt } from "../domain/receipt.ts";
import type { TriggerAnswer } from "../messages/api.ts";
import type { HoldAnswer } from "../messages/recorder.ts";

/** What a trigger's caller waits at the most for the cameras. */
const patience = seconds(2);
/** Answers and receipts that are kept for repeated triggers; the oldest go first. */
const mostKept = 2000;

type Camera = TriggerAnswer["cameras"][number];

/** Collects what the recorders answer, so that a trigger can say per camera what really happens. */
export interface TriggerDesk {
  /** A recorder answered for a hold (its id is the action's id). */
  answered(holdId: string, answer: HoldAnswer): void;
  /** Resolves when every camera of the receipt has answered, after 2 s at the latest. */
  cameras(receipt: Receipt): Promise<readonly Camera[]>;
  /** A receipt that was asked for before, as it was then; for a trigger that is repeated after it closed. */
  known(eventId: string): Receipt | undefined;
}

interface Waiting {
  readonly receipt: Receipt;
  readonly finish: () => void;
}

/** An empty desk. */
export function triggerDesk(clock: Clock): TriggerDesk {
  const answers = new Map<string, HoldAnswer>();
  const receipts = new Map<string, Receipt>();
  const waiting = new Set<Waiting>();
  const complete = (receipt: Receipt) => camerasOf(receipt, answers).every((camera) => camera.answer !== undefined);
  return {
    answered(holdId, answer) {
      keep(answers, holdId, answer);
      for (const one of [...waiting]) if (complete(one.receipt)) one.finish();
    },
    cameras: (receipt) =>
      new Promise((resolve) => {
        const finish = () => {
          waiting.delete(one);
          cancel();
          resolve(camerasOf(receipt, answers).map(({ channel, answer }) => ({ channel, answer: answer ?? silent })));
        };
        const one: Waiting = { receipt, finish };
        const cancel = clock.wakeAt(after(clock.now(), patience), finish);
        keep(receipts, receipt.edge.eventId, receipt);
        waiting.add(one);
        if (complete(receipt)) finish();
      }),
    known: (eventId) => receipts.get(eventId),
  };
}

function keep<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > mostKept ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}

const silent: HoldAnswer = { kind: "failed", reason: "the recorder did not answer within 2 s; it is asked again" };

function camerasOf(
  receipt: Receipt,
  answers: ReadonlyMap<string, HoldAnswer>,
): { readonly channel: number; readonly answer: HoldAnswer | undefined }[] {
  return receipt.actions.flatMap((action) => {
    if (action.target.kind !== "record") return [];
    const known = answers.get(action.id);
    return [{ channel: action.target.channel, answer: known ?? refusal(action.outcome) }];
  });
}

/** What was decided before any recorder was asked: it can't be, or the channel is off for privacy. */
function refusal(outcome: Outcome | undefined): HoldAnswer | undefined {
  if (outcome?.kind === "failed") return { kind: "failed", reason: outcome.reason };
  return outcome?.kind === "suppressed" ? { kind: "failed", reason: outcome.gate } : undefined;
}
