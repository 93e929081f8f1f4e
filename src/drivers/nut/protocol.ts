/** The network protocol of NUT (RFC 9271): lines of text, one answer a question. Pure. */
import type { Level } from "../../domain/level.ts";
import { upsPoints } from "../../domain/ups.ts";

export type NutAnswer =
  | { readonly kind: "ok" }
  | { readonly kind: "status"; readonly words: readonly string[] }
  /** The server answers, but knows nothing of the UPS: its cable, or its driver. */
  | { readonly kind: "stale"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "error"; readonly why: string };

/** A name that stands in a line by itself or between quotes (RFC 9271 §4.1). */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

const sentences: Readonly<Record<string, string>> = {
  "UNKNOWN-UPS": "the server knows no UPS of this name",
  "DATA-STALE": "the server hears nothing from the UPS; look at its cable",
  "DRIVER-NOT-CONNECTED": "the server's driver of the UPS does not run",
  "VAR-NOT-SUPPORTED": "the UPS does not tell its status",
};
const stale = new Set(["DATA-STALE", "DRIVER-NOT-CONNECTED"]);
const refused = new Set([
  "ACCESS-DENIED",
  "INVALID-PASSWORD",
  "INVALID-USERNAME",
  "PASSWORD-REQUIRED",
  "USERNAME-REQUIRED",
]);

/** One line of the server. Whatever is no answer of the protocol is an error, never a throw. */
export function readAnswer(line: string): NutAnswer {
  const error = /^ERR ([A-Z-]+)/.exec(line)?.[1];
  if (error !== undefined) {
    if (refused.has(error)) return { kind: "refused", why: `the server refused the login (${error})` };
    const why = sentences[error] ?? `the server answered ${error}`;
    return stale.has(error) ? { kind: "stale", why } : { kind: "error", why };
  }
  const status = /^VAR (?:"(?:[^"\\]|\\.)*"|\S+) ups\.status "([^"]*)"\s*$/.exec(line)?.[1];
  if (status !== undefined) return { kind: "status", words: status.split(/\s+/).filter((word) => word !== "") };
  return /^OK(\s|$)/.test(line) ? { kind: "ok" } : { kind: "error", why: "the server speaks no NUT" };
}

/** By point. A battery is low where it is needed: low while the mains is there is a battery that charges. */
export function upsLevels(words: readonly string[]): ReadonlyMap<number, Level> {
  const says = (word: string) => words.includes(word);
  const level = (is: boolean): Level => (is ? "closed" : "open");
  const onBattery = says("OB");
  return new Map([
    [upsPoints.onBattery, level(onBattery)],
    [upsPoints.batteryLow, level(says("FSD") || (onBattery && says("LB")))],
    [upsPoints.replaceBattery, level(says("RB"))],
  ]);
}
