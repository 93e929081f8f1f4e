import { siteClock } from "../../platform/site-clock.ts";

/** SubRip subtitles that show the site's time, a line a second, for players that show a file of the same name. */
export function siteTimeSubtitles(fromMs: number, toMs: number, timeZone: string): string {
  const clock = siteClock(timeZone);
  const cues: string[] = [];
  for (let at = fromMs; at < toMs;) {
    // a second of the site's clock, not of the clip
    const next = Math.min(toMs, Math.floor(at / 1000) * 1000 + 1000);
    cues.push(`${cues.length + 1}\n${stampOf(at - fromMs)} --> ${stampOf(next - fromMs)}\n${clock(at)}\n`);
    at = next;
  }
  return cues.join("\n");
}

/** `00:00:01,500` */
function stampOf(ms: number): string {
  const whole = Math.round(ms);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const clock = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1000) % 60].map(two).join(":");
  return `${clock},${String(whole % 1000).padStart(3, "0")}`;
}
