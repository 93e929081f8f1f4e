import { join, resolve } from "node:path";
import { crc32 } from "node:zlib";

/** Where things lie in the data folder. */
export interface DataPaths {
  readonly data: string;
  readonly database: string;
  readonly journal: string;
  readonly secretKey: string;
  /** What the processes log, a file each. */
  readonly logs: string;
  /** Sockets and pid files of the running processes (mode 0700). */
  readonly run: string;
  readonly coreSocket: string;
  mediaSocket(recorder: number): string;
  bucketSocket(index: number): string;
  /** Where live pictures are converted (`messages/convert.ts`). */
  readonly convertSocket: string;
  /** Where the detection process shows what it sees (`messages/detection.ts`). */
  readonly detectionSocket: string;
  /** What moved and who was seen, a folder a channel (`motion-file.ts`). */
  readonly detection: string;
  /** A model that somebody brought: `detector.onnx`, perhaps with `detector.model.json` beside it. */
  readonly models: string;
  /** Footage that was put together to be given away; kept for a day. */
  readonly exports: string;
  /** Whom the weekly message goes to. */
  readonly weekly: string;
  /** Pictures of edges, a folder each. */
  readonly pictures: string;
  /** Pictures by the clock, a folder a camera and day. */
  readonly timedPictures: string;
  /** Test records of walk tests. */
  readonly walkTests: string;
  /** Messages that did not arrive. */
  readonly deadLetters: string;
  /** The volume that a new installation records to. */
  readonly footage: string;
  /** What is remembered of archives in buckets, a folder each. */
  readonly archives: string;
}

export const dataPaths = (data: string): DataPaths => ({
  data,
  database: join(data, "reed.db"),
  journal: join(data, "journal"),
  secretKey: join(data, "secret.key"),
  logs: join(data, "logs"),
  run: join(data, "run"),
  coreSocket: join(data, "run", "core.sock"),
  mediaSocket: (recorder) => join(data, "run", `recorder-${recorder}.media.sock`),
  bucketSocket: (index) => join(data, "run", `${bucketProcess(index)}.sock`),
  convertSocket: join(data, "run", "convert.sock"),
  detectionSocket: join(data, "run", "detection.sock"),
  detection: join(data, "detection"),
  models: join(data, "models"),
  exports: join(data, "exports"),
  weekly: join(data, "weekly.json"),
  pictures: join(data, "pictures"),
  timedPictures: join(data, "timed-pictures"),
  walkTests: join(data, "walk-tests"),
  deadLetters: join(data, "dead-letters"),
  footage: join(data, "footage"),
  archives: join(data, "archives"),
});

/** Where a volume and its journal lie; of an archive in a bucket the journal alone. */
export const volumeFolder = (
  data: string,
  volume: { readonly id: string; readonly path: string; readonly archive?: { readonly bucket?: unknown } },
): string =>
  volume.archive?.bucket === undefined
    ? resolve(data, volume.path)
    : join(dataPaths(data).archives, encodeURIComponent(volume.id));

/** Which process speaks with an archive's bucket, by the archive's id: whoever asks finds the same one after any start. */
export const bucketIndex = (volumeId: string): number => crc32(volumeId);

/** The name of that process: short, as paths of sockets have to be. */
export const bucketProcess = (index: number): string => `bucket-${index.toString(16).padStart(8, "0")}`;
