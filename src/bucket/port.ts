/** An object store as Reed uses it. `s3-bucket.ts` is the real one; tests have one in memory. */
export interface Bucket {
  /** Undefined when there is no such object. */
  head(name: string): Promise<ObjectFacts | undefined>;
  /** Bytes `[start, end)`, fewer where the object ends; undefined when there is no such object. */
  read(name: string, start: number, end: number): Promise<Uint8Array | undefined>;
  /** The whole object, piece by piece; undefined when there is none. */
  stream(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  put(name: string, body: ObjectBody): Promise<PutAnswer>;
  /** What is not there is nothing to complain of. `kept`: the bucket keeps versions, and this one's bytes stay in it. */
  remove(name: string): Promise<{ readonly kept: boolean }>;
  /** Names below `prefix` behind `after`, in their order. */
  list(prefix: string, after?: string): Promise<ObjectPage>;
  /** An upload in parts, which another process may go on with. */
  begin(name: string, metadata: Metadata): Promise<string>;
  part(upload: UploadPart, body: ObjectBody): Promise<PutAnswer>;
  /** Puts the parts together. */
  finish(upload: Upload, parts: readonly FinishedPart[]): Promise<PutAnswer>;
  /** Rejects never: what is left over costs room, nothing else. */
  abandon(upload: Upload): Promise<void>;
  /** What runs is broken off; whatever is asked from here on is `away`. */
  close(): void;
}

/** Small texts that lie with an object; ASCII. */
export type Metadata = Readonly<Record<string, string>>;

export interface ObjectFacts {
  readonly bytes: number;
  readonly metadata: Metadata;
  /** What the server says that it computed: base64 of the SHA-256, `-N` behind it when N parts were put together. */
  readonly sha256?: string;
}

export interface ObjectBody {
  readonly bytes: Uint8Array;
  readonly metadata?: Metadata;
  /** Of `bytes`, base64: a server that knows checksums refuses what came otherwise. */
  readonly sha256: string;
}

export interface PutAnswer {
  readonly etag: string;
  readonly sha256?: string;
}

export interface ObjectPage {
  readonly objects: readonly { readonly name: string; readonly bytes: number }[];
  readonly more: boolean;
}

export interface Upload {
  readonly name: string;
  readonly id: string;
}

export interface UploadPart extends Upload {
  /** From 1 on. */
  readonly number: number;
}

export interface FinishedPart extends PutAnswer {
  readonly number: number;
}

/** The store answered with an error, or did not answer. The message is a sentence for people. */
export class BucketError extends Error {
  readonly kind: BucketTrouble;
  constructor(kind: BucketTrouble, message: string) {
    super(message);
    this.name = "BucketError";
    this.kind = kind;
  }
}

/**
 * `refused`: it answers, and does not want to; `away`: it can't be reached; `busy`: it may want to in a moment; `gone`:
 * what was begun is not there any more.
 */
export type BucketTrouble = "refused" | "away" | "busy" | "gone";
