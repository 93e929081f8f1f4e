import type { Instant } from "../../kernel/time.ts";
import type { FootageVolume } from "../ports.ts";
import { createFragmentScan } from "./fragment-scan.ts";
import { createPendingMarks } from "./pending.ts";
import { begin, closeSegment, limitsOf, pump, stopWhenDone, syncNow, writeAgain } from "./write-loop.ts";
import type { WriterDeps, WriterState } from "./write-loop.ts";

/**
 * Writes a channel's units from the ring into segments. It is a cursor over the ring: a failure moves it back to a key
 * frame at or before the first unit that is not durable, and the range is written again elsewhere.
 *
 *   idle ──startAt──▶ recording ──stopAtNextKey, the key frame comes or the session ends──▶ idle
 */
export interface ChannelWriter {
  /** New units are in the ring. */
  advance(): void;
  /** Records from the newest key frame at or before `at`; nothing is written twice. Harmless while recording. */
  startAt(at: Instant): void;
  stopAtNextKey(): void;
  cutAtNextKey(): void;
  sessionEnded(): void;
  /** Everything received so far is written and synced at once. Returns the index behind the newest unit. */
  flush(): number;
  tick(now: Instant): void;
  readonly recording: boolean;
  /** All units below are durable, or were never to be written; the ring keeps the others. */
  readonly durableEnd: number;
  readonly unitsWritten: number;
  /**
   * Writes what is there and ends the file; the volume's last sync round makes it durable. `durable` asks for a round
   * now, and is called when it has ended, well or not.
   */
  finish(durable?: () => void): Promise<void>;
  /** The volume went away: its file is let go of. */
  volumeLost(volume: FootageVolume): void;
}

/** A fragment whose next unit is late is written after this, on top of its limit. */
const lateMs = 300;

export function createChannelWriter(deps: WriterDeps): ChannelWriter {
  const state: WriterState = {
    deps,
    pending: createPendingMarks(deps.onDurable),
    scan: createFragmentScan(deps.ring, deps.ring.end),
    cursor: undefined,
    lastEnd: 0,
    segment: undefined,
    base: undefined,
    before: undefined,
    sessionFirst: 0,
    turn: 0,
    busy: undefined,
    unitsWritten: 0,
    highest: 0,
  };
  const { ring } = deps;
  const advance = (): void => {
    if (state.cursor === undefined) return;
    state.scan.advance(limitsOf(state));
    pump(state);
    stopWhenDone(state);
  };
  return {
    advance,
    startAt(at) {
      state.scan.goOn();
      if (state.cursor === undefined) begin(state, at);
      advance();
    },
    stopAtNextKey: () => state.scan.stopAtNextKey(),
    cutAtNextKey: () => state.scan.cutAtNextKey(),
    sessionEnded() {
      state.scan.sessionEnded();
      pump(state);
      stopWhenDone(state);
    },
    flush() {
      if (state.cursor !== undefined) {
        state.scan.advance(limitsOf(state));
        state.scan.flush();
        pump(state);
        syncNow(state);
      }
      return ring.end;
    },
    tick(now) {
      const since = state.scan.runningSince;
      if (since !== undefined && now - since >= limitsOf(state).fragmentMs + lateMs) state.scan.flush();
      pump(state);
    },
    get recording() {
      return state.cursor !== undefined;
    },
    get durableEnd() {
      return state.pending.first ?? state.cursor ?? ring.end;
    },
    get unitsWritten() {
      return state.unitsWritten;
    },
    async finish(durable) {
      state.scan.advance(limitsOf(state));
      state.scan.flush();
      pump(state);
      await state.busy;
      if (durable !== undefined) syncNow(state);
      void closeSegment(state).then(durable);
      state.cursor = undefined;
    },
    volumeLost(volume) {
      const first = state.pending.dropVolume(volume);
      if (state.segment?.volume === volume) {
        state.segment.abandon(undefined);
        state.segment = undefined;
      } else if (first === undefined) return;
      writeAgain(state, first ?? state.cursor);
    },
  };
}
