import { after, type Clock, type Instant, type WallTime } from "../../kernel/time.ts";

/** A picture as the analysis process gives it. */
export interface TakenPicture {
  readonly jpeg: Uint8Array;
  /** When the camera took it, ms since 1970. */
  readonly wall?: number;
}

export interface LastPicture {
  readonly channel: number;
  readonly at?: number;
  readonly ageMs?: number;
  readonly reason?: string;
}

export interface Asked {
  readonly channel: number;
  /** Why it can't have a new picture now, if that is known. */
  readonly away?: string;
}

/** The newest picture of each camera, small and a few seconds old at most while somebody looks at the list. */
export interface LastPictures {
  /** What there is; old ones are taken anew in the background. Channels that are not named are forgotten. */
  look(asked: readonly Asked[]): readonly LastPicture[];
  jpeg(channel: number): Uint8Array | undefined;
}

export const pictureLimits = {
  /** An older picture is taken anew when somebody looks; ms. */
  freshMs: 10_000,
  /** Decoded at the same time. */
  atOnce: 2,
} as const;

interface Kept {
  jpeg: Uint8Array | undefined;
  at: WallTime | undefined;
  tried: Instant | undefined;
  reason: string | undefined;
}

export function lastPictures(clock: Clock, take: (channel: number) => Promise<TakenPicture>): LastPictures {
  const kept = new Map<number, Kept>();
  const waiting = new Set<number>();
  let running = 0;

  const run = (channel: number): void => {
    running++;
    const row = kept.get(channel);
    if (row !== undefined) row.tried = clock.now();
    void take(channel)
      .then(
        ({ jpeg, wall }) => {
          if (row === undefined) return;
          row.jpeg = jpeg;
          row.at = (wall ?? clock.wall()) as WallTime;
          row.reason = undefined;
        },
        (error: unknown) => {
          if (row !== undefined) row.reason = error instanceof Error ? error.message : String(error);
        },
      )
      .finally(() => {
        running--;
        next();
      });
  };
  const next = (): void => {
    for (const channel of waiting) {
      if (running >= pictureLimits.atOnce) return;
      waiting.delete(channel);
      run(channel);
    }
  };
  const isOld = ({ tried }: Kept): boolean => tried === undefined || clock.now() >= after(tried, pictureLimits.freshMs);

  return {
    look(asked) {
      const named = new Set(asked.map(({ channel }) => channel));
      for (const channel of [...kept.keys()]) if (!named.has(channel)) kept.delete(channel);
      for (const channel of waiting) if (!named.has(channel)) waiting.delete(channel);
      const answers = asked.map(({ channel, away }) => {
        const row = kept.get(channel) ?? { jpeg: undefined, at: undefined, tried: undefined, reason: undefined };
        kept.set(channel, row);
        if (away === undefined && isOld(row)) waiting.add(channel);
        return answerOf(channel, row, away, clock.wall());
      });
      next();
      return answers;
    },
    jpeg: (channel) => kept.get(channel)?.jpeg,
  };
}

function answerOf(channel: number, { at, reason }: Kept, away: string | undefined, now: WallTime): LastPicture {
  const why = away ?? reason;
  return {
    channel,
    ...(at === undefined ? {} : { at, ageMs: Math.max(0, Math.round(now - at)) }),
    ...(why === undefined ? {} : { reason: why }),
  };
}
