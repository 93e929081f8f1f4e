import type { RecorderToCore } from "../messages/recorder.ts";

/**
 * What is said to core. While core is away the last word on each segment, gap and trouble is kept, the rest is said anew. Open
 * troubles are said after each connection: core may be a new one.
 */
export interface CoreLink {
  send(message: RecorderToCore): void;
  connected(send: (message: RecorderToCore) => void): void;
  disconnected(): void;
}

/** Most segments, gaps and troubles that wait for core; beyond it core asks for all rows. */
const mostWaiting = 50_000;

const keyOf = (message: RecorderToCore): string | undefined => {
  if (message.kind === "segment") return `segment:${message.segment.id}:${message.segment.volumeId}`;
  if (message.kind === "segment-deleted") return `segment:${message.id}:${message.volumeId ?? ""}`;
  if (message.kind === "gap") return `gap:${message.channel}:${message.gap.from}`;
  return message.kind === "trouble" ? `trouble:${message.trouble.key}` : undefined;
};

export function createCoreLink(): CoreLink {
  const waiting = new Map<string, RecorderToCore>();
  const troubles = new Map<string, RecorderToCore>();
  const openTroubles = new Map<string, RecorderToCore>();
  let out: ((message: RecorderToCore) => void) | undefined;
  return {
    send(message) {
      if (message.kind === "trouble") {
        if (message.trouble.ended === undefined) openTroubles.set(message.trouble.key, message);
        else openTroubles.delete(message.trouble.key);
      }
      if (message.kind === "trouble") {
        if (message.trouble.ended === undefined) troubles.set(message.trouble.key, message);
        else troubles.delete(message.trouble.key);
      }
      if (out !== undefined) {
        out(message);
        return;
      }
      const key = keyOf(message);
      if (key === undefined) return;
      waiting.delete(key);
      waiting.set(key, message);
      if (waiting.size > mostWaiting) waiting.delete(waiting.keys().next().value ?? "");
    },
    connected(send) {
      out = send;
      for (const [key, message] of troubles) waiting.set(`trouble:${key}`, message);
      for (const message of waiting.values()) send(message);
      for (const [key, message] of openTroubles) if (!waiting.has(`trouble:${key}`)) send(message);
      waiting.clear();
    },
    disconnected() {
      out = undefined;
    },
  };
}
