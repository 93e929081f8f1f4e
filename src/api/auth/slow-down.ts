import { after, between, seconds, type Duration, type Instant } from "../../kernel/time.ts";

/** Refused logins of one address or one account. */
interface Misses {
  readonly count: number;
  readonly until: Instant;
}

export interface SlowDownConfig {
  /** Refusals that cost nothing: people mistype. */
  readonly free: number;
  readonly longest: Duration;
  /** Entries kept; beyond it the oldest are forgotten. */
  readonly most: number;
}

/** An address waits up to 15 min; an account at most 30 s, or a stranger could lock its owner out. */
export const addressSlowDown: SlowDownConfig = { free: 5, longest: seconds(900), most: 10_000 };
export const accountSlowDown: SlowDownConfig = { free: 5, longest: seconds(30), most: 10_000 };

/** Makes guessing slow: after the free refusals each one doubles the wait from 1 s. It touches no session. */
export interface SlowDown {
  /** Milliseconds until this one may try again; 0 = now. */
  waitMs(who: string, now: Instant): Duration;
  refused(who: string, now: Instant): void;
  succeeded(who: string): void;
  readonly size: number;
}

export function createSlowDown(config: SlowDownConfig): SlowDown {
  const known = new Map<string, Misses>();
  return {
    waitMs: (who, now) => Math.max(0, between(now, known.get(who)?.until ?? now)),
    refused(who, now) {
      const count = (known.get(who)?.count ?? 0) + 1;
      const wait = count <= config.free ? 0 : Math.min(config.longest, seconds(2 ** (count - config.free - 1)));
      // taken out and put in again, so that the map's order is the order of the last refusals
      known.delete(who);
      known.set(who, { count, until: after(now, wait) });
      for (const oldest of known.keys()) {
        if (known.size <= config.most) break;
        known.delete(oldest);
      }
    },
    succeeded: (who) => void known.delete(who),
    get size() {
      return known.size;
    },
  };
}
