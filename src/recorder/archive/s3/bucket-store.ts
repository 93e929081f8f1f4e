import { createHash } from "node:crypto";
import type { Bucket } from "../../../bucket/port.ts";
import { isSegmentPath } from "../../recording/segment-format.ts";
import { copySegment } from "./copy-segment.ts";
import { removeObject, rowOfObject } from "./object-row.ts";
import type { ArchiveStore } from "./store.ts";

export interface BucketStoreDeps {
  readonly bucket: Bucket;
  readonly volumeId: string;
  /** The file that an upload in parts is remembered in. */
  readonly memory: string;
  /** Rejects when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly partBytes?: number;
}

/** Texts that are read are small: markers. */
const mostTextBytes = 64 * 1024;

/** An archive's store in a bucket, in this process. */
export function bucketStore({ bucket, volumeId, memory, wait, partBytes }: BucketStoreDeps): ArchiveStore {
  const closing = new AbortController();
  const pause = (ms: number) => wait(ms, closing.signal);
  return {
    get closed() {
      return closing.signal.aborted;
    },
    async read(name) {
      const bytes = await bucket.read(name, 0, mostTextBytes);
      return bytes === undefined ? undefined : Buffer.from(bytes).toString("utf8");
    },
    async write(name, text) {
      const bytes = Buffer.from(text);
      await bucket.put(name, { bytes, sha256: createHash("sha256").update(bytes).digest("base64") });
    },
    remove: (name) => removeObject(bucket, name),
    async list(after) {
      // a page of foreign names only is not the end
      for (let from = after; ;) {
        const { objects, more } = await bucket.list("footage/", from);
        const paths = objects.flatMap(({ name }) => (isSegmentPath(name) ? [name] : []));
        if (paths.length > 0 || !more) return paths;
        from = objects.at(-1)?.name;
      }
    },
    rowOf: (path) => rowOfObject(bucket, volumeId, path),
    copy: (job, moved) =>
      copySegment(
        { bucket, memory, moved: () => moved(0), wait: pause, ...(partBytes === undefined ? {} : { partBytes }) },
        job,
      ),
    [Symbol.asyncDispose]() {
      closing.abort();
      bucket.close();
      return Promise.resolve();
    },
  };
}
