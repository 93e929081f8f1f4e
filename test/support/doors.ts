/** Footage as everybody gets it who asks the API: HLS, the page's player, a download, an export, an evidence pack. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readSegment } from "../verifier/boxes.ts";
import { checkLine, readPlayed, type Played, type PlayedUnit } from "../verifier/played.ts";
import type { LineAnswer } from "../../src/contract/playback.ts";
import { readZip } from "../../src/verify/zip.ts";
import { emptyLine, takeAnswer, unknownIn } from "../../web/features/playback/model/line.ts";
import { until } from "./reed.ts";

/** Asks the API; `path` as after `/api/`. Rejects unless it is answered well. */
export interface Asking {
  bytes(path: string): Promise<{ readonly body: Buffer; readonly headers: Readonly<Record<string, unknown>> }>;
  json(path: string, body?: object): Promise<unknown>;
}

export interface Span {
  readonly channel: number;
  /** Wall time, ms. */
  readonly from: number;
  readonly to: number;
}

export interface Behind {
  readonly units: readonly PlayedUnit[];
  readonly problems: readonly string[];
}

const joined = (all: readonly Played[]): Behind => ({
  units: all.flatMap(({ units }) => units),
  problems: all.flatMap(({ problems }) => problems),
});

/** The page asks for as much at once. */
const askMs = 30_000;

/** A playlist and what it names, by address. */
export interface Fetched {
  readonly text: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

const fetched = async (api: Asking, folder: string, text: string): Promise<Fetched> => {
  const files = new Map<string, Buffer>();
  for (const [, uri] of text.matchAll(/^(?:#EXT-X-MAP:URI=")?((?:\.\.\/)?media\/[^"\n]+)/gm)) {
    if (uri === undefined || files.has(uri)) continue;
    const { pathname, search } = new URL(uri, `http://reed/${folder}`);
    files.set(uri, (await api.bytes(`${pathname.slice(1)}${search}`)).body);
  }
  return { text, files };
};

/** A media playlist with everything in it. */
export async function hls(
  api: Asking,
  { channel, from, to }: Span,
  track: "video" | "audio" = "video",
): Promise<Fetched> {
  const folder = `channels/${channel}/hls/`;
  const { body } = await api.bytes(`${folder}${track}.m3u8?from=${from}&to=${to}`);
  return fetched(api, folder, String(body));
}

/** Its pictures, in the order in which they are played. */
export function inPlaylist({ text, files }: Fetched): Behind {
  const segments = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const played = segments.map((uri) => readPlayed(files.get(uri) ?? Buffer.alloc(0)));
  const { units, problems } = joined(played);
  return { units, problems: [...problems, ...checkLine(played.flatMap(({ runs }) => runs))] };
}

/** As the page asks, half a minute after the other, and puts together what it is told; in the order of their times. */
export async function playback(api: Asking, { channel, from, to }: Span): Promise<Behind> {
  const folder = `channels/${channel}/hls/`;
  let line = emptyLine;
  for (let asked = unknownIn(line, { from, to }); asked !== undefined; asked = unknownIn(line, { from, to })) {
    const range = { from: asked.from, to: Math.min(asked.to, asked.from + askMs) };
    const query = `from=${Math.floor(range.from)}&to=${Math.ceil(range.to)}&zero=${from - 60_000}`;
    line = takeAnswer(line, range, (await api.json(`${folder}line?${query}`)) as LineAnswer, Infinity);
  }
  const played: Played[] = [];
  for (const { video } of line.slices) {
    const { pathname } = new URL(video, `http://reed/${folder}`);
    played.push(readPlayed((await api.bytes(pathname.slice(1))).body));
  }
  const { units, problems } = joined(played);
  // what lies in two answers is shown once: the player puts it in the same place
  const placed = new Map(units.map((unit) => [`${unit.number} at ${Math.round(unit.pts / 90)}`, unit]));
  return { units: [...placed.values()], problems };
}

/** Every part of a download. */
export async function download(api: Asking, { channel, from, to }: Span): Promise<Buffer[]> {
  const parts: Buffer[] = [];
  for (let part = 1, all = 1; part <= all; part++) {
    const { body, headers } = await api.bytes(`channels/${channel}/footage.mp4?from=${from}&to=${to}&part=${part}`);
    all = Number(headers["x-reed-parts"]);
    parts.push(body);
  }
  return parts;
}

export function inFiles(files: readonly Buffer[]): Behind {
  const played = files.map(readPlayed);
  const { units, problems } = joined(played);
  return { units, problems: [...problems, ...played.flatMap(({ runs }) => checkLine(runs))] };
}

export interface Exported {
  /** The cameras' files by channel, in order. */
  readonly clips: ReadonlyMap<number, readonly Buffer[]>;
  /** The recorder's own bytes by channel, in order of their names. */
  readonly originals: ReadonlyMap<number, Behind>;
  readonly zip: Buffer;
}

interface Job {
  readonly id: string;
  readonly state: {
    readonly kind: string;
    readonly reason?: string;
    readonly files?: readonly { readonly name: string; readonly channel?: number }[];
  };
}

/** An evidence pack of some cameras. */
export async function evidence(api: Asking, channels: readonly number[], from: number, to: number): Promise<Exported> {
  const order = { span: { channels, from, to }, evidence: true, reason: "proof", recipient: "nobody" };
  let job = (await api.json("exports", order)) as Job;
  await until(async () => {
    job = (await api.json(`exports/${job.id}`)) as Job;
    if (job.state.kind === "failed") throw new Error(job.state.reason);
    return job.state.kind === "done";
  }, "the export is done");
  const zip = (await api.bytes(`exports/${job.id}/file.zip`)).body;
  const entries =
    (await readZip({ name: "", bytes: zip.length, read: (a, b) => Promise.resolve(zip.subarray(a, b)) })) ?? [];
  const byName = new Map(entries.map(({ name, dataAt, bytes }) => [name, zip.subarray(dataAt, dataAt + bytes)]));
  const named = job.state.files ?? [];
  const of = (channel: number, what: RegExp) =>
    named.filter((file) => file.channel === channel && what.test(file.name)).map(({ name }) => name);
  const bytesOf = (name: string) => byName.get(name) ?? Buffer.alloc(0);
  return {
    zip,
    clips: new Map(channels.map((channel) => [channel, of(channel, /^camera.*\.mp4$/).map(bytesOf)])),
    originals: new Map(
      channels.map((channel) => {
        const names = of(channel, /^originals\/.*\.mp4$/);
        return [channel, originalsIn(names.map((name) => [name, bytesOf(name)]))];
      }),
    ),
  };
}

/** As on the disk: chains and checksums are recomputed. */
function originalsIn(files: readonly (readonly [string, Buffer])[]): Behind {
  const folder = mkdtempSync(join(tmpdir(), "rd-originals-"));
  try {
    const read = files.map(([name, bytes]) => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
      return readSegment(path, name);
    });
    const units = read
      .toSorted((a, b) => a.startInstant - b.startInstant)
      .flatMap((segment) =>
        // their times are looked at where they are played
        segment.units.map((unit) => ({
          ...unit,
          dts: unit.decodeTime,
          pts: unit.decodeTime,
          duration: 0,
          fragment: {},
        })),
      );
    return { units, problems: read.flatMap(({ path, problems }) => problems.map((problem) => `${path}: ${problem}`)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
