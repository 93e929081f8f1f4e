/**
 * Writes a ZIP file by file, nothing compressed, each file and the whole hashed as it goes by. Hashing and writing are done
 * in a thread (`zip-thread.ts`); here only bytes are handed on, a MiB at a time, and never more than eight.
 */
import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { ExportFile } from "../../contract/export.ts";
import type { PartEntry } from "./zip-part.ts";
import type { FromZip, ToZip, ZipThreadData } from "./zip-thread.ts";

export interface ZipEntry extends PartEntry {
  /** Its bytes from `from` on. */
  read(from: number): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface ZipWriter extends AsyncDisposable {
  /** The file that an earlier process left here, where it is the next one and made of this. */
  ready(name: string, made: string): Promise<{ readonly bytes: number } | undefined>;
  /** Its SHA-256 once all of it is in the ZIP. Rejects when it can't be read whole or the ZIP can't be written. */
  add(entry: ZipEntry): Promise<string>;
  /** Ends the ZIP; it is on the medium when the promise resolves. */
  end(): Promise<{ readonly bytes: number; readonly sha256: string }>;
}

const memoryBytes = 1024 * 1024;
const mostMemories = 8;

/**
 * Starts a ZIP at `path`, or goes on with what another process left there. `passed` is told of every run of bytes that is
 * in it. Abort ends it with an error. Disposed of before its end, it is left so that it can be gone on with.
 */
export function startZip(path: string, at: Date, signal: AbortSignal, passed: (bytes: number) => void): ZipWriter {
  const thread = startThread({ path, atMs: at.getTime() }, signal);
  return {
    ready: (name, made) => thread.ask({ kind: "ready", name, made }),
    async add(entry) {
      const { name, bytes, made } = entry;
      const asked: ToZip = { kind: "begin", entry: { name, bytes, made } };
      const begun = await thread.ask<{ from: number; sha256?: string }>(asked);
      passed(begun.from);
      if (begun.sha256 !== undefined) return begun.sha256;
      for await (const memory of inBlocks(entry.read(begun.from), () => thread.memory())) {
        // it is the thread's from here on
        const { length } = memory;
        thread.write(memory);
        passed(length);
      }
      return thread.ask({ kind: "finish" });
    },
    end: () => thread.ask({ kind: "end" }),
    [Symbol.asyncDispose]: () => thread.leave(),
  };
}

/** Small files: texts, signatures. */
export async function addBytes(zip: ZipWriter, name: string, bytes: Uint8Array): Promise<ExportFile> {
  const made = createHash("sha256").update(bytes).digest("hex");
  const sha256 = await zip.add({ name, bytes: bytes.length, made, read: (from) => [bytes.subarray(from)] });
  return { name, bytes: bytes.length, sha256 };
}

/** The same bytes in as few pieces as the memories allow. */
async function* inBlocks(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  free: () => Promise<ArrayBuffer>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let block = new Uint8Array(await free());
  let filled = 0;
  for await (const bytes of source) {
    for (let taken = 0; taken < bytes.length;) {
      const part = bytes.subarray(taken, taken + block.length - filled);
      block.set(part, filled);
      taken += part.length;
      filled += part.length;
      if (filled < block.length) continue;
      yield block;
      block = new Uint8Array(await free());
      filled = 0;
    }
  }
  yield block.subarray(0, filled);
}

interface Thread {
  ask<T>(message: ToZip): Promise<T>;
  /** Waits until one of the memories is free. */
  memory(): Promise<ArrayBuffer>;
  write(bytes: Uint8Array<ArrayBuffer>): void;
  leave(): Promise<void>;
}

function startThread(data: ZipThreadData, signal: AbortSignal): Thread {
  const worker = new Worker(new URL("./zip-thread.ts", import.meta.url), { workerData: data });
  const memories = Array.from({ length: mostMemories }, () => new ArrayBuffer(memoryBytes));
  const gone = Promise.withResolvers<undefined>();
  let failed: Error | undefined;
  /** One question at a time, and one who waits for memory. */
  let waiting: PromiseWithResolvers<unknown> | undefined;
  const fail = (error: Error) => {
    failed ??= error;
    waiting?.reject(failed);
  };
  const abort = () => fail(signal.reason instanceof Error ? signal.reason : new Error("aborted"));
  signal.addEventListener("abort", abort, { once: true });
  worker.on("error", (error: Error) => fail(error));
  worker.on("exit", () => {
    fail(new Error("The ZIP is not written any more; its thread ended."));
    gone.resolve(undefined);
  });
  worker.on("message", (message: FromZip) => {
    if (message.kind === "failed") fail(new Error(message.message));
    else if (message.kind === "answer") waiting?.resolve(message.value);
    else {
      memories.push(message.memory);
      waiting?.resolve(undefined);
    }
  });
  const send = (message: ToZip, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);
  const wait = async <T>(): Promise<T> => {
    if (failed !== undefined) throw failed;
    waiting = Promise.withResolvers<unknown>();
    try {
      return (await waiting.promise) as T;
    } finally {
      waiting = undefined;
    }
  };
  return {
    async ask(message) {
      // what is on its way comes first, and says that it arrived
      while (memories.length < mostMemories) await wait();
      send(message);
      return wait();
    },
    async memory() {
      if (memories.length === 0) await wait();
      if (failed !== undefined) throw failed;
      return memories.pop() ?? new ArrayBuffer(memoryBytes);
    },
    write: (bytes) => send({ kind: "bytes", memory: bytes.buffer, length: bytes.length }, [bytes.buffer]),
    async leave() {
      signal.removeEventListener("abort", abort);
      send({ kind: "leave" });
      await gone.promise;
    },
  };
}
