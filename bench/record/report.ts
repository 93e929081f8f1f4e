import { median, table } from "../support/numbers.ts";
import type { Completeness } from "./completeness.ts";
import type { Window } from "./window.ts";

export interface ModeResult {
  readonly mode: string;
  readonly windows: readonly Window[];
  readonly pss: readonly { readonly name: string; readonly bytes: number }[];
  readonly ringBytes: number;
  readonly how: string;
  readonly viewedPerSecond: number;
}

const MiB = 2 ** 20;

/** The tables of a run: medians over its windows; the ratio is the median of the windows' ratios. */
export function report(
  streams: number,
  run: { readonly results: readonly ModeResult[]; readonly complete: Record<string, Completeness> },
): string {
  const parts = run.results.map((result) => modeReport(streams, result));
  const complete = Object.entries(run.complete).map(
    ([name, { sent, missing, twice }]) => `${name}: ${sent} access units sent, ${missing} missing, ${twice} twice`,
  );
  return [...parts, ...complete].join("\n");
}

function modeReport(streams: number, result: ModeResult): string {
  const { windows } = result;
  const streamSeconds = (window: Window) => (streams * window.ms) / 1000;
  const row = (window: Window, name: string) => window.rows.find((each) => each.name === name);
  const cpu = (window: Window, name: string) => row(window, name)?.cpuMs ?? NaN;
  const names = windows[0]?.rows.map(({ name }) => name) ?? [];
  const pss = (name: string) => (result.pss.find((each) => each.name === name)?.bytes ?? NaN) / MiB;
  const rows = names.map((name) => [
    name,
    median(windows.map((window) => cpu(window, name) / streamSeconds(window))).toFixed(2),
    median(windows.map((window) => cpu(window, name) / cpu(window, "ffmpeg"))).toFixed(3),
    windows.map((window) => (cpu(window, name) / cpu(window, "ffmpeg")).toFixed(3)).join(" "),
    median(windows.map((w) => (row(w, name)?.voluntarySwitches ?? NaN) / streamSeconds(w))).toFixed(1),
    (median(windows.map((w) => (row(w, name)?.writtenBytes ?? NaN) / streamSeconds(w))) / 1e6).toFixed(3),
    pss(name).toFixed(0),
  ]);
  const heads = ["process", "CPU ms/ss", "× ffmpeg", "of the windows", "vol. switches/ss", "MB written/ss", "PSS MiB"];
  const bound = 60 + 2 * streams + (1.25 * result.ringBytes) / MiB;
  return [
    `## ${result.mode}`,
    table([heads, ...rows]),
    `CPU by ${result.how}; ss = stream-second; machine busy ${windows.map((w) => `${Math.round(w.busy * 100)} %`).join(", ")}; load ${windows.map((w) => w.load.toFixed(1)).join(", ")}`,
    `recorder PSS ${pss("recorder-0").toFixed(0)} MiB, allowed ${bound.toFixed(0)} (ring ${(result.ringBytes / MiB).toFixed(1)} MiB); core + api ${(pss("core") + pss("api")).toFixed(0)} MiB, allowed 200; ${result.viewedPerSecond.toFixed(0)} live fragments/s`,
    "",
  ].join("\n");
}
