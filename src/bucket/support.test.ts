/** A bucket in memory that behaves as the real one does in its own tests, with failures on demand. */
import { createHash } from "node:crypto";
import { BucketError, type Bucket, type BucketTrouble, type Metadata } from "./port.ts";

type Request = "head" | "read" | "stream" | "put" | "remove" | "list" | "begin" | "part" | "finish";

export interface MemoryBucket extends Bucket {
  readonly objects: Map<string, { bytes: Uint8Array; metadata: Metadata }>;
  /** Requests in their order. */
  readonly asked: { readonly request: Request; readonly name: string }[];
  /** Every request fails from now on, until `undefined`. */
  away: string | undefined;
  /** The next requests of a kind fail. */
  fail(request: Request, kind: BucketTrouble, times?: number): void;
  /** It says the SHA-256 of what it has. */
  tellsHashes: boolean;
  /** Of segments, what arrives is not what was sent. */
  damages: boolean;
  keepsVersions: boolean;
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");

export function memoryBucket(): MemoryBucket {
  const objects: MemoryBucket["objects"] = new Map();
  const uploads = new Map<string, { metadata: Metadata; parts: Map<number, Uint8Array> }>();
  const failures = new Map<Request, { kind: BucketTrouble; times: number }>();
  const asked: MemoryBucket["asked"] = [];
  const ask = async <T>(request: Request, name: string, answer: () => T): Promise<T> => {
    await Promise.resolve();
    asked.push({ request, name });
    if (bucket.away !== undefined) throw new BucketError("away", bucket.away);
    const failure = failures.get(request);
    if (failure !== undefined && failure.times-- > 0) throw new BucketError(failure.kind, `${request} failed`);
    return answer();
  };
  const kept = (name: string, bytes: Uint8Array): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    if (bucket.damages && name.endsWith(".mp4")) copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1;
    return copy;
  };
  const told = (bytes: Uint8Array) => ({
    etag: hashOf(bytes).slice(0, 8),
    ...(bucket.tellsHashes ? { sha256: hashOf(bytes) } : {}),
  });
  const bucket: MemoryBucket = {
    ...{ objects, asked, away: undefined, tellsHashes: false, damages: false, keepsVersions: false },
    fail: (request, kind, times = 1) => void failures.set(request, { kind, times }),
    head: (name) =>
      ask("head", name, () => {
        const found = objects.get(name);
        if (found === undefined) return undefined;
        const { bytes, metadata } = found;
        return { bytes: bytes.length, metadata, ...(bucket.tellsHashes ? { sha256: hashOf(bytes) } : {}) };
      }),
    read: (name, start, end) => ask("read", name, () => objects.get(name)?.bytes.subarray(start, end)),
    stream: (name) =>
      ask("stream", name, () => {
        const found = objects.get(name);
        return found && pieces(found.bytes);
      }),
    put: (name, { bytes, metadata = {} }) =>
      ask("put", name, () => {
        const there = kept(name, bytes);
        objects.set(name, { bytes: there, metadata });
        return told(there);
      }),
    remove: (name) => ask("remove", name, () => (objects.delete(name), { kept: bucket.keepsVersions })),
    list: (prefix, from = "") =>
      ask("list", prefix, () => {
        const names = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > from).sort();
        // a small page, so that there are several
        const page = names.slice(0, 3);
        const listed = page.map((name) => ({ name, bytes: objects.get(name)?.bytes.length ?? 0 }));
        return { objects: listed, more: names.length > page.length };
      }),
    begin: (name, metadata) =>
      ask("begin", name, () => {
        const id = `upload-${uploads.size + 1}`;
        uploads.set(id, { metadata, parts: new Map() });
        return id;
      }),
    part: ({ name, id, number }, { bytes }) =>
      ask("part", `${name}#${number}`, () => {
        const upload = uploads.get(id);
        if (upload === undefined) throw new BucketError("gone", "no such upload");
        const there = kept(name, bytes);
        upload.parts.set(number, there);
        return told(there);
      }),
    finish: ({ name, id }, parts) =>
      ask("finish", name, () => {
        const upload = uploads.get(id);
        if (upload === undefined) throw new BucketError("gone", "no such upload");
        const all = parts.map(({ number }) => upload.parts.get(number) ?? new Uint8Array());
        objects.set(name, { bytes: Buffer.concat(all), metadata: upload.metadata });
        uploads.delete(id);
        const hashes = Buffer.concat(all.map((bytes) => Buffer.from(hashOf(bytes), "base64")));
        return { etag: "all", ...(bucket.tellsHashes ? { sha256: `${hashOf(hashes)}-${all.length}` } : {}) };
      }),
    abandon: ({ id }) => Promise.resolve(void uploads.delete(id)),
    close: () => undefined,
  };
  return bucket;
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) {
    await Promise.resolve();
    yield bytes.subarray(at, at + 1000);
  }
}
