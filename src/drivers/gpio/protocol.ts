/**
 * The command lines and words of libgpiod's tools, version 1 (Debian 12) and 2 (Debian 13); pure. Sources: their `--help`
 * and manual pages, of 1.6.3 and 2.2.
 */
import type { GpioSettings } from "../../domain/site-config.ts";

export interface Tools {
  readonly version: 1 | 2;
  /** `gpiomon` can say the levels that it begins with (2.2 and later), so that nothing is missed between look and watch. */
  readonly tellsFirst: boolean;
}

/** From `gpiomon --version` and `gpiomon --help`; undefined when this is no libgpiod that is known. */
export function toolsOf(version: string, help: string): Tools | undefined {
  const major = /libgpiod\)?\s+v?(\d+)\./.exec(version)?.[1];
  if (major === "1") return { version: 1, tellsFirst: false };
  return major === "2" ? { version: 2, tellsFirst: help.includes("--initial-state") } : undefined;
}

const linesOf = (settings: GpioSettings): string[] => settings.inputs.map(({ line }) => String(line));

/** Reads all inputs once: one line of values, in the order of the settings. */
export const getArgs = ({ version }: Tools, settings: GpioSettings): string[] =>
  version === 1
    ? ["gpioget", `--bias=${biasOf(version, settings)}`, settings.chip, ...linesOf(settings)]
    : ["gpioget", "--numeric", `--bias=${biasOf(version, settings)}`, "--chip", settings.chip, ...linesOf(settings)];

/** Watches both edges of all inputs, one event a line: offset, edge, seconds.nanoseconds of the monotonic clock. */
export function watchArgs({ version, tellsFirst }: Tools, settings: GpioSettings): string[] {
  const bias = `--bias=${biasOf(version, settings)}`;
  if (version === 1) {
    return ["gpiomon", "--line-buffered", bias, "--format=%o %e %s.%n", settings.chip, ...linesOf(settings)];
  }
  const first = tellsFirst ? ["--initial-state", "--numeric"] : [];
  const how = ["--banner", ...first, "--edges=both", bias, "--format=%o %E %S"];
  return ["gpiomon", ...how, "--chip", settings.chip, ...linesOf(settings)];
}

/** Holds one output at a value until the process ends; version 2 says when it does. */
export const holdArgs = ({ version }: Tools, chip: string, line: number, value: 0 | 1): string[] =>
  version === 1
    ? ["gpioset", "--mode=signal", chip, `${line}=${value}`]
    : ["gpioset", "--banner", "--chip", chip, `${line}=${value}`];

/** `disable` of version 1 became `disabled`. */
const biasOf = (version: 1 | 2, { bias }: GpioSettings): string =>
  bias === "none" ? (version === 1 ? "disable" : "disabled") : bias;

/** The values of `gpioget`, or the first line of a `gpiomon` that tells them; undefined when it is something else. */
export function valuesOf(text: string, count: number): readonly (0 | 1)[] | undefined {
  const words = text.trim().split(/\s+/);
  if (words.length !== count || !words.every((word) => word === "0" || word === "1")) return undefined;
  return words.map((word) => (word === "1" ? 1 : 0));
}

export interface LineEvent {
  readonly line: number;
  readonly value: 0 | 1;
  /** Of the clock that `Instant`s are of; kernels before 5.7 give another one. */
  readonly atMs: number;
}

/** One event of `gpiomon`; undefined for its banner and whatever else it says. Never throws. */
export function eventOf(text: string): LineEvent | undefined {
  const found = /^(\d+) (0|1|falling|rising) (\d+)\.\s*(\d+)$/.exec(text.trim());
  if (found === null) return undefined;
  const [, line, edge, seconds, nanos] = found;
  const atMs = Number(seconds) * 1000 + Number((nanos ?? "0").padStart(9, "0")) / 1e6;
  return { line: Number(line), value: edge === "1" || edge === "rising" ? 1 : 0, atMs };
}

/** Why a tool ended, with what to do; `stderr` is what it said. */
export function toolReason(tool: string, chip: string, stderr: string): string {
  const text = stderr.trim().split("\n").at(-1) ?? "";
  if (/not found|ENOENT/.test(text) || (tool !== "" && text.endsWith(`${tool}: No such file or directory`))) {
    return `the program ${tool} is missing: install Debian's package gpiod`;
  }
  if (/permission denied/i.test(text)) {
    return `Reed may not use ${chip}: add its user to the group gpio (usermod -aG gpio USER) and start it again`;
  }
  if (/busy/i.test(text)) return `another program has one of the lines of ${chip} (${text})`;
  if (/no such (file|device)|cannot find|unable to find/i.test(text)) {
    return `there is no ${chip}, or it lacks one of the lines (${text})`;
  }
  return text === "" ? `${tool} ended without a word` : text;
}
