import { between, type Duration, type Instant } from "../../kernel/time.ts";
import type { AccessUnit } from "../../media/types.ts";

/** What a channel received, over spans of a few seconds. */
export interface RateMeter {
  unit(unit: Pick<AccessUnit, "track" | "data">): void;
  /** True when a span has ended and the rates are new. */
  tick(now: Instant): boolean;
  /** Of the last span; without pictures per second before the first one has ended. */
  readonly rates: { readonly bitsPerSecond: number; readonly picturesPerSecond?: number };
}

const spanMs: Duration = 5000;

export function createRateMeter(since: Instant): RateMeter {
  let begun = since;
  let bytes = 0;
  let pictures = 0;
  let rates: RateMeter["rates"] = { bitsPerSecond: 0 };
  return {
    unit({ track, data }) {
      bytes += data.length;
      if (track === "video") pictures++;
    },
    tick(now) {
      const ms = between(begun, now);
      if (ms < spanMs) return false;
      rates = {
        bitsPerSecond: Math.round((bytes * 8000) / ms),
        picturesPerSecond: Math.round((pictures * 10_000) / ms) / 10,
      };
      begun = now;
      bytes = 0;
      pictures = 0;
      return true;
    },
    get rates() {
      return rates;
    },
  };
}
