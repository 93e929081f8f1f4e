/**
 * The process that speaks with one bucket: TLS, checksums and the client library stay out of the recorder, and one that
 * hangs can be ended. It ends with its parent.
 */
import { setTimeout as wait } from "node:timers/promises";
import { BucketError } from "../../../bucket/port.ts";
import { paceOf } from "../../../bucket/pace.ts";
import { openS3Bucket } from "../../../bucket/s3-bucket.ts";
import { systemClock } from "../../../platform/clock.ts";
import { bucketStore } from "./bucket-store.ts";
import type { ArchiveStore } from "./store.ts";
import type { FromChild, StoreAsk, StoreStart, ToChild } from "./wire.ts";

const tell = (message: FromChild): void => void process.send?.(message);
/** `moved` is said no oftener than this, ms. */
const toldEvery = 500;

let store: Promise<ArchiveStore> | undefined;
/** Told of bytes that go out; there is one copy at a time. */
let sent: (bytes: number) => void = () => undefined;

process.on("disconnect", () => process.exit(0));
process.on("message", (message: ToChild) => {
  if (message.kind === "start") store = started(message.start);
  else void answer(message.id, message.ask);
});

async function started({ settings, volumeId, memory }: StoreStart): Promise<ArchiveStore> {
  const clock = systemClock();
  const { uploadMbit } = settings;
  const now = () => clock.now();
  const pace = uploadMbit === undefined ? undefined : paceOf((uploadMbit * 1e6) / 8, now, (ms) => wait(ms));
  const bucket = await openS3Bucket(settings, (bytes) => {
    sent(bytes);
    return pace?.(bytes);
  });
  return bucketStore({ bucket, volumeId, memory, wait: (ms) => wait(ms) });
}

async function answer(id: number, ask: StoreAsk): Promise<void> {
  try {
    if (store === undefined) throw new Error("nothing was started");
    tell({ kind: "done", id, value: await follow(id, await store, ask) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: "failed", id, message, ...(error instanceof BucketError ? { trouble: error.kind } : {}) });
  }
}

function follow(id: number, store: ArchiveStore, ask: StoreAsk): Promise<unknown> {
  switch (ask.kind) {
    case "read":
      return store.read(ask.name);
    case "write":
      return store.write(ask.name, ask.text);
    case "remove":
      return store.remove(ask.name);
    case "rowOf":
      return store.rowOf(ask.name);
    case "list":
      return store.list(ask.after);
    case "copy": {
      let bytes = 0;
      let telling: NodeJS.Timeout | undefined;
      const say = () => {
        telling = undefined;
        tell({ kind: "moved", id, bytes });
        bytes = 0;
      };
      sent = (more) => {
        bytes += more;
        telling ??= setTimeout(say, toldEvery);
      };
      return store
        .copy(ask.job, () => sent(0))
        .finally(() => {
          clearTimeout(telling);
          say();
        });
    }
  }
}
