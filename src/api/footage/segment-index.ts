import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { joinTables } from "../../media/mp4/sample-table.ts";
import { parseFragment, parseInit, readBoxHeader } from "../../media/mp4/read.ts";
import type { Init, SampleTable } from "../../media/mp4/types.ts";
import type { AudioParameters, VideoParameters } from "../../media/types.ts";

/** Where the samples of a segment file lie. */
export interface SegmentIndex {
  readonly video?: { readonly parameters: VideoParameters; readonly samples: SampleTable };
  readonly audio?: { readonly parameters: AudioParameters; readonly samples: SampleTable };
}

/** Bytes that are read at once; a moof of a second is a fraction of it, a larger one is read again whole. */
const chunkBytes = 64 * 1024;
/** No head of ours is longer. */
const longestHead = 4 * 1024 * 1024;

/**
 * Reads the heads of a segment file, no pictures. What is not whole at its end (it is being written, or the power
 * failed) is left out. Throws when the file is missing or does not begin as one of ours.
 */
export async function indexSegment(path: string): Promise<SegmentIndex> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const init = parseInit(await readAt(file, 0, Math.min(chunkBytes, size)));
    if (!init.ok) throw new Error(`${path}: ${init.error}`);
    const tables: { video: SampleTable[]; audio: SampleTable[] } = { video: [], audio: [] };
    for (let at = init.value.end; at < size;) {
      const next = await readFragmentAt(file, at, size, tables);
      if (next === undefined) break;
      at = next;
    }
    return indexOf(init.value, tables);
  } finally {
    await file.close();
  }
}

/** Takes the box at `at`, a fragment's samples into the tables; where the next begins, or undefined at the end. */
async function readFragmentAt(
  file: FileHandle,
  at: number,
  size: number,
  tables: { video: SampleTable[]; audio: SampleTable[] },
): Promise<number | undefined> {
  let bytes = await readAt(file, at, Math.min(chunkBytes, size - at));
  const header = readBoxHeader(bytes, 0);
  if (!header.ok || at + header.value.end > size) return undefined;
  if (header.value.type !== "moof") return at + header.value.end;
  // the moof and the header of the mdat behind it
  const wanted = header.value.end + 16;
  if (wanted > longestHead) return undefined;
  if (wanted > bytes.length) bytes = await readAt(file, at, Math.min(wanted, size - at));
  const fragment = parseFragment(bytes, 0, at);
  if (!fragment.ok || fragment.value.end > size) return undefined;
  if (fragment.value.video !== undefined) tables.video.push(fragment.value.video);
  if (fragment.value.audio !== undefined) tables.audio.push(fragment.value.audio);
  return fragment.value.end;
}

function indexOf(init: Init, tables: { video: SampleTable[]; audio: SampleTable[] }): SegmentIndex {
  const of = (kind: "video" | "audio") => init.tracks.find((track) => track.parameters.kind === kind)?.parameters;
  const [video, audio] = [of("video"), of("audio")];
  return {
    ...(video?.kind === "video" ? { video: { parameters: video, samples: joinTables(tables.video) } } : {}),
    ...(audio?.kind === "audio" ? { audio: { parameters: audio, samples: joinTables(tables.audio) } } : {}),
  };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
