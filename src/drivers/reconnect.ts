/**
 * Supervision of a connection, once for all drivers: an inner `run` resolves or throws, the outer loop tells the link,
 * pauses and starts it again until the signal aborts.
 *
 *   connecting ──run: online()──▶ online ──run ends──▶ lost │ unauthorized ──pause──▶ (run again, link unchanged)
 */
import { after, between, type Clock, type Duration, type Instant } from "../kernel/time.ts";
import type { BoardLink, DriverDeps } from "./driver.ts";

/** Thrown by `run` when the device refused the login: no network error, and not worth hammering. */
export class Unauthorized extends Error {}

export const firstPause: Duration = 500;
export const longestPause: Duration = 10_000;
/** Between logins with a refused password; a changed setting starts the driver anew anyway. */
export const refusedPause: Duration = 30_000;

/**
 * The pause after a run, in ms: doubles from 0.5 s to 10 s. A run that was online for longer than the pause before it
 * starts over at 0.5 s, so that a board that dies right after connecting is not hammered.
 */
export function nextPause(lastPause: Duration, onlineFor: Duration): Duration {
  if (lastPause === 0 || onlineFor > lastPause) return firstPause;
  return Math.min(lastPause * 2, longestPause);
}

/** Resolves at `at` or as soon as `signal` aborts, whichever is first. */
export function sleepUntil(clock: Clock, at: Instant, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      cancel();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const cancel = clock.wakeAt(at, done);
    signal.addEventListener("abort", done);
  });
}

const networkReasons: Record<string, string> = {
  ECONNREFUSED: "the connection was refused; is the port right, and the service running?",
  ECONNRESET: "the connection was reset",
  EHOSTUNREACH: "the host cannot be reached",
  ENETUNREACH: "the network cannot be reached",
  ENOTFOUND: "the host name is unknown",
  ETIMEDOUT: "no answer",
};

/** A sentence for whatever was thrown: that of a known network error, else its message. Never contains an address. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // an address with several families fails with an AggregateError whose message is empty
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return networkReasons[code] ?? (error.message === "" ? code : error.message);
}

/**
 * One connected life of a driver. Calls `online` once the device has proven that it is there, lives as long as the
 * connection, and throws an `Error` whose message is a sentence (`Unauthorized` for a refused login). Ends promptly
 * when `signal` aborts.
 */
export type Run = (signal: AbortSignal, online: () => void) => Promise<void>;

/** Runs until `signal` aborts; never rejects. After the abort nothing is told any more. */
export async function keepRunning(deps: DriverDeps, signal: AbortSignal, run: Run): Promise<void> {
  const { clock } = deps;
  const tell = linkTeller(deps, signal);
  tell({ kind: "connecting" });
  let pause: Duration = 0;
  while (!signal.aborted) {
    const life = { onlineSince: undefined as Instant | undefined };
    const ended = await run(signal, () => {
      life.onlineSince = clock.now();
      tell({ kind: "online" });
    }).then(
      () => new Error("the connection ended"),
      (error: unknown) => error,
    );
    const onlineFor = life.onlineSince === undefined ? 0 : between(life.onlineSince, clock.now());
    const refused = ended instanceof Unauthorized;
    countFailure(deps, signal);
    pause = refused ? refusedPause : nextPause(pause === refusedPause ? 0 : pause, onlineFor);
    tell({ kind: refused ? "unauthorized" : "lost", reason: reasonOf(ended) });
    await sleepUntil(clock, after(clock.now(), pause), signal);
  }
}

/** A life that ended by itself is a failure of the device; one that was stopped is none. */
function countFailure({ events }: DriverDeps, signal: AbortSignal): void {
  if (!signal.aborted) events.heard(false);
}

/** Tells and logs a link only when it or its reason changed; repeats are counted and named at the next change. */
function linkTeller(deps: DriverDeps, signal: AbortSignal): (link: BoardLink) => void {
  let last = "";
  let repeats = 0;
  return (link) => {
    if (signal.aborted) return;
    const text = "reason" in link ? `${link.kind}: ${link.reason}` : link.kind;
    if (text === last) {
      repeats++;
      return;
    }
    deps.log(`board ${text}`, repeats > 0 ? { repeatsOfTheStateBefore: repeats } : {});
    last = text;
    repeats = 0;
    deps.events.link(link, deps.clock.now());
  };
}
