/** Segments in buckets, read in blocks as they are asked for: a few requests instead of one a read. */
import { headsName } from "../../domain/bucket-settings.ts";
import type { BucketSettings } from "../../domain/bucket-settings.ts";
import type { VolumeSettings } from "../../domain/site-config.ts";
import { decodeHeads, type HeadPiece } from "../../bucket/heads.ts";
import { BucketError, type Bucket } from "../../bucket/port.ts";
import { after, seconds, type Clock, type Instant } from "../../kernel/time.ts";
import { keptFew } from "./kept-few.ts";
import { StoreAway, type OpenFar, type SegmentFile } from "./segment-files.ts";

export interface FarDeps {
  readonly clock: Pick<Clock, "now">;
  /** Rows with their secrets in plain. */
  readonly volumes: () => Promise<readonly VolumeSettings[]>;
  readonly openBucket: (settings: BucketSettings) => Promise<Bucket>;
}

const blockBytes = 512 * 1024;
/** 32 MiB. */
const mostBlocks = 64;
/** Blocks that are asked for before they are needed, while a file is read on and on. */
const ahead = 2;
const mostHeads = 24;
const mostHeadBytes = 16 * 1024 * 1024;
/** One that did not answer is not asked again at once: a list of many files must not wait for each of them. */
const calmFor = seconds(5);

interface Store {
  readonly key: string;
  readonly path: string;
  readonly bucket: Promise<Bucket>;
  failed: { readonly error: StoreAway; readonly until: Instant } | undefined;
}

interface Known {
  readonly size: number;
  readonly pieces: readonly HeadPiece[];
}

export function farFiles({ clock, volumes, openBucket }: FarDeps): OpenFar {
  const stores = new Map<string, Store>();
  const heads = keptFew<Promise<Known | undefined>>(mostHeads);
  const blocks = keptFew<Promise<Uint8Array>>(mostBlocks);
  const storeOf = async (volumeId: string): Promise<Store> => {
    const row = (await volumes()).find(({ id }) => id === volumeId);
    const settings = row?.archive?.bucket;
    if (row === undefined || settings === undefined) throw gone(volumeId);
    const known = stores.get(volumeId);
    const key = JSON.stringify(settings);
    if (known?.key === key) return known;
    void known?.bucket.then((bucket) => bucket.close());
    const store: Store = { key, path: row.path, bucket: openBucket(settings), failed: undefined };
    stores.set(volumeId, store);
    return store;
  };
  const ask = async <T>(store: Store, request: (bucket: Bucket) => Promise<T>): Promise<T> => {
    if (store.failed !== undefined && clock.now() < store.failed.until) throw store.failed.error;
    try {
      return await request(await store.bucket);
    } catch (error) {
      if (!(error instanceof BucketError)) throw error;
      const away = new StoreAway(store.path, error.message);
      store.failed = { error: away, until: after(clock.now(), calmFor) };
      throw away;
    }
  };
  const look = async (store: Store, name: string): Promise<Known | undefined> => {
    const bytes = await ask(store, (bucket) => bucket.read(headsName(name), 0, mostHeadBytes));
    const pieces = bytes === undefined ? undefined : decodeHeads(bytes);
    const last = pieces?.at(-1);
    if (pieces !== undefined && last !== undefined) return { size: last.offset + last.bytes.length, pieces };
    const facts = await ask(store, (bucket) => bucket.head(name));
    return facts === undefined ? undefined : { size: facts.bytes, pieces: [] };
  };
  return async (volumeId, name) => {
    const store = await storeOf(volumeId);
    const place = `${volumeId}:${name}`;
    const known = await heads.of(place, () => look(store, name));
    if (known === undefined) {
      heads.drop(place);
      throw gone(name);
    }
    const { size, pieces } = known;
    const block = (number: number): Promise<Uint8Array> =>
      blocks.of(`${place}:${number}`, async () => {
        const start = number * blockBytes;
        const bytes = await ask(store, (bucket) => bucket.read(name, start, Math.min(size, start + blockBytes)));
        return bytes ?? Promise.reject(gone(name));
      });
    return handle(size, pieces, block);
  };
}

function handle(
  size: number,
  pieces: readonly HeadPiece[],
  block: (number: number) => Promise<Uint8Array>,
): SegmentFile {
  let last = -1;
  const from = async (number: number): Promise<Uint8Array> => {
    const bytes = block(number);
    if (number === last + 1) {
      for (let next = number + 1; next <= number + ahead && next * blockBytes < size; next++) {
        // whoever needs it hears of its failure
        block(next).catch((error: unknown) => error);
      }
    }
    last = number;
    return bytes;
  };
  return {
    stat: () => Promise.resolve({ size }),
    async read(into, offset, length, position) {
      const piece = pieceAt(pieces, position);
      if (piece !== undefined) {
        const start = position - piece.offset;
        const bytes = piece.bytes.subarray(start, start + length);
        into.set(bytes, offset);
        return { bytesRead: bytes.length };
      }
      let done = 0;
      while (done < length && position + done < size) {
        const at = position + done;
        const bytes = (await from(Math.floor(at / blockBytes))).subarray(at % blockBytes);
        const part = bytes.subarray(0, length - done);
        if (part.length === 0) break;
        into.set(part, offset + done);
        done += part.length;
      }
      return { bytesRead: done };
    },
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The piece that has the byte at `position`. */
function pieceAt(pieces: readonly HeadPiece[], position: number): HeadPiece | undefined {
  let [low, high] = [0, pieces.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (piece === undefined) return undefined;
    if (position < piece.offset) high = middle - 1;
    else if (position >= piece.offset + piece.bytes.length) low = middle + 1;
    else return piece;
  }
  return undefined;
}

const gone = (what: string): Error => Object.assign(new Error(what), { code: "ENOENT" });
