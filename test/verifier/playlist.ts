/**
 * Playlists against what RFC 8216 and Apple's HLS Authoring Specification for Apple Devices ask of
 * fragmented MP4, so that Safari plays them. Each finding names the section of the RFC, or Apple's rule.
 */
import { readPlayed, type PlayedRun } from "./played.ts";

export interface PlaylistFiles {
  readonly text: string;
  /** What it names, by address. */
  readonly files: ReadonlyMap<string, Buffer>;
}

interface Entry {
  readonly uri: string;
  readonly seconds: number;
  readonly discontinuity: boolean;
  readonly map: string | undefined;
  readonly newMap: boolean;
  readonly wall: number | undefined;
}

const timescale = 90_000;
/** EXTINF is rounded to this, s. */
const roundingS = 0.00002;

function entriesOf(lines: readonly string[]): Entry[] {
  const entries: Entry[] = [];
  let [seconds, discontinuity, newMap]: [number, boolean, boolean] = [NaN, false, false];
  let map: string | undefined;
  let wall: number | undefined;
  for (const line of lines) {
    if (line.startsWith("#EXTINF:")) seconds = parseFloat(line.slice(8));
    else if (line === "#EXT-X-DISCONTINUITY") discontinuity = true;
    else if (line.startsWith("#EXT-X-MAP:")) [map, newMap] = [/URI="([^"]+)"/.exec(line)?.[1], true];
    else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) wall = Date.parse(line.slice(25));
    else if (line !== "" && !line.startsWith("#")) {
      entries.push({ uri: line, seconds, discontinuity, map, newMap, wall });
      [seconds, discontinuity, newMap, wall] = [NaN, false, false, undefined];
    }
  }
  return entries;
}

/** What is wrong with a media playlist of a span that is over, and with its segments. */
export function checkMediaPlaylist({ text, files }: PlaylistFiles): string[] {
  const lines = text.split("\n");
  const entries = entriesOf(lines);
  return [
    ...checkHead(lines, entries),
    ...entries.flatMap((entry, i) => checkEntry(entry, entries[i - 1])),
    ...checkSegments(entries, files),
  ];
}

function checkHead(lines: readonly string[], entries: readonly Entry[]): string[] {
  const found: string[] = [];
  const count = (tag: string) => lines.filter((line) => line === tag || line.startsWith(`${tag}:`)).length;
  const value = (tag: string) => Number(lines.find((line) => line.startsWith(`${tag}:`))?.slice(tag.length + 1));
  if (lines[0] !== "#EXTM3U") found.push("RFC 8216 §4.3.1.1: it does not begin with EXTM3U");
  for (const tag of ["#EXT-X-VERSION", "#EXT-X-TARGETDURATION", "#EXT-X-PLAYLIST-TYPE", "#EXT-X-ENDLIST"])
    if (count(tag) !== 1) found.push(`RFC 8216 §4.3: ${tag} is there ${count(tag)} times`);
  // EXT-X-MAP in a playlist that is not of I-frames only
  if (value("#EXT-X-VERSION") < 6) found.push("RFC 8216 §7: EXT-X-MAP takes version 6");
  if (lines.findLast((line) => line !== "") !== "#EXT-X-ENDLIST")
    found.push("RFC 8216 §4.3.3.4: it does not end with ENDLIST");
  const target = value("#EXT-X-TARGETDURATION");
  if (!Number.isInteger(target)) found.push("RFC 8216 §4.3.3.1: the target duration is no whole number");
  for (const { uri, seconds } of entries)
    if (Math.round(seconds) > target)
      found.push(`RFC 8216 §4.3.3.1: ${uri} is ${seconds} s long, longer than ${target}`);
  if (count("#EXT-X-INDEPENDENT-SEGMENTS") !== 1)
    found.push("RFC 8216 §4.3.5.1: it does not say EXT-X-INDEPENDENT-SEGMENTS");
  if (entries[0]?.wall === undefined)
    found.push("HLS authoring, media playlists: the first segment has no PROGRAM-DATE-TIME");
  if (entries.length === 0) found.push("it names no segment");
  return found;
}

