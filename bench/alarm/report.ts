import type { Json } from "../../test/support/reed.ts";
import { quantile, spread } from "../support/numbers.ts";
import type { Lateness } from "../support/lateness.ts";
import type { AlarmSite } from "./site.ts";

export interface Phase {
  readonly name: string;
  readonly receipts: readonly Json[];
  /** Contact closed → relay's coil changed, by the board, ms. */
  readonly contactToCoil: readonly number[];
  /** Cumulative histogram of core's own clock over this phase: upper bound in ms → count. */
  readonly histogram: ReadonlyMap<string, number>;
  readonly busy: number;
  readonly lateness: Lateness;
}

const recordActions = (receipt: Json): Json[] =>
  (receipt.actions as Json[]).filter((action) => action.target.kind === "record");

/** What a phase showed, in lines. */
export function phaseReport(phase: Phase, site: AlarmSite): string {
  const { receipts, histogram } = phase;
  const outputs = receipts.flatMap((receipt) => (receipt.actions as Json[]).filter((a) => a.target.kind === "output"));
  const commanded = outputs.map((action) => Number(action.output?.commandedAfterMs));
  const records = receipts.flatMap(recordActions);
  const worst = receipts.map((receipt) =>
    Math.max(...recordActions(receipt).map((action) => Number(action.record?.durableAfterMs))),
  );
  const achieved = records.map((action) => Number(action.record?.preAchievedMs));
  const notDone = [...outputs, ...records].filter((action) => action.outcome?.kind !== "done");
  const all = histogram.get("+Inf") ?? 0;
  const shares = ["1", "2", "5", "10", "20", "50"].map((bound) => `≤ ${bound} ms ${histogram.get(bound) ?? 0}`);
  const lines = [
    `## ${phase.name} (${receipts.length} edges, machine busy ${Math.round(phase.busy * 100)} %)`,
    `for scale, how late a process that only sleeps was woken on this machine meanwhile, ms: ${lateText(phase.lateness)}`,
    `edge could be decided → relay commanded (receipts), ms: ${spread(commanded)}`,
    `edge reported by the driver → command handed over (core's histogram): of ${all}: ${shares.join(", ")}`,
    `contact closed → coil written, by the board, minus ${site.debounceMs} ms debounce; the poll every ${site.pollMs} ms is in it, ms: ${spread(phase.contactToCoil.map((ms) => ms - site.debounceMs))}`,
    `decision → pre-record durable, slowest channel of each edge, ms: ${spread(worst)}`,
    `the same, each channel, ms: ${spread(records.map((action) => Number(action.record?.durableAfterMs)))}`,
    `pre-record achieved of ${site.preRecordS} s asked, s: least ${(quantile(achieved, 0) / 1000).toFixed(2)}, middle ${(quantile(achieved, 0.5) / 1000).toFixed(2)}; short: ${achieved.filter((ms) => !(ms >= site.preRecordS * 1000)).length} of ${achieved.length}`,
    `outcomes other than done: ${notDone.length}${notDone.length === 0 ? "" : `, e.g. ${JSON.stringify(notDone[0]?.outcome)}`}`,
  ];
  return lines.join("\n");
}

const lateText = ({ p50, p95, p99, max }: Lateness): string =>
  `p50 ${p50.toFixed(1)} · p95 ${p95.toFixed(1)} · p99 ${p99.toFixed(1)} · max ${max.toFixed(1)}`;

/** The cumulative buckets of a histogram in Prometheus' text. */
export function bucketsOf(text: string, name: string): Map<string, number> {
  const found = text.matchAll(new RegExp(`^${name}_bucket\\{le="([^"]+)"\\} (\\d+)$`, "gm"));
  return new Map([...found].map(([, bound = "", count]) => [bound, Number(count)]));
}

export const difference = (after: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>) =>
  new Map([...after].map(([bound, count]) => [bound, count - (before.get(bound) ?? 0)]));
