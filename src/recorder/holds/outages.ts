import type { Instant } from "../../kernel/time.ts";
import { holes } from "./evaluate.ts";

/** Why nothing could be kept for a while: the camera was down, the disk hung, the memory was used up. */
export interface Outages {
  /** One of this kind begins; a second of the same kind ends the first. */
  begin(kind: string, at: Instant, reason: string): void;
  end(kind: string, at: Instant): void;
  add(from: Instant, to: Instant, reason: string): void;
  /** The reason that explains most of [from, to]; `unexplained` when what no reason touches is the greater part. */
  reasonFor(from: Instant, to: Instant): string;
  forget(before: Instant): void;
}

interface Outage {
  readonly kind: string;
  readonly from: Instant;
  readonly to: Instant | undefined;
  readonly reason: string;
}

export const unexplained = "the camera sent no pictures that can be shown";

/** @param note hears of each outage when it begins, and once more, with `to`, when it ends */
export function createOutages(note: (outage: Omit<Outage, "kind">) => void = () => undefined): Outages {
  let outages: Outage[] = [];
  const end = (kind: string, at: Instant): void => {
    for (const { from, to, reason } of outages.filter((one) => one.kind === kind && one.to === undefined)) {
      note({ from, to: to ?? at, reason });
    }
    outages = outages.map((outage) =>
      outage.kind === kind && outage.to === undefined ? { ...outage, to: at } : outage,
    );
  };
  return {
    begin(kind, at, reason) {
      end(kind, at);
      outages.push({ kind, from: at, to: undefined, reason });
      note({ from: at, to: undefined, reason });
    },
    end,
    add: (from, to, reason) => void outages.push({ kind: "", from, to, reason }),
    reasonFor(from, to) {
      const sums = new Map<string, number>();
      for (const outage of outages) {
        const shared = Math.min(to, outage.to ?? Infinity) - Math.max(from, outage.from);
        if (shared > 0) sums.set(outage.reason, (sums.get(outage.reason) ?? 0) + shared);
      }
      const touched = outages.map((outage) => ({ from: outage.from, to: outage.to ?? to }));
      const untouched = holes(from, to, touched).reduce((sum, hole) => sum + hole.to - hole.from, 0);
      let best: [string, number] = [unexplained, untouched];
      for (const entry of sums) if (entry[1] > best[1]) best = entry;
      return best[0];
    },
    forget(before) {
      outages = outages.filter((outage) => outage.to === undefined || outage.to >= before);
    },
  };
}
