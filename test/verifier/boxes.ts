import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { unitFrom, type RecordedUnit } from "./units.ts";

/** A segment file as it lies on the disk, read by nothing of Reed's. Times in ms of CLOCK_MONOTONIC. */
export interface SegmentOnDisk {
  readonly path: string;
  readonly id: string;
  readonly channel: number;
  readonly startInstant: number;
  readonly units: readonly RecordedUnit[];
  readonly fragments: number;
  /** The chain's SHA-256 behind the last fragment, hex. */
  readonly head: string;
  /** What is wrong with the file, each a sentence. */
  readonly problems: readonly string[];
}

export interface Box {
  readonly type: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

const segmentType = "5265656400018000800000007365676d";
const fragmentType = "526565640002800080000000" + "66726167";

/** ISO/IEC 14496-12 §4.2; a box that does not fit ends the walk. */
export function walk(bytes: Buffer, from: number, to: number): { readonly boxes: Box[]; readonly rest: number } {
  const boxes: Box[] = [];
  let at = from;
  while (at + 8 <= to) {
    const size = bytes.readUInt32BE(at);
    const long = size === 1 && at + 16 <= to;
    const whole = long ? Number(bytes.readBigUInt64BE(at + 8)) : size;
    if (whole < 8 || at + whole > to) break;
    boxes.push({
      type: bytes.toString("latin1", at + 4, at + 8),
      start: at,
      body: at + (long ? 16 : 8),
      end: at + whole,
    });
    at += whole;
  }
  return { boxes, rest: to - at };
}

const inside = (bytes: Buffer, box: Box, type: string): Box | undefined =>
  walk(bytes, box.body, box.end).boxes.find((child) => child.type === type);

interface Sample {
  readonly offset: number;
  readonly size: number;
  readonly duration: number;
  readonly sync: boolean;
}

/** ISO/IEC 14496-12 §8.8.8: samples of the only `trun`, offsets from the start of the file. */
function samplesOf(bytes: Buffer, moof: Box): { readonly decodeTime: number; readonly samples: Sample[] } | string {
  const traf = inside(bytes, moof, "traf");
  const [tfhd, tfdt, trun] = ["tfhd", "tfdt", "trun"].map((type) => traf && inside(bytes, traf, type));
  if (tfhd === undefined || tfdt === undefined || trun === undefined) return "a fragment without tfhd, tfdt or trun";
  const defaults = trackDefaults(bytes, tfhd);
  const decodeTime =
    bytes[tfdt.body] === 1 ? Number(bytes.readBigUInt64BE(tfdt.body + 4)) : bytes.readUInt32BE(tfdt.body + 4);
  const flags = bytes.readUIntBE(trun.body + 1, 3);
  const count = bytes.readUInt32BE(trun.body + 4);
  let at = trun.body + 8;
  const take = (present: boolean, other: number): number => {
    if (!present) return other;
    at += 4;
    return bytes.readUInt32BE(at - 4);
  };
  let offset = moof.start + (flags & 1 ? bytes.readInt32BE((at += 4) - 4) : 0);
  const firstFlags = take((flags & 4) !== 0, -1);
  const samples: Sample[] = [];
  for (let i = 0; i < count; i++) {
    const duration = take((flags & 0x100) !== 0, defaults.duration);
    const size = take((flags & 0x200) !== 0, defaults.size);
    const own = take((flags & 0x400) !== 0, i === 0 && firstFlags >= 0 ? firstFlags : defaults.flags);
    take((flags & 0x800) !== 0, 0);
    samples.push({ offset, size, duration, sync: (own & 0x10000) === 0 });
    offset += size;
  }
  return at === trun.end ? { decodeTime, samples } : "a trun whose samples don't fill it";
}

/** §8.8.7. */
function trackDefaults(bytes: Buffer, tfhd: Box): { duration: number; size: number; flags: number } {
  const flags = bytes.readUIntBE(tfhd.body + 1, 3);
  let at = tfhd.body + 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0);
  const take = (bit: number) => ((flags & bit) === 0 ? 0 : bytes.readUInt32BE((at += 4) - 4));
  return { duration: take(8), size: take(0x10), flags: take(0x20) };
}

interface Reading {
  readonly bytes: Buffer;
  readonly problems: string[];
  readonly units: RecordedUnit[];
  chain: Buffer;
  fragments: number;
  nextDecodeTime: number;
}

