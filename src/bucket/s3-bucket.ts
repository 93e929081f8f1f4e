import { Readable } from "node:stream";
import type * as Sdk from "@aws-sdk/client-s3";
import type { BucketSettings } from "../domain/bucket-settings.ts";
import { seconds } from "../kernel/time.ts";
import { explained } from "./explain.ts";
import { BucketError, type Bucket, type ObjectBody } from "./port.ts";
import { withSpeed, type Pace } from "./pace.ts";

/** For one small request and its answer. */
const answerMs = seconds(10);
/**
 * Without a byte that the system takes: 4 MB may wait in its own buffers for a line of 0.5 Mbit/s while nothing is seen
 * of it here.
 */
const idleMs = seconds(60);
const mostSockets = 6;

/**
 * A bucket of an S3 server. The client library is loaded by the first one: who has no such archive pays nothing for it.
 * Nothing is tried again in here; whoever asks knows how often that makes sense.
 */
export async function openS3Bucket(settings: BucketSettings, pace: Pace = () => undefined): Promise<Bucket> {
  const sdk = await import("@aws-sdk/client-s3");
  const client = clientFor(sdk, settings);
  const { bucket: Bucket, prefix } = settings;
  const keyOf = (name: string): string => prefix + name;
  const target = (name: string) => ({ Bucket, Key: keyOf(name) });
  const closing = new AbortController();
  /** Runs a request that must get on: `moved` is called whenever it does. Rejects with a `BucketError`. */
  const ask = async <T>(
    request: (signal: AbortSignal, moved: () => void) => Promise<T>,
    longestPauseMs = answerMs,
  ): Promise<T> => {
    if (closing.signal.aborted) throw new BucketError("away", "The connection to the store was closed.");
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, closing.signal]);
    const giveUp = () => abort.abort();
    let timer = setTimeout(giveUp, longestPauseMs);
    const moved = () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, longestPauseMs);
    };
    try {
      return await request(signal, moved);
    } catch (error) {
      throw explained(error, settings);
    } finally {
      clearTimeout(timer);
    }
  };
  const orNone = <T>(answer: Promise<T>): Promise<T | undefined> =>
    answer.catch((error: unknown) => {
      if (error instanceof BucketError && error.kind === "gone") return undefined;
      throw error;
    });
  const sent = ({ bytes, sha256 }: ObjectBody, moved: () => void) => ({
    Body: Readable.from(withSpeed(bytes, pace, moved), { objectMode: false, highWaterMark: 64 * 1024 }),
    ContentLength: bytes.length,
    ChecksumSHA256: sha256,
  });
  const answerOf = (answer: { ETag?: string | undefined; ChecksumSHA256?: string | undefined }) => ({
    etag: answer.ETag ?? "",
    ...(answer.ChecksumSHA256 === undefined ? {} : { sha256: answer.ChecksumSHA256 }),
  });
  return {
    async head(name) {
      const found = await orNone(
        ask((abortSignal) =>
          client.send(new sdk.HeadObjectCommand({ ...target(name), ChecksumMode: "ENABLED" }), { abortSignal }),
        ),
      );
      if (found === undefined) return undefined;
      const { ContentLength: bytes = 0, Metadata: metadata = {}, ChecksumSHA256: sha256 } = found;
      return { bytes, metadata, ...(sha256 === undefined ? {} : { sha256 }) };
    },
    read: (name, start, end) =>
      orNone(
        ask(async (abortSignal, moved) => {
          const Range = `bytes=${start}-${end - 1}`;
          const { Body } = await client.send(new sdk.GetObjectCommand({ ...target(name), Range }), { abortSignal });
          const parts: Uint8Array[] = [];
          for await (const chunk of bodyOf(Body) as AsyncIterable<Uint8Array>) {
            moved();
            parts.push(chunk);
          }
          return Buffer.concat(parts);
        }),
      ),
    stream: (name) =>
      orNone(
        ask(async (abortSignal) => {
          const { Body } = await client.send(new sdk.GetObjectCommand(target(name)), { abortSignal });
          return inTime(bodyOf(Body), settings);
        }),
      ),
    put: (name, body) =>
      ask(async (abortSignal, moved) => {
        const input = { ...target(name), ...sent(body, moved), ...(body.metadata && { Metadata: body.metadata }) };
        return answerOf(await client.send(new sdk.PutObjectCommand(input), { abortSignal }));
      }, idleMs),
    remove: (name) =>
      ask(async (abortSignal) => {
        const answer = await client.send(new sdk.DeleteObjectCommand(target(name)), { abortSignal });
        return { kept: answer.DeleteMarker === true };
      }),
    list: (below, after) =>
      ask(async (abortSignal) => {
        const input = { Bucket, Prefix: keyOf(below), ...(after === undefined ? {} : { StartAfter: keyOf(after) }) };
        const page = await client.send(new sdk.ListObjectsV2Command(input), { abortSignal });
        const objects = (page.Contents ?? []).flatMap(({ Key, Size }) =>
          Key?.startsWith(prefix) === true ? [{ name: Key.slice(prefix.length), bytes: Size ?? 0 }] : [],
        );
        return { objects, more: page.IsTruncated === true };
      }),
    begin: (name, Metadata) =>
      ask(async (abortSignal) => {
        const input = { ...target(name), Metadata, ChecksumAlgorithm: "SHA256" as const };
        const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(input), { abortSignal });
        if (UploadId === undefined) throw new BucketError("refused", "The server begins no upload in parts.");
        return UploadId;
      }),
    part: ({ name, id, number }, body) =>
      ask(async (abortSignal, moved) => {
        const input = { ...target(name), UploadId: id, PartNumber: number, ...sent(body, moved) };
        return answerOf(await client.send(new sdk.UploadPartCommand(input), { abortSignal }));
      }, idleMs),
    finish: ({ name, id }, parts) =>
      // a server may take its time to put gigabytes together
      ask(async (abortSignal) => {
        const Parts = parts.map(({ number, etag, sha256 }) => ({
          ...{ PartNumber: number, ETag: etag },
          ...(sha256 === undefined ? {} : { ChecksumSHA256: sha256 }),
        }));
        const input = { ...target(name), UploadId: id, MultipartUpload: { Parts } };
        return answerOf(await client.send(new sdk.CompleteMultipartUploadCommand(input), { abortSignal }));
      }, seconds(60)),
    async abandon({ name, id }) {
      await ask((abortSignal) =>
        client.send(new sdk.AbortMultipartUploadCommand({ ...target(name), UploadId: id }), { abortSignal }),
      ).catch((error: unknown) => error);
    },
    close() {
      closing.abort();
      client.destroy();
    },
  };
}

