import type { DetectionAsk, DetectionLook } from "../messages/detection.ts";
import { listenLines, type Lines } from "../platform/lines.ts";

/** Shows what cameras' pictures show now to whoever asks, on the process's own socket. */
export interface LookSocket extends AsyncDisposable {
  show(channel: number, look: DetectionLook): void;
  watched(channel: number): boolean;
}

/** A reader with so much unread misses looks until it has read, bytes. */
const mostQueued = 256 * 1024;

export async function listenLooks(path: string): Promise<LookSocket> {
  const readers = new Map<Lines<DetectionAsk, DetectionLook>, number>();
  const all = new Set<Lines<DetectionAsk, DetectionLook>>();
  const server = await listenLines<DetectionAsk, DetectionLook>(path, (lines) => {
    all.add(lines);
    lines.onMessage(({ watch }) => void readers.set(lines, watch));
    lines.onClose(() => {
      all.delete(lines);
      readers.delete(lines);
    });
  });
  return {
    show(channel, look) {
      for (const [lines, watch] of readers) if (watch === channel && lines.queued < mostQueued) lines.send(look);
    },
    watched: (channel) => [...readers.values()].includes(channel),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const lines of all) lines.close();
        server.close(() => resolve());
      }),
  };
}
