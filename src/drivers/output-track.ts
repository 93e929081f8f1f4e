import { after, type Duration, type Instant } from "../kernel/time.ts";
import type { OutputState } from "../domain/level.ts";

export interface WantedOutput {
  readonly point: number;
  readonly state: OutputState;
  /** When it is over at the latest. */
  readonly until?: Instant;
}

/** A command that goes out again, for the n-th time since the relay last did as it was told. */
export interface RepeatedOutput extends WantedOutput {
  readonly repeats: number;
}

/** Repeats are logged at the first and then at every such many: about every ten minutes. */
export const logEvery = 60;
export const repeatText = "relay reads back otherwise than wanted; commanded again";

/** Between repeats of a command that the read-back contradicts: 1 s, doubling to 10 s. */
export const firstRepeat: Duration = 1000;
export const longestRepeat: Duration = 10_000;

/** Keeps what relays shall be, what they were told and what they read back as. Wanted states outlive a connection. */
export interface OutputTrack {
  want(point: number, state: OutputState, until?: Instant): void;
  wanted(): readonly WantedOutput[];
  commanded(point: number, at: Instant): void;
  /** True when it has to be told: it differs from the last one, or is the first since a command. */
  readBack(point: number, state: OutputState): boolean;
  /** Relays that read back otherwise than wanted and whose pause is over. */
  due(now: Instant): readonly RepeatedOutput[];
  /** The board is gone: forgets read-backs; returns the points that had one. */
  lost(): readonly number[];
}

interface Tracked {
  wanted?: OutputState;
  until?: Instant | undefined;
  readBack?: OutputState;
  /** A command went out and no read-back was seen since. */
  fresh: boolean;
  repeatAt: Instant | undefined;
  pause: Duration;
  repeats: number;
}

const calm = (output: Tracked): void => {
  output.pause = firstRepeat;
  output.repeats = 0;
};

/** An empty track; points come into being as they are named. */
export function trackOutputs(): OutputTrack {
  const points = new Map<number, Tracked>();
  const of = (point: number): Tracked => {
    const known = points.get(point) ?? { fresh: false, repeatAt: undefined, pause: firstRepeat, repeats: 0 };
    points.set(point, known);
    return known;
  };
  return {
    want(point, state, until) {
      const output = of(point);
      if (output.wanted !== state) calm(output);
      output.wanted = state;
      output.until = until;
    },
    wanted: () =>
      [...points].flatMap(([point, { wanted, until }]) =>
        wanted === undefined ? [] : [{ point, state: wanted, ...(until === undefined ? {} : { until }) }],
      ),
    commanded(point, at) {
      const output = of(point);
      output.fresh = true;
      output.repeatAt = after(at, output.pause);
    },
    readBack(point, state) {
      const output = of(point);
      const tell = output.fresh || output.readBack !== state;
      output.readBack = state;
      output.fresh = false;
      if (state === output.wanted) calm(output);
      return tell;
    },
    due(now) {
      const due: RepeatedOutput[] = [];
      for (const [point, output] of points) {
        const { wanted, readBack, repeatAt, until } = output;
        if (wanted === undefined || readBack === undefined || readBack === wanted) continue;
        if (repeatAt !== undefined && now < repeatAt) continue;
        output.pause = repeatAt === undefined ? firstRepeat : Math.min(output.pause * 2, longestRepeat);
        output.repeats++;
        due.push({
          ...{ point, state: wanted, repeats: output.repeats },
          ...(until === undefined ? {} : { until }),
        });
      }
      return due;
    },
    lost() {
      const known: number[] = [];
      for (const [point, output] of points) {
        if (output.readBack !== undefined) known.push(point);
        delete output.readBack;
        output.fresh = false;
        output.repeatAt = undefined;
        calm(output);
      }
      return known;
    },
  };
}
