/**
 * Records a sub stream beside the main one, in files of its own. It follows the main stream: all of it while that
 * records everything, what holds keep while they are open. No receipt is computed from it, no hold waits for it, and
 * what no disk takes in time is given up, oldest first.
 */
import { before, type Clock, type Duration, type Instant } from "../kernel/time.ts";
import type { SegmentLength } from "../domain/segment-cutter.ts";
import type { RecordNow } from "../domain/recording-rule.ts";
import type { Ring } from "../media/ring.ts";
import type { FootageVolume } from "./ports.ts";
import { createChannelWriter } from "./recording/channel-writer.ts";

export interface SubWriterDeps {
  readonly clock: Clock;
  readonly channel: number;
  readonly ring: Ring;
  readonly newId: () => string;
  readonly pickVolume: () => FootageVolume | undefined;
  readonly segmentLength: () => SegmentLength;
  /** Of the main stream. */
  readonly mode: () => RecordNow;
  readonly preRecordMs: () => Duration;
  /** A hold of the channel is open. */
  readonly held: () => boolean;
}

export interface SubWriter {
  /** A unit came into the ring. */
  advance(): void;
  sessionEnded(): void;
  cutAtNextKey(): void;
  tick(now: Instant): void;
  volumeLost(volume: FootageVolume): void;
  finish(): Promise<void>;
}

/** Bytes of a ring that no disk takes; whole GOPs go then. */
export const mostSubBytes = 16 * 1024 * 1024;
/** A decision may come this much later than the edge; as for main streams. */
const decisionSlackMs = 2000;

export function createSubWriter(deps: SubWriterDeps): SubWriter {
  const { clock, ring, mode } = deps;
  let was = mode();
  const writer = createChannelWriter({
    ...{ clock, channel: deps.channel, stream: "sub", ring, newId: deps.newId },
    ...{ pickVolume: deps.pickVolume, segmentLength: deps.segmentLength },
    cause: () => (mode() === "continuous" ? "general" : "holds"),
    // nobody vouches for it: the background's rounds are often enough
    held: () => false,
    audio: () => undefined,
    onDurable: () => trim(),
  });
  const historyMs = (): Duration => (mode() === "alarm" ? deps.preRecordMs() + decisionSlackMs : 0);
  const trim = (): void => {
    ring.trim(writer.durableEnd, before(clock.now(), historyMs()));
    while (ring.bytes > mostSubBytes && ring.dropOldest() !== undefined);
  };
  const follow = (now: Instant): void => {
    const is = mode();
    if (is !== was) writer.cutAtNextKey();
    was = is;
    const wanted = is === "continuous" || (is === "alarm" && deps.held());
    if (!wanted) writer.stopAtNextKey();
    else if (ring.since !== undefined) writer.startAt(is === "alarm" ? before(now, historyMs()) : now);
  };
  return {
    advance() {
      writer.advance();
      if (ring.gops > 1 || ring.bytes > mostSubBytes) trim();
    },
    sessionEnded: () => writer.sessionEnded(),
    cutAtNextKey: () => writer.cutAtNextKey(),
    tick(now) {
      follow(now);
      writer.tick(now);
    },
    volumeLost: (volume) => writer.volumeLost(volume),
    finish: () => writer.finish(),
  };
}