/** Reads a file whole: header, every fragment's checksum, chain, samples and marks. */
export function readSegment(path: string, name: string): SegmentOnDisk {
  const bytes = readFileSync(path);
  const problems: string[] = [];
  const { boxes, rest } = walk(bytes, 0, bytes.length);
  if (rest !== 0) problems.push(`${rest} bytes at the end are no whole box`);
  const [ftyp, moov, head, ...others] = boxes;
  const header = headerOf(bytes, head);
  if (ftyp?.type !== "ftyp" || moov?.type !== "moov" || header === undefined) {
    return {
      path: name,
      id: "",
      channel: 0,
      startInstant: 0,
      units: [],
      fragments: 0,
      head: "",
      problems: ["no ftyp, moov and segment header"],
    };
  }
  const chain = createHash("sha256").update(bytes.subarray(0, moov.end)).update(String(header["segmentId"])).digest();
  if (chain.toString("hex") !== header["chainStart"]) problems.push("the chain does not begin with its ftyp and moov");
  const reading: Reading = { bytes, problems, units: [], chain, fragments: 0, nextDecodeTime: 0 };
  for (let i = 0; i < others.length; i += 3) readFragment(reading, others.slice(i, i + 3));
  checkStart(reading);
  return {
    path: name,
    id: String(header["segmentId"]),
    channel: Number(header["channel"]),
    startInstant: Number(header["startInstant"]),
    units: reading.units,
    fragments: reading.fragments,
    head: reading.chain.toString("hex"),
    problems,
  };
}

function headerOf(bytes: Buffer, box: Box | undefined): Record<string, unknown> | undefined {
  if (box?.type !== "uuid" || bytes.toString("hex", box.body, box.body + 16) !== segmentType) return undefined;
  return JSON.parse(bytes.toString("utf8", box.body + 16, box.end)) as Record<string, unknown>;
}

function checkStart({ units, problems }: Reading): void {
  const first = units[0];
  if (first === undefined) problems.push("it holds no access unit");
  else if (!first.key) problems.push(`its first access unit (${first.number}) is no key frame`);
  if (first !== undefined && first.decodeTime !== 0) problems.push(`its decode time begins at ${first.decodeTime}`);
}

const arrivalsIn = (bytes: Buffer): number[] =>
  Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => bytes.readDoubleBE(8 * i));

function readFragment(reading: Reading, [moof, mdat, trailer]: readonly Box[]): void {
  const { bytes, problems } = reading;
  const where = `fragment ${reading.fragments + 1}`;
  const isTrailer = trailer !== undefined && bytes.toString("hex", trailer.body, trailer.body + 16) === fragmentType;
  if (moof?.type !== "moof" || mdat?.type !== "mdat" || trailer === undefined || !isTrailer) {
    problems.push(`${where} is not moof, mdat and trailer`);
    return;
  }
  reading.fragments++;
  const body = bytes.subarray(moof.start, mdat.end);
  const at = trailer.body + 16;
  if (crc32(body) !== bytes.readUInt32BE(at)) problems.push(`${where}: its checksum is wrong`);
  reading.chain = createHash("sha256").update(reading.chain).update(body).digest();
  if (!reading.chain.equals(bytes.subarray(at + 4, at + 36))) problems.push(`${where}: its chain is wrong`);
  const times = { first: bytes.readDoubleBE(at + 36), last: bytes.readDoubleBE(at + 44) };
  const table = samplesOf(bytes, moof);
  if (typeof table === "string") {
    problems.push(`${where}: ${table}`);
    return;
  }
  if (table.samples.length !== bytes.readUInt32BE(at + 68)) problems.push(`${where}: its trailer counts other units`);
  if (table.decodeTime < reading.nextDecodeTime) problems.push(`${where}: its decode time goes back`);
  const arrivals = arrivalsIn(bytes.subarray(at + 80, trailer.end - 4));
  if (arrivals.length !== table.samples.filter(({ sync }) => sync).length)
    problems.push(`${where}: its trailer has another number of key frames`);
  let decodeTime = table.decodeTime;
  for (const sample of table.samples) {
    if (sample.offset < mdat.body || sample.offset + sample.size > mdat.end)
      problems.push(`${where}: a sample outside its mdat`);
    const unit = unitFrom(bytes.subarray(sample.offset, sample.offset + sample.size), { decodeTime, ...times });
    if (typeof unit === "string") problems.push(`${where}: ${unit}`);
    else {
      if (unit.key !== sample.sync) problems.push(`${where}: access unit ${unit.number} has the wrong sync flag`);
      const arrival = sample.sync ? arrivals.shift() : undefined;
      reading.units.push(arrival === undefined ? unit : { ...unit, arrival });
    }
    reading.nextDecodeTime = decodeTime + 1;
    decodeTime += sample.duration;
  }
}
