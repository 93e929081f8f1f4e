import { parseFragment, parseInit, readBoxHeader } from "../../media/mp4/read.ts";
import type { Init, ParsedFragment } from "../../media/mp4/types.ts";
import { searchFragment } from "./search-fragment.ts";
import { isFar, nearFiles, type SegmentFile } from "./segment-files.ts";

/** What is wanted of a file, in 90 kHz ticks of its own line. `hint`: offset of a fragment at or before `fromTicks`. */
export interface Window {
  readonly fromTicks: number;
  readonly toTicks: number;
  readonly hint?: number;
  /** Length of the file's footage as far as it is known, ms: a guess where to look. */
  readonly lengthMs?: number;
}

/** Fragments of a file in order, from the key frame at or before the window to the first key frame behind it. */
export interface Heads {
  readonly init: Init;
  readonly fragments: readonly ParsedFragment[];
}

/** Reads the heads of segment files, no pictures, and keeps them: what is written once does not change any more. */
export interface HeadReader {
  /**
   * What is not whole at the end of a file (it is being written, or the power failed) is left out. Throws when the file
   * is missing or does not begin as one of ours.
   */
  read(id: string, path: string, window: Window): Promise<Heads>;
}

interface Known {
  readonly init: Init;
  /** By their offsets; `next` is where the one behind begins. */
  readonly fragments: Map<number, Found>;
}

interface Found {
  readonly fragment: ParsedFragment;
  readonly next: number;
}

/** Heads that are kept, about 4 kB each. */
const mostFragments = 8000;
/** Bytes that are read at once: a moof of a second is a fraction of it, a larger one is read again whole. */
const chunkBytes = 8 * 1024;
const initBytes = 64 * 1024;
/** No head of ours is longer. */
const longestHead = 4 * 1024 * 1024;
/** How far before the window its first key frame is looked for, one after the other, ms. GOPs of cameras end at 30 s. */
const stepsBack = [1500, 10_000, 40_000];

export function createHeadReader(places = nearFiles): HeadReader {
  const files = new Map<string, Known>();
  let kept = 0;
  const know = async (id: string, file: SegmentFile, path: string): Promise<Known> => {
    let known = files.get(id);
    if (known === undefined) {
      const init = parseInit(await readAt(file, 0, initBytes));
      if (!init.ok) throw new Error(`${path}: ${init.error}`);
      known = { init: init.value, fragments: new Map() };
    }
    // the one that was asked for last goes last
    files.delete(id);
    files.set(id, known);
    return known;
  };
  const makeRoom = (): void => {
    for (const [id, { fragments }] of files) {
      if (kept <= mostFragments || files.size <= 1) return;
      files.delete(id);
      kept -= fragments.size;
    }
  };
  return {
    async read(id, path, window) {
      const file = await places.open(path);
      try {
        const { size } = await file.stat();
        const known = await know(id, file, path);
        const before = known.fragments.size;
        const at = async (offset: number): Promise<Found | undefined> => {
          const there = known.fragments.get(offset) ?? (await readFragmentAt(file, offset, size));
          if (there !== undefined) known.fragments.set(offset, there);
          return there;
        };
        // all heads of a far file came with one request: nothing is searched for between them
        const fragments = await walk({ file, size, init: known.init, at }, isFar(path) ? unsearched(window) : window);
        kept += known.fragments.size - before;
        makeRoom();
        return { init: known.init, fragments };
      } finally {
        await file.close();
      }
    },
  };
}

/** Read from the beginning, or from the hint. */
const unsearched = ({ fromTicks, toTicks, hint }: Window): Window => ({
  ...{ fromTicks, toTicks },
  ...(hint === undefined ? {} : { hint }),
});

interface OpenSegment {
  readonly file: SegmentFile;
  readonly size: number;
  readonly init: Init;
  readonly at: (offset: number) => Promise<Found | undefined>;
}

async function walk(segment: OpenSegment, window: Window): Promise<ParsedFragment[]> {
  if (window.hint !== undefined) return walkFrom(segment, window.hint, window);
  for (const back of stepsBack) {
    const wanted = window.fromTicks - back * 90;
    if (!(wanted > 0) || window.lengthMs === undefined) break;
    const { file, size, init } = segment;
    const start = await searchFragment({ file, size, first: init.end, lengthMs: window.lengthMs }, wanted);
    const found = start === undefined ? [] : await walkFrom(segment, start, window);
    if (found.some((fragment) => keyUpTo(fragment, window.fromTicks))) return found;
  }
  return walkFrom(segment, segment.init.end, window);
}

/**
 * The fragments from `start` to the first key frame behind the window, without those whose GOP ends before it. One more
 * on either side, where the file has sound: it may have arrived earlier or later than the pictures of its time.
 */
async function walkFrom({ at, init }: OpenSegment, start: number, window: Window): Promise<ParsedFragment[]> {
  const sound = init.tracks.some((track) => track.parameters.kind === "audio");
  let fragments: ParsedFragment[] = [];
  let more = Infinity;
  for (let offset = start; more > 0; more--) {
    const found = await at(offset);
    if (found === undefined) break;
    if (keyUpTo(found.fragment, window.fromTicks)) fragments = sound ? fragments.slice(-1) : [];
    fragments.push(found.fragment);
    if (more === Infinity && keyFrom(found.fragment, window.toTicks)) more = sound ? 2 : 1;
    offset = found.next;
  }
  return fragments;
}

const keyUpTo = ({ video }: ParsedFragment, ticks: number): boolean => {
  for (let i = 0; video !== undefined && i < video.count && (video.dts[i] ?? 0) <= ticks; i++) {
    if (video.key[i] === 1) return true;
  }
  return false;
};

const keyFrom = ({ video }: ParsedFragment, ticks: number): boolean => {
  for (let i = (video?.count ?? 0) - 1; i >= 0 && (video?.dts[i] ?? 0) >= ticks; i--) {
    if (video?.key[i] === 1) return true;
  }
  return false;
};

/** The first fragment at or behind `offset`; undefined when there is no whole one any more. */
async function readFragmentAt(file: SegmentFile, offset: number, size: number): Promise<Found | undefined> {
  for (let at = offset; at < size;) {
    let bytes = await readAt(file, at, chunkBytes);
    let moof = 0;
    // what we write behind each fragment lies in the same chunk as the next one's head
    for (;;) {
      const header = readBoxHeader(bytes, moof);
      if (!header.ok || header.value.type === "moof") break;
      moof = header.value.end;
    }
    const header = readBoxHeader(bytes, moof);
    if (!header.ok) {
      if (moof === 0) return undefined;
      at += moof;
      continue;
    }
    const wanted = header.value.end + 16;
    if (wanted > longestHead) return undefined;
    if (wanted > bytes.length) bytes = await readAt(file, at, wanted);
    const fragment = parseFragment(bytes, moof, at);
    if (!fragment.ok || fragment.value.end > size) return undefined;
    return { fragment: fragment.value, next: fragment.value.end };
  }
  return undefined;
}

async function readAt(file: SegmentFile, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
  return buffer.subarray(0, bytesRead);
}
