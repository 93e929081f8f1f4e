/** What lies on a rebuilt volume, before and after Reed's recovery, read by nothing of Reed's. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { readSegment, walk } from "../verifier/boxes.ts";

/** Paths of the segment files, relative to the volume. */
export function segmentPaths(volume: string): string[] {
  const footage = join(volume, "footage");
  if (!existsSync(footage)) return [];
  return readdirSync(footage, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".mp4"))
    .map((name) => `footage/${name}`)
    .sort();
}

/** Bytes and chain of the fragments of a file that are whole, from its beginning up to the first that is not. */
export function wholePart(bytes: Buffer): {
  readonly bytes: number;
  readonly fragments: number;
  readonly head: string;
} {
  const { boxes } = walk(bytes, 0, bytes.length);
  const [ftyp, moov, header, ...others] = boxes;
  const none = { bytes: 0, fragments: 0, head: "" };
  if (ftyp?.type !== "ftyp" || moov?.type !== "moov" || header?.type !== "uuid") return none;
  const id = /"segmentId":"([^"]+)"/.exec(bytes.toString("latin1", header.body, header.end))?.[1];
  if (id === undefined) return none;
  let chain = createHash("sha256").update(bytes.subarray(0, moov.end)).update(id).digest();
  let whole = { bytes: header.end, fragments: 0, head: chain.toString("hex") };
  for (let i = 0; i + 2 < others.length; i += 3) {
    const [moof, mdat, trailer] = others.slice(i, i + 3);
    if (moof?.type !== "moof" || mdat?.type !== "mdat" || trailer?.type !== "uuid") break;
    const body = bytes.subarray(moof.start, mdat.end);
    chain = createHash("sha256").update(chain).update(body).digest();
    const fields = bytes.subarray(trailer.body + 16, trailer.end - 4);
    const holds = crc32(body) === fields.readUInt32BE(0) && chain.equals(fields.subarray(4, 36));
    if (!holds || crc32(fields) !== bytes.readUInt32BE(trailer.end - 4)) break;
    whole = { bytes: trailer.end, fragments: whole.fragments + 1, head: chain.toString("hex") };
  }
  return whole;
}

export type WholeParts = ReadonlyMap<string, ReturnType<typeof wholePart>>;

export const wholeParts = (volume: string): WholeParts =>
  new Map(segmentPaths(volume).map((path) => [path, wholePart(readFileSync(join(volume, path)))]));

export interface Footage {
  /** By channel: numbers of the access units, in the order of the files. */
  readonly units: ReadonlyMap<number, readonly number[]>;
  readonly problems: readonly string[];
}

/** Everything on the volume, checked file by file. */
export function readFootage(volume: string): Footage {
  const units = new Map<number, number[]>();
  const problems: string[] = [];
  const segments = segmentPaths(volume).map((path) => readSegment(join(volume, path), path));
  for (const segment of segments.sort((a, b) => a.startInstant - b.startInstant)) {
    problems.push(...segment.problems.map((problem) => `${segment.path}: ${problem}`));
    const known = units.get(segment.channel) ?? [];
    known.push(...segment.units.map((unit) => unit.number));
    units.set(segment.channel, known);
  }
  for (const [channel, numbers] of units) {
    const wrong = numbers.findIndex((number, i) => i > 0 && number <= (numbers[i - 1] ?? 0));
    if (wrong >= 0) problems.push(`channel ${channel}: unit ${numbers[wrong]} comes after ${numbers[wrong - 1]}`);
  }
  return { units, problems };
}

/** Every file of the volume but lock and journals, with a checksum of what is in it. */
export function fingerprint(volume: string): string {
  return segmentPaths(volume)
    .map(
      (path) =>
        `${path} ${createHash("sha256")
          .update(readFileSync(join(volume, path)))
          .digest("hex")}`,
    )
    .join("\n");
}
