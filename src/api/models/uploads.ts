/** Files on their way: each in parts, one after the other, until it is put in its place, ended or forgotten. */
import { appendFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, between, minutes, seconds, type Clock, type Instant } from "../../kernel/time.ts";
import { mostModelBytes } from "../../contract/model.ts";
import { ApiFailure, fail } from "../failure.ts";
import { createTurns } from "../in-turn.ts";
import { roomOn } from "../own-disk.ts";

export interface UploadPart {
  /** Bytes that were sent before. */
  readonly at: number;
  readonly bytes: Uint8Array;
  /** Of the whole file, where the sender says so. */
  readonly size?: number;
}

/** A file that was sent and is looked at: no part is added to it any more. */
export interface TakenUpload extends AsyncDisposable {
  readonly file: string;
  /** False once somebody ended it. */
  readonly wanted: boolean;
}

export interface Uploads extends Disposable {
  /** Takes the next part. @returns bytes that are there by now */
  add(upload: string, part: UploadPart): Promise<number>;
  /** Fails for one that nobody sent. What is left of it is removed when it is disposed. */
  take(upload: string): Promise<TakenUpload>;
  /** Nobody wants it any more, whatever became of it. */
  end(upload: string): Promise<void>;
}

export interface UploadsDeps {
  readonly folder: string;
  readonly clock: Clock;
  /** Fails when no other one may be begun. */
  readonly mayBegin: () => Promise<void>;
  /** Bytes that may still be used on the disk of a folder. */
  readonly room?: (folder: string) => Promise<number>;
}

interface Known {
  /** When somebody last went on with it, or when it was found. */
  at: Instant;
  /** It is looked at: by whom it was taken it is removed. */
  taken: boolean;
  ended: boolean;
}

/** So many at once, of whomever. */
const mostUploads = 2;
/** One that nobody went on with is removed after this. */
const staleMs = minutes(10);
const lookEveryMs = seconds(30);
/** Parts that wait for the one before, in memory. */
const mostParts = 4;
/** So many that have ended are known: a part of one that was still on its way begins no new one. */
const mostOver = 64;

const busy = () => new ApiFailure("too-many", "Too many parts are being sent at once. Try again in a few seconds.", 5);

export function uploadsIn({ folder, clock, mayBegin, room = roomOn }: UploadsDeps): Uploads {
  const known = new Map<string, Known>();
  const over: string[] = [];
  const partsInTurn = createTurns(mostParts, busy);
  const inTurn = createTurns();
  let cancelLook: (() => void) | undefined;
  let closed = false;
  const path = (upload: string): string => join(folder, `${upload}.part`);
  const takenPath = (upload: string): string => join(folder, `${upload}.taken`);

  const forget = async (upload: string): Promise<void> => {
    known.delete(upload);
    over.push(upload);
    if (over.length > mostOver) over.shift();
    for (const file of [path(upload), takenPath(upload)]) await rm(file, { force: true });
  };
  /** While there are any. */
  const watch = (): void => {
    if (known.size > 0 && !closed) cancelLook ??= clock.wakeAt(after(clock.now(), lookEveryMs), look);
  };
  const look = (): void => {
    cancelLook = undefined;
    void inTurn(async () => {
      for (const [upload, { at, taken }] of known)
        if (!taken && between(at, clock.now()) >= staleMs) await forget(upload).catch(() => undefined);
      watch();
    });
  };
  /** Of a process before this one: who sends one may go on with it. */
  const find = async (): Promise<void> => {
    for (const name of await readdir(folder).catch((): string[] => [])) {
      const upload = /^(.+)\.part$/.exec(name)?.[1];
      if (upload === undefined) await rm(join(folder, name), { force: true }).catch(() => undefined);
      else known.set(upload, { at: clock.now(), taken: false, ended: false });
    }
    watch();
  };
  void inTurn(find);

  /** Fails, where the file can't be begun. */
  const begin = async (): Promise<void> => {
    if (known.size >= mostUploads)
      fail("conflict", "Other models are being sent already. Wait until they are there, or end them.");
    await mayBegin();
    await mkdir(folder, { recursive: true, mode: 0o700 });
  };
  const checkSize = async (end: number, more: number): Promise<void> => {
    if (end > mostModelBytes) fail("too-large", `A model may have ${mostModelBytes / 1024 ** 2} MB at most.`);
    const free = await room(folder);
    const megabytes = (bytes: number) => `${Math.ceil(Math.max(0, bytes) / 1e6)} MB`;
    if (more > free)
      fail(
        "conflict",
        `There is no room for the model: it takes ${megabytes(more)}, and ${megabytes(free)} may be used on Reed's own disk. Remove older exports or other models.`,
      );
  };
  const add = async (upload: string, { at, bytes, size = 0 }: UploadPart): Promise<number> => {
    const here = known.get(upload);
    if (here?.taken === true || over.includes(upload)) fail("conflict", "This upload has ended. Begin another one.");
    const length = here === undefined ? 0 : (await stat(path(upload))).size;
    if (length !== at) fail("conflict", `The next part of this file begins at byte ${length}.`);
    if (here === undefined) await begin();
    try {
      const end = Math.max(size, at + bytes.length);
      await checkSize(end, end - at);
      await appendFile(path(upload), bytes, { mode: 0o600, flush: true });
    } catch (error) {
      // also one of which half a part was written
      await forget(upload);
      throw error;
    }
    known.set(upload, { at: clock.now(), taken: false, ended: false });
    watch();
    return at + bytes.length;
  };
  const take = async (upload: string): Promise<TakenUpload> => {
    const one = known.get(upload);
    if (one === undefined || one.taken)
      return fail("not-found", "Nothing was sent under this upload. Send the file first.");
    // one whose file is gone keeps no place
    await rename(path(upload), takenPath(upload)).catch(async (error: unknown) => {
      await forget(upload);
      throw error;
    });
    one.taken = true;
    return {
      file: takenPath(upload),
      get wanted() {
        return !one.ended;
      },
      [Symbol.asyncDispose]: () => inTurn(() => forget(upload)),
    };
  };
  return {
    add: (upload, part) => partsInTurn(() => inTurn(() => add(upload, part))),
    take: (upload) => inTurn(() => take(upload)),
    end: (upload) =>
      inTurn(async () => {
        const one = known.get(upload);
        if (one?.taken === true) one.ended = true;
        else await forget(upload);
      }),
    [Symbol.dispose]() {
      closed = true;
      cancelLook?.();
    },
  };
}
