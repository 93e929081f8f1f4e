import type { LiveState } from "../../src/messages/api.ts";

/** `no-volume`: cameras send, and nothing is kept. */
export type RecordingState =
  | { readonly kind: "no-cameras" | "no-volume" | "away" }
  | { readonly kind: "all" | "some" | "none"; readonly live: number; readonly all: number };

/** In one word whether footage comes in. `linked`: the page hears what happens. */
export function recordingState(
  linked: boolean,
  channels: LiveState["channels"],
  volumes: LiveState["volumes"],
): RecordingState {
  if (!linked) return { kind: "away" };
  const wanted = channels.filter(({ state }) => state !== "off");
  if (wanted.length === 0) return { kind: "no-cameras" };
  if (!volumes.some(({ state }) => state === "ready")) return { kind: "no-volume" };
  const live = wanted.filter(({ state }) => state === "live").length;
  const kind = live === wanted.length ? "all" : live === 0 ? "none" : "some";
  return { kind, live, all: wanted.length };
}
