import type { CameraTest } from "../../contract/camera-test.ts";
import { between, type Clock, type Instant } from "../../kernel/time.ts";
import { probeSteps, type ProbeMessage, type ProbeRequest, type ProbeStep } from "../../messages/probe.ts";
import type { ProbePort } from "../ports.ts";
import { advice } from "./advice.ts";

/** Tests are sessions on cameras: this many at once, and results of the last ones are kept. */
const mostRunning = 3;
const mostKept = 20;
/** From the call to the last word, ms. */
const withinMs = 8000;

/** Tests of cameras that run or ran a short while ago. They live here only: nothing of them is configuration. */
export interface TestDesk extends Disposable {
  /** Undefined: too many run already. */
  start(request: Omit<ProbeRequest, "withinMs">): CameraTest | undefined;
  get(id: string): CameraTest | undefined;
  /** The first key frame as JPEG, once it was decoded. */
  picture(id: string): Uint8Array | undefined;
  /** Ends it; nothing more is known of it. */
  cancel(id: string): void;
}

interface Kept {
  readonly id: string;
  readonly url: string;
  readonly begun: Instant;
  /** When each step began. */
  readonly reached: Map<ProbeStep, Instant>;
  /** The last word, and when it came. */
  last: { readonly message: ProbeMessage; readonly at: Instant } | undefined;
  picture: CameraTest["picture"];
  pictureReason: string | undefined;
  jpeg: Uint8Array | undefined;
  stop: () => void;
}

export function testDesk(deps: { readonly clock: Clock; readonly probe: ProbePort; newId(): string }): TestDesk {
  const { clock, probe } = deps;
  const kept = new Map<string, Kept>();
  const running = (): number => [...kept.values()].filter((test) => test.last === undefined).length;
  const makeRoom = (): void => {
    for (const [id, test] of kept) if (kept.size >= mostKept && test.last !== undefined) kept.delete(id);
  };
  const hear = (test: Kept, message: ProbeMessage): void => {
    // a redirect connects again; the step has been reached all the same
    if (message.kind === "step") test.reached.set(message.step, test.reached.get(message.step) ?? clock.now());
    else test.last = { message, at: clock.now() };
  };
  return {
    start(request) {
      if (running() >= mostRunning) return undefined;
      makeRoom();
      const test: Kept = {
        ...{ id: deps.newId(), url: request.url, begun: clock.now(), reached: new Map(), last: undefined },
        ...{ picture: "none", pictureReason: undefined, jpeg: undefined, stop: () => undefined },
      };
      kept.set(test.id, test);
      const session = probe.run(
        { ...request, withinMs },
        {
          tell: (message) => hear(test, message),
          picture(parameters, unit) {
            test.picture = "coming";
            probe.decode(parameters, unit.data).then(
              (jpeg) => {
                test.jpeg = jpeg;
                test.picture = "there";
              },
              (error: unknown) => {
                test.picture = "failed";
                test.pictureReason = error instanceof Error ? error.message : String(error);
              },
            );
          },
        },
      );
      test.stop = () => session[Symbol.dispose]();
      return answerOf(test, clock.now());
    },
    get(id) {
      const test = kept.get(id);
      return test && answerOf(test, clock.now());
    },
    picture: (id) => kept.get(id)?.jpeg,
    cancel(id) {
      kept.get(id)?.stop();
      kept.delete(id);
    },
    [Symbol.dispose]() {
      for (const test of kept.values()) test.stop();
      kept.clear();
    },
  };
}

function answerOf(test: Kept, now: Instant): CameraTest {
  const { id, url, picture, pictureReason, last } = test;
  const message = last?.message;
  const failed = message?.kind === "failed";
  return {
    ...{ id, url, picture, state: message === undefined ? "running" : failed ? "failed" : "done" },
    steps: stepsOf(test, last?.at ?? now),
    ...(message?.kind === "report" ? { report: message.report } : {}),
    ...(failed ? { failure: { ...message.failure, next: advice[message.failure.kind] } } : {}),
    ...(pictureReason === undefined ? {} : { pictureReason }),
  };
}

/** The step reached last runs, or is the one at which it failed; those before it are done. */
function stepsOf({ reached, last, begun }: Kept, now: Instant): CameraTest["steps"] {
  const current = probeSteps.filter((step) => reached.has(step)).at(-1) ?? "connect";
  const at = probeSteps.indexOf(current);
  const running = last === undefined ? "running" : last.message.kind === "failed" ? "failed" : "done";
  return probeSteps.map((step, index) => {
    const from = reached.get(step) ?? (index === 0 ? begun : undefined);
    const next = probeSteps[index + 1];
    const to = (next === undefined ? undefined : reached.get(next)) ?? now;
    const ms = from === undefined || index > at ? 0 : Math.round(between(from, to));
    return { step, state: index < at ? "done" : index === at ? running : "waiting", ms };
  });
}
