/** Writes a ZIP (zip64 where it must be) file by file, each hashed as it goes by, nothing compressed. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable, Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  read(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface ZipWriter {
  /** Its SHA-256 once all of it is in the ZIP. Rejects when it can't be read whole or the ZIP can't be written. */
  add(entry: ZipEntry): Promise<string>;
  /** Ends the ZIP; it is on the medium when the promise resolves. */
  end(): Promise<{ readonly bytes: number; readonly sha256: string }>;
}

/** Starts a ZIP at `path`. `passed` is told of every run of bytes that went into it. Abort ends it with an error. */
export function startZip(path: string, at: Date, signal: AbortSignal, passed: (bytes: number) => void): ZipWriter {
  const zip = new ZipFile();
  const whole = createHash("sha256");
  let bytes = 0;
  const counted = through((chunk) => {
    whole.update(chunk);
    bytes += chunk.length;
  });
  // a file that failed ends the ZIP as an abort does
  const broken = new AbortController();
  const written = pipeline(zip.outputStream, counted, createWriteStream(path, { mode: 0o600 }), {
    signal: AbortSignal.any([signal, broken.signal]),
  });
  // who waits for a file or the end hears of it
  written.catch(() => undefined);
  return {
    async add(entry) {
      const hash = createHash("sha256");
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const hashed = through((chunk) => {
        hash.update(chunk);
        passed(chunk.length);
      });
      hashed.once("end", () => resolve(hash.digest("hex")));
      zip.once("error", reject);
      const options = { compress: false, size: entry.bytes, mtime: at, mode: 0o100644 };
      zip.addReadStreamLazy(entry.name, options, (taken) => {
        // errors of the source are not passed on by yazl
        pipeline(Readable.from(entry.read()), hashed, { signal }).catch((error: unknown) => {
          broken.abort(error);
          reject(error instanceof Error ? error : new Error(String(error)));
        });
        taken(undefined, hashed);
      });
      const sha256 = await Promise.race([promise, written.then(() => promise)]);
      zip.off("error", reject);
      return sha256;
    },
    async end() {
      zip.end();
      await written;
      const file = await open(path, "r+");
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      return { bytes, sha256: whole.digest("hex") };
    },
  };
}

const through = (see: (chunk: Buffer) => void): Transform =>
  new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      see(chunk);
      done(null, chunk);
    },
  });
