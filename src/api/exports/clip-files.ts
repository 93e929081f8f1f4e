/** The files that one clip leads to: the original or its like with AAC, its site time as subtitles, and a copy. */
import { createReadStream } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import type { Mp4Part } from "../../media/mp4/virtual-mp4.ts";
import type { ClipRequest } from "../../messages/clip.ts";
import type { ApiDeps } from "../ports.ts";
import { madeOf, type PlannedFile } from "./export-files.ts";
import type { Progress } from "./export-jobs.ts";
import type { ReportFile } from "./report.ts";
import { siteTimeSubtitles } from "./subtitles.ts";
import { addBytes, type ZipWriter } from "./zip-file.ts";

export interface ClipWishes {
  readonly sound: "original" | "aac";
  readonly copy: boolean;
  readonly subtitles: boolean;
}

/** A file that is made of a clip. `what`: how, in words. */
interface Converted {
  readonly name: string;
  readonly of: string;
  readonly weight: number;
  readonly what: string;
}

export interface ClipWork extends ClipWishes {
  readonly timeZone: string;
  /** Names of files that may be written for a while; what a crash leaves of them is removed at the next start. */
  readonly scratch: () => string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Beside the ZIP, with the ending of what is not finished. */
export function scratchFor(zip: string): () => string {
  let number = 0;
  return () => zip.replace(/\.part$/, `-${++number}.part`);
}

const isG711 = ({ audio }: Mp4Part<string>): boolean => audio !== undefined && audio.codec !== "aac";
const wantsAac = (part: Mp4Part<string>, wishes: ClipWishes): boolean => wishes.sound === "aac" && isG711(part);

/** Making a copy takes many times what reading takes; progress counts bytes. */
const copyWeight = 4;

const memoryBytes = 1024 * 1024;

/** What a clip costs, in times its own bytes. */
export const weightOf = (part: Mp4Part<string>, wishes: ClipWishes): number =>
  1 + (wantsAac(part, wishes) ? 1 : 0) + (wishes.copy ? copyWeight : 0);

/** Puts all files of a clip into the ZIP. The pictures of the first are never encoded again. */
export async function addFiles(
  deps: Pick<ApiDeps, "convertClip">,
  zip: ZipWriter,
  planned: PlannedFile,
  work: ClipWork,
): Promise<ReportFile[]> {
  const { name, part, footage } = planned;
  const files: ReportFile[] = [];
  const scratch: string[] = [];
  const convert = async (request: Omit<ClipRequest, "output">, weight: number): Promise<string> => {
    const output = work.scratch();
    scratch.push(output);
    let told = 0;
    await deps.convertClip({ ...request, output }, work.signal, (share) => {
      work.progress.passed((share - told) * part.bytes * weight);
      told = share;
    });
    work.progress.passed((1 - told) * part.bytes * weight);
    return output;
  };
  const of = madeOf(part);
  let input: Promise<string> | undefined;
  const original = () => (input ??= written(planned, work.scratch, scratch));
  /** What an earlier process converted is not converted again. */
  const addConverted = async ({ name, of, weight, what }: Converted, make: () => Promise<string>) => {
    const made = `${of} ${what}`;
    const there = await zip.ready(name, made);
    if (there !== undefined) work.progress.passed(part.bytes * weight);
    const path = there === undefined ? await make() : undefined;
    const bytes = there?.bytes ?? (path === undefined ? 0 : (await stat(path)).size);
    const read = () => (path === undefined ? [] : createReadStream(path));
    const sha256 = await zip.add({ name, bytes, made, read });
    return { ...factsOf(planned, name, what), bytes, sha256 };
  };
  try {
    if (wantsAac(part, work)) {
      const make = async () => convert({ input: await original(), sound: "aac" }, 1);
      files.push(await addConverted({ name, of, weight: 1, what: `AAC made of ${part.audio?.codec}` }, make));
    } else {
      // the ZIP copies what it is given: reading an hour leaves nothing behind to be collected
      const memory = Buffer.allocUnsafe(memoryBytes);
      const read = (from: number) => footage.read(part, from, part.bytes, memory);
      const sha256 = await zip.add({ name, bytes: part.bytes, made: of, read });
      files.push({ ...factsOf(planned, name, part.audio?.codec), bytes: part.bytes, sha256 });
    }
    if (work.subtitles) files.push(await addSubtitles(zip, planned, work.timeZone));
    if (work.copy) {
      const stamp = { fromMs: part.fromMs, timeZone: work.timeZone };
      const copy = name.replace(/\.mp4$/, "-copy.mp4");
      const sound = isG711(part) ? "aac" : "original";
      const make = async () => convert({ input: await original(), sound, stamp }, copyWeight);
      files.push(
        await addConverted({ name: copy, of, weight: copyWeight, what: "COPY, encoded again as H.264" }, make),
      );
    }
    return files;
  } finally {
    for (const path of scratch) await rm(path, { force: true });
  }
}

/** The original as a file, for the child to read. */
async function written({ part, footage }: PlannedFile, name: () => string, scratch: string[]): Promise<string> {
  const path = name();
  scratch.push(path);
  await using file = await open(path, "w", 0o600);
  for await (const bytes of footage.read(part, 0, part.bytes)) await file.writeFile(bytes);
  return path;
}

async function addSubtitles(zip: ZipWriter, planned: PlannedFile, timeZone: string): Promise<ReportFile> {
  const text = Buffer.from(siteTimeSubtitles(planned.part.fromMs, planned.part.toMs, timeZone));
  const name = planned.name.replace(/\.mp4$/, ".srt");
  return { ...(await addBytes(zip, name, text)), camera: cameraOf(planned), codec: "the site's time as subtitles" };
}

const cameraOf = ({ span }: PlannedFile): string => `${span.channel} ${span.name}`;

function factsOf(planned: PlannedFile, name: string, sound: string | undefined) {
  const { span, part } = planned;
  const picture =
    part.video === undefined ? [] : [`${part.video.codecString} ${part.video.width}×${part.video.height}`];
  const codec = [...picture, ...(sound === undefined ? [] : [sound])].join(", ");
  return { name, channel: span.channel, from: part.fromMs, to: part.toMs, camera: cameraOf(planned), codec };
}
