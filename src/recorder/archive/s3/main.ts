/**
 * The process that speaks with one bucket: `node main.ts --data DIR --index N`. TLS, checksums and the client library
 * stay out of the recorder, and a process that hangs can be ended. It holds nothing that is not in its `upload.json`.
 */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { paceOf } from "../../../bucket/pace.ts";
import { openS3Bucket } from "../../../bucket/s3-bucket.ts";
import type { ApiToCore, CoreToApi } from "../../../messages/api.ts";
import { systemClock } from "../../../platform/clock.ts";
import { keepConnected, listenLines } from "../../../platform/lines.ts";
import { dataPaths } from "../../../platform/paths.ts";
import { bucketStore } from "./bucket-store.ts";
import { storeServer, type OpenStoreHere } from "./serve-store.ts";
import type { FromBucket, ToBucket } from "./wire.ts";

const { values } = parseArgs({ options: { data: { type: "string" }, index: { type: "string", default: "0" } } });
if (values.data === undefined) throw new Error("--data DIR is missing");
const index = Number(values.index);
const paths = dataPaths(values.data);

const open: OpenStoreHere = async ({ settings, volumeId, memory }, sent) => {
  mkdirSync(dirname(memory), { recursive: true, mode: 0o700 });
  const clock = systemClock();
  const { uploadMbit } = settings;
  const now = () => clock.now();
  const pace = uploadMbit === undefined ? undefined : paceOf((uploadMbit * 1e6) / 8, now, (ms) => wait(ms));
  const bucket = await openS3Bucket(settings, (bytes) => {
    sent(bytes);
    return pace?.(bytes);
  });
  return bucketStore({ bucket, volumeId, memory, wait: (ms, signal) => wait(ms, undefined, { signal }) });
};

await listenLines<ToBucket, FromBucket>(paths.bucketSocket(index), storeServer(open));
keepConnected<CoreToApi, ApiToCore>(paths.coreSocket, new AbortController().signal, (lines) => {
  lines.send({ kind: "hello", role: "bucket", index, pid: process.pid });
  lines.onMessage((message) => {
    if (message.kind === "stop") process.exit(0);
  });
});
// whatever is on its way is gone on with by the next one
process.on("SIGTERM", () => process.exit(0));
// the terminal's Ctrl-C goes to every process; core tells this one when to stop
process.on("SIGINT", () => undefined);