function clientFor(sdk: typeof Sdk, settings: BucketSettings): Sdk.S3Client {
  const { endpoint, region, accessKeyId, secretKey, pathStyle } = settings;
  const client = new sdk.S3Client({
    ...{ endpoint, region, forcePathStyle: pathStyle, maxAttempts: 1 },
    credentials: { accessKeyId, secretAccessKey: secretKey },
    // checksums are our own: those that the library adds by itself, many servers don't know
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: seconds(5),
      httpAgent: { keepAlive: true, maxSockets: mostSockets },
      httpsAgent: { keepAlive: true, maxSockets: mostSockets },
    },
    // errors are told by whoever asked
    logger: { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { path: string; headers: Record<string, string> };
      // `/bucket?list-type=2`, as S3 documents it: some servers sign `/bucket/` otherwise than they get it
      if (pathStyle && request.path === `/${settings.bucket}/`) request.path = `/${settings.bucket}`;
      // a body that comes as a stream is signed by the hash that we know already
      const sha256 = request.headers["x-amz-checksum-sha256"];
      if (sha256 !== undefined) {
        request.headers["x-amz-content-sha256"] = Buffer.from(sha256, "base64").toString("hex");
      }
      return next(args);
    },
    { step: "build", name: "asServersKnowIt", priority: "low" },
  );
  return client;
}

const quiet = (): void => undefined;

const bodyOf = (body: unknown): Readable => {
  if (body instanceof Readable) return body;
  throw new BucketError("refused", "The server sent no object.");
};

/** Ends with an error when nothing comes for a while. */
async function* inTime(body: Readable, settings: BucketSettings): AsyncGenerator<Uint8Array> {
  const giveUp = () => void body.destroy(Object.assign(new Error("idle"), { code: "ETIMEDOUT" }));
  let timer = setTimeout(giveUp, idleMs);
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      yield chunk;
      timer = setTimeout(giveUp, idleMs);
    }
  } catch (error) {
    throw explained(error, settings);
  } finally {
    clearTimeout(timer);
  }
}