function checkEntry(entry: Entry, before: Entry | undefined): string[] {
  const found: string[] = [];
  const { uri, seconds, discontinuity, map, newMap, wall } = entry;
  if (!(seconds > 0)) found.push(`RFC 8216 §4.3.2.1: ${uri} has no EXTINF`);
  if (map === undefined) found.push(`RFC 8216 §3.3: ${uri} has no EXT-X-MAP before it`);
  if (before !== undefined && newMap && !discontinuity)
    found.push(`RFC 8216 §4.3.2.3: ${uri} has another EXT-X-MAP without EXT-X-DISCONTINUITY`);
  // the file's own place in time, for who maps media time to wall time
  if (discontinuity && wall === undefined)
    found.push(`RFC 8216 §6.2.1: ${uri} is behind a discontinuity and has no PROGRAM-DATE-TIME`);
  if (newMap && before?.map === map) found.push(`RFC 8216 §4.3.2.5: ${uri} says the same EXT-X-MAP again`);
  return found;
}

function checkSegments(entries: readonly Entry[], files: PlaylistFiles["files"]): string[] {
  const found: string[] = [];
  let before: PlayedRun | undefined;
  for (const { uri, seconds, map, discontinuity } of entries) {
    const init = readPlayed(files.get(map ?? "") ?? Buffer.alloc(0));
    if (init.boxes.join() !== "ftyp,moov")
      found.push(`RFC 8216 §3.3: ${map} is ${init.boxes.join()}, not ftyp and moov`);
    const { boxes, runs, units, problems } = readPlayed(files.get(uri) ?? Buffer.alloc(0));
    found.push(...problems.map((problem) => `RFC 8216 §3.3: ${uri}: ${problem}`));
    const [first] = runs;
    const last = runs.at(-1);
    if (
      boxes.some((box) => !["styp", "sidx", "moof", "mdat"].includes(box)) ||
      first === undefined ||
      last === undefined
    ) {
      found.push(`RFC 8216 §3.3: ${uri} is ${boxes.join()}`);
      continue;
    }
    if (units[0]?.key === false) found.push(`RFC 8216 §4.3.5.1: ${uri} does not begin with a key frame`);
    const length = (last.end - first.dts) / timescale;
    if (Math.abs(length - seconds) > roundingS)
      found.push(`RFC 8216 §4.3.2.1: ${uri} says ${seconds} s and has ${length}`);
    const hole = before === undefined ? 0 : (first.dts - before.end) / timescale;
    if (hole < 0 && !discontinuity)
      found.push(`RFC 8216 §3.3: ${uri} begins ${-hole} s before the end of the one before`);
    before = last;
  }
  return found;
}

/** What is wrong with a multivariant playlist. */
export function checkMainPlaylist(text: string): string[] {
  const found: string[] = [];
  const lines = text.split("\n");
  if (lines[0] !== "#EXTM3U") found.push("RFC 8216 §4.3.1.1: it does not begin with EXTM3U");
  const variants = lines.filter((line) => line.startsWith("#EXT-X-STREAM-INF:"));
  if (variants.length === 0) found.push("RFC 8216 §4.3.4.2: it has no variant");
  for (const variant of variants) {
    const codecs = /CODECS="([^"]+)"/.exec(variant)?.[1]?.split(",") ?? [];
    if (codecs.length === 0) found.push("HLS authoring, multivariant playlists: a variant without CODECS");
    for (const codec of codecs)
      if (!/^(avc1\.[0-9a-f]{6}|hvc1\.[\w.]+|mp4a\.40\.\d+)$/i.test(codec))
        found.push(`HLS authoring 1.1: ${codec} is none that Safari plays`);
    for (const name of ["BANDWIDTH", "AVERAGE-BANDWIDTH", "RESOLUTION", "FRAME-RATE"])
      if (!new RegExp(`[:,]${name}=`).test(variant))
        found.push(`HLS authoring, multivariant playlists: a variant without ${name}`);
    const group = /AUDIO="([^"]+)"/.exec(variant)?.[1];
    const hasGroup = lines.some((line) => line.startsWith("#EXT-X-MEDIA:") && line.includes(`GROUP-ID="${group}"`));
    if (group !== undefined && !hasGroup) found.push(`RFC 8216 §4.3.4.2: no rendition of group ${group}`);
    if (group !== undefined && !codecs.some((codec) => codec.startsWith("mp4a")))
      found.push("HLS authoring, multivariant playlists: CODECS without the sound's");
  }
  return found;
}
