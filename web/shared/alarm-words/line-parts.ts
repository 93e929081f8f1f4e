/** What an alarm's line says, as parts that a page puts into words: the reader's language, names instead of numbers. */
import type { Alarm } from "../../../src/contract/alarm.ts";

export type LinePart =
  | { readonly kind: "recorded"; readonly cameras: number; readonly of: number; readonly beforeMs?: number }
  | { readonly kind: "no-camera" }
  | { readonly kind: "no-footage" | "short"; readonly camera: string; readonly reason: string }
  | { readonly kind: "output" | "notify" | "snapshot" | "ptz"; readonly number: number; readonly reason: string }
  | { readonly kind: "recording" }
  | { readonly kind: "saved" };

export type Line = Pick<Alarm, "verdict" | "cameras" | "faults">;

/** The same parts as the server's sentence has (`alarmSentence`), in its order. */
export function lineParts({ verdict, cameras, faults }: Line): LinePart[] {
  const parts: LinePart[] = [];
  const good = cameras.filter(({ outcome }) => outcome === "recorded" || outcome === "recording");
  const before = good.flatMap(({ preAchievedMs }) => preAchievedMs ?? []);
  if (cameras.length === 0) parts.push({ kind: "no-camera" });
  else if (good.length > 0) {
    const reached = before.length === 0 ? {} : { beforeMs: Math.min(...before) };
    parts.push({ kind: "recorded", cameras: good.length, of: cameras.length, ...reached });
  }
  for (const { name, outcome, reason = "" } of cameras) {
    if (outcome === "failed") parts.push({ kind: "no-footage", camera: name, reason });
    if (outcome === "short") parts.push({ kind: "short", camera: name, reason });
  }
  for (const { kind, number, reason } of faults) parts.push({ kind, number, reason });
  if (verdict === "open") parts.push({ kind: "recording" });
  if (verdict === "good" && cameras.length > 0) parts.push({ kind: "saved" });
  return parts;
}
