import { after, seconds, type Clock } from "../kernel/time.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { TriggerAnswer } from "../messages/api.ts";
import type { HoldAnswer } from "../messages/recorder.ts";

/** What a trigger's caller waits at the most for the cameras. */
const patience = seconds(2);
/** Answers that are kept for repeated triggers; the oldest go first. */
const mostAnswers = 2000;

type Camera = TriggerAnswer["cameras"][number];

/** Collects what the recorders answer, so that a trigger can say per camera what really happens. */
export interface TriggerDesk {
  /** A recorder answered for a hold (its id is the action's id). */
  answered(holdId: string, answer: HoldAnswer): void;
  /** Resolves when every camera of the receipt has answered, after 2 s at the latest. */
  cameras(receipt: Receipt): Promise<readonly Camera[]>;
}

interface Waiting {
  readonly receipt: Receipt;
  readonly finish: () => void;
}

/** An empty desk. */
export function triggerDesk(clock: Clock): TriggerDesk {
  const answers = new Map<string, HoldAnswer>();
  const waiting = new Set<Waiting>();
  const complete = (receipt: Receipt) => camerasOf(receipt, answers).every((camera) => camera.answer !== undefined);
  return {
    answered(holdId, answer) {
      answers.delete(holdId);
      answers.set(holdId, answer);
      for (const oldest of answers.keys()) {
        if (answers.size <= mostAnswers) break;
        answers.delete(oldest);
      }
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
        waiting.add(one);
        if (complete(receipt)) finish();
      }),
  };
}

const silent: HoldAnswer = { kind: "failed", reason: "the recorder did not answer within 2 s; it is asked again" };

function camerasOf(
  receipt: Receipt,
  answers: ReadonlyMap<string, HoldAnswer>,
): { readonly channel: number; readonly answer: HoldAnswer | undefined }[] {
  return receipt.actions.flatMap((action) => {
    if (action.target.kind !== "record") return [];
    const known = answers.get(action.id);
    const failed: HoldAnswer | undefined =
      action.outcome?.kind === "failed" ? { kind: "failed", reason: action.outcome.reason } : undefined;
    return [{ channel: action.target.channel, answer: known ?? failed }];
  });
}
