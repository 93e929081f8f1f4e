import type { PlayedUnit } from "./played.ts";

/** What a camera says of an access unit that it sent. */
export interface Sent {
  readonly number: number;
  readonly picture: string;
  readonly key: boolean;
  /** RTP time, 32 bits of 90 kHz; comparable within an era only. */
  readonly rtpTime: number;
  readonly era: number;
}

/** Media time may be rounded by this, ticks of 90 kHz. */
const tolerance = 2;
const mostFindings = 8;

/** What is wrong with what a door gave, against what was sent: missing, doubled, reordered, altered, at another time. */
export function compareWithSent(door: string, sent: readonly Sent[], units: readonly PlayedUnit[]): string[] {
  const found: string[] = [];
  const say = (what: string): void => {
    if (found.length < mostFindings) found.push(`${door}: ${what}`);
  };
  const truth = new Map(sent.map((unit) => [unit.number, unit]));
  const seen = new Set<number>();
  let before: { unit: PlayedUnit; sent: Sent } | undefined;
  for (const unit of units) {
    const { number } = unit;
    const is = truth.get(number);
    if (is === undefined) say(`access unit ${number} was never sent`);
    else {
      if (seen.has(number)) say(`access unit ${number} is there twice`);
      if (before !== undefined && number < before.unit.number)
        say(`access unit ${number} comes after ${before.unit.number}`);
      if (is.picture !== unit.picture) say(`access unit ${number} is altered`);
      if (is.key !== unit.key) say(`access unit ${number} is ${is.key ? "" : "no "}key frame`);
      if (before?.unit.fragment === unit.fragment && before.sent.era === is.era) {
        const asSent = (is.rtpTime - before.sent.rtpTime) | 0;
        const asPlayed = unit.pts - before.unit.pts;
        if (Math.abs(asSent - asPlayed) > tolerance)
          say(`from ${before.unit.number} to ${number} it is ${asPlayed / 90} ms, sent were ${asSent / 90}`);
      }
      seen.add(number);
      before = { unit, sent: is };
    }
  }
  const missing = sent.filter(({ number }) => !seen.has(number)).map(({ number }) => number);
  if (missing.length > 0) say(`${missing.length} of ${sent.length} access units are missing: ${runsOf(missing)}`);
  return found;
}

/** `3–7, 9` */
function runsOf(numbers: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.to === number - 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs
    .slice(0, 6)
    .map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`))
    .join(", ");
}
