/**
 * Supervision of a camera's event source: one life after the other, with growing pauses; a refused login is left alone
 * for much longer, since cameras lock callers out.
 *
 *     connecting ──life: online()──▶ online ──life ends──▶ lost │ refused ──pause──▶ (next life, link unchanged)
 */
import { after, between, minutes, seconds, type Clock, type Duration } from "../../kernel/time.ts";
import type { CameraLink } from "../../domain/detection/camera-said.ts";
import { sleepUntil } from "../reconnect.ts";
import type { CameraListener } from "./driver.ts";

/** How a life ended. */
export type Ended = Extract<CameraLink, { kind: "lost" | "refused" }>;

export const firstPause: Duration = seconds(1);
export const longestPause: Duration = seconds(60);
const refusedPauses: readonly Duration[] = [minutes(5), minutes(15), minutes(30)];
export const refusedPause = (refusals: number): Duration =>
  refusedPauses[Math.min(refusals, refusedPauses.length) - 1] ?? minutes(30);

/** One life of a connection; calls `online` once the camera is heard. Ends promptly when `signal` aborts. */
export type Life = (signal: AbortSignal, online: () => void) => Promise<Ended>;

/** Runs until `signal` aborts; nothing is told after that. Never rejects. */
export async function keepOpen(clock: Clock, tell: CameraListener["link"], signal: AbortSignal, life: Life) {
  let last = "";
  const say = (link: CameraLink): void => {
    const text = JSON.stringify(link);
    if (signal.aborted || text === last) return;
    last = text;
    tell(link, clock.now());
  };
  let [pause, refusals] = [firstPause, 0];
  say({ kind: "connecting" });
  while (!signal.aborted) {
    const one = { onlineAt: undefined as ReturnType<Clock["now"]> | undefined };
    const ended = await life(signal, () => {
      one.onlineAt = clock.now();
      say({ kind: "online" });
    }).catch((error: unknown): Ended => ({ kind: "lost", reason: String(error) }));
    say(ended);
    // one that was there for longer than the last pause begins anew with short ones
    if (one.onlineAt !== undefined && between(one.onlineAt, clock.now()) > pause) pause = firstPause;
    refusals = ended.kind === "refused" ? refusals + 1 : 0;
    await sleepUntil(clock, after(clock.now(), refusals > 0 ? refusedPause(refusals) : pause), signal);
    pause = Math.min(pause * 2, longestPause);
  }
}
