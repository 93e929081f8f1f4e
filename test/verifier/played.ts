import { walk, type Box } from "./boxes.ts";
import { unitFrom } from "./units.ts";

/** A picture as a player gets it. Times in ticks of 90 kHz on the line of its file. */
export interface PlayedUnit {
  readonly number: number;
  readonly camera: number;
  readonly key: boolean;
  /** SHA-1 of its slices. */
  readonly picture: string;
  readonly dts: number;
  readonly pts: number;
  readonly duration: number;
  /** The fragment that it came in. */
  readonly fragment: object;
}

/** A fragment of one track. Times in ticks of that track. */
export interface PlayedRun {
  readonly track: number;
  readonly dts: number;
  readonly end: number;
  readonly samples: number;
}

export interface Played {
  readonly units: readonly PlayedUnit[];
  readonly runs: readonly PlayedRun[];
  /** Types of the boxes at the top, in order. */
  readonly boxes: readonly string[];
  readonly problems: readonly string[];
}

const videoTrack = 1;

const child = (bytes: Buffer, box: Box, type: string): Box | undefined =>
  walk(bytes, box.body, box.end).boxes.find((one) => one.type === type);

/** Fragments of a file or of media segments (ISO/IEC 14496-12 §8.8), read by nothing of Reed's; H.264 pictures by their marks. */
export function readPlayed(bytes: Buffer): Played {
  const { boxes, rest } = walk(bytes, 0, bytes.length);
  const problems = rest === 0 ? [] : [`${rest} bytes at the end are no whole box`];
  const units: PlayedUnit[] = [];
  const runs: PlayedRun[] = [];
  boxes.forEach((moof, i) => {
    if (moof.type !== "moof") return;
    const mdat = boxes[i + 1];
    if (mdat?.type !== "mdat") problems.push("a moof without its mdat behind it");
    else
      for (const traf of walk(bytes, moof.body, moof.end).boxes.filter(({ type }) => type === "traf"))
        readTrack({ bytes, units, runs, problems }, moof, mdat, traf);
  });
  return { units, runs, problems, boxes: boxes.map(({ type }) => type) };
}

interface Reading {
  readonly bytes: Buffer;
  readonly units: PlayedUnit[];
  readonly runs: PlayedRun[];
  readonly problems: string[];
}

function readTrack({ bytes, units, runs, problems }: Reading, moof: Box, mdat: Box, traf: Box): void {
  const [tfhd, tfdt, trun] = ["tfhd", "tfdt", "trun"].map((type) => child(bytes, traf, type));
  if (tfhd === undefined || tfdt === undefined || trun === undefined) {
    problems.push("a traf without tfhd, tfdt or trun");
    return;
  }
  // §8.8.7: default-base-is-moof, which HLS and MSE ask for
  if ((bytes.readUInt32BE(tfhd.body) & 0x20000) === 0) problems.push("offsets are not from the moof");
  const track = bytes.readUInt32BE(tfhd.body + 4);
  const start =
    bytes[tfdt.body] === 1 ? Number(bytes.readBigUInt64BE(tfdt.body + 4)) : bytes.readUInt32BE(tfdt.body + 4);
  let dts = start;
  const samples = samplesOf(bytes, moof, tfhd, trun);
  const fragment = {};
  for (const { offset, size, duration, cts, sync } of samples) {
    if (offset < mdat.body || offset + size > mdat.end) problems.push("a sample outside its mdat");
    else if (track === videoTrack) {
      const unit = unitFrom(bytes.subarray(offset, offset + size), { decodeTime: dts, first: 0, last: 0 });
      if (typeof unit === "string") problems.push(unit);
      else {
        if (unit.key !== sync) problems.push(`access unit ${unit.number} has the wrong sync flag`);
        const { number, camera, key, picture } = unit;
        units.push({ number, camera, key, picture, dts, pts: dts + cts, duration, fragment });
      }
    }
    dts += duration;
  }
  runs.push({ track, dts: start, end: dts, samples: samples.length });
}

interface Sample {
  readonly offset: number;
  readonly size: number;
  readonly duration: number;
  readonly cts: number;
  readonly sync: boolean;
}

/** §8.8.7, §8.8.8. */
function samplesOf(bytes: Buffer, moof: Box, tfhd: Box, trun: Box): Sample[] {
  let at = tfhd.body + 8;
  const headFlags = bytes.readUIntBE(tfhd.body + 1, 3);
  const next = (present: boolean, other: number): number => {
    if (!present) return other;
    at += 4;
    return bytes.readUInt32BE(at - 4);
  };
  if ((headFlags & 1) !== 0) at += 8;
  next((headFlags & 2) !== 0, 0);
  const defaults = [8, 0x10, 0x20].map((bit) => next((headFlags & bit) !== 0, 0));
  const flags = bytes.readUIntBE(trun.body + 1, 3);
  const isSigned = bytes[trun.body] === 1;
  const count = bytes.readUInt32BE(trun.body + 4);
  at = trun.body + 8;
  let offset = moof.start + (next((flags & 1) !== 0, 0) | 0);
  const firstFlags = next((flags & 4) !== 0, -1);
  return Array.from({ length: count }, (_, i) => {
    const duration = next((flags & 0x100) !== 0, defaults[0] ?? 0);
    const size = next((flags & 0x200) !== 0, defaults[1] ?? 0);
    const own = next((flags & 0x400) !== 0, i === 0 && firstFlags >= 0 ? firstFlags : (defaults[2] ?? 0));
    const shift = next((flags & 0x800) !== 0, 0);
    offset += size;
    return { offset: offset - size, size, duration, cts: isSigned ? shift | 0 : shift, sync: (own & 0x10000) === 0 };
  });
}

/** A standing picture may bridge this in a file or a playlist, ticks of 90 kHz; a longer hole is no part of its line. */
const mostHoleTicks = 90_000;

/** What is wrong with the line on which fragments of pictures lie that are played one after the other. */
export function checkLine(runs: readonly PlayedRun[]): string[] {
  const pictures = runs.filter(({ track }) => track === videoTrack);
  return pictures.flatMap(({ dts }, i) => {
    const end = pictures[i - 1]?.end ?? dts;
    if (dts < end) return [`decode time goes back from ${end} to ${dts}`];
    return dts - end > mostHoleTicks ? [`decode time leaps from ${end} to ${dts}`] : [];
  });
}
