import assert from "node:assert/strict";
import { test } from "node:test";
import { BucketError } from "../../../bucket/port.ts";
import type { BucketSettings } from "../../../domain/bucket-settings.ts";
import { seconds } from "../../../kernel/time.ts";
import { fakeClock } from "../../../testkit/fake-clock.ts";
import { processStore } from "./process-store.ts";
import { storeServer } from "./serve-store.ts";
import type { ArchiveStore, CopyJob } from "./store.ts";
import type { BucketEnd, FromBucket, RecorderEnd, ToBucket } from "./wire.ts";

const settings: BucketSettings = {
  ...{ endpoint: "https://s3.example.org", region: "x", bucket: "reed", prefix: "", pathStyle: true },
  ...{ accessKeyId: "key", secretKey: "secret" },
};
const start = { settings, volumeId: "a1", memory: "/nowhere/upload.json" };
const job = { file: "/nowhere/a.mp4", segment: { path: "a.mp4" } } as CopyJob;
const flush = () => new Promise((resolve) => setImmediate(resolve));

/** Two ends of a connection; what is said arrives as text, as it does over a socket. */
function wire(): { recorder: RecorderEnd; bucket: BucketEnd; readonly close: () => void } {
  const toBucket: ((message: ToBucket) => void)[] = [];
  const toRecorder: ((message: FromBucket) => void)[] = [];
  const closed: (() => void)[] = [];
  const over = <T>(handlers: ((message: T) => void)[], message: T) => {
    for (const handle of handlers) handle(JSON.parse(JSON.stringify(message)) as T);
  };
  const onClose = (handle: () => void) => void closed.push(handle);
  return {
    recorder: {
      send: (message) => over(toBucket, message),
      onMessage: (handle) => void toRecorder.push(handle),
      onClose,
    },
    bucket: {
      send: (message) => over(toRecorder, message),
      onMessage: (handle) => void toBucket.push(handle),
      onClose,
    },
    close() {
      for (const handle of closed) handle();
    },
  };
}

/** A store whose answers a test gives; a closed one breaks off what it was asked. */
function heldStore(log: string[]) {
  const stores: { answer(name: string, value?: string): void }[] = [];
  const open = (): Promise<ArchiveStore> => {
    const number = stores.length + 1;
    const held = new Map<string, PromiseWithResolvers<string | undefined>>();
    const hold = async (name: string) => {
      log.push(`${number} asked ${name}`);
      const answer = Promise.withResolvers<string | undefined>();
      held.set(name, answer);
      return answer.promise;
    };
    stores.push({ answer: (name, value) => held.get(name)?.resolve(value) });
    log.push(`${number} opened`);
    return Promise.resolve({
      closed: false,
      read: hold,
      write: (name: string) => hold(name).then(() => undefined),
      remove: (name: string) => hold(name).then(() => undefined),
      list: async () => [(await hold("list")) ?? ""],
      rowOf: (name: string) => hold(name).then(() => undefined),
      copy: ({ segment }: CopyJob) => hold(segment.path).then(() => undefined),
      [Symbol.asyncDispose]() {
        log.push(`${number} closed`);
        for (const one of held.values()) one.reject(new BucketError("away", "broken off"));
        return Promise.resolve();
      },
    });
  };
  return { stores, open };
}

function rig() {
  const clock = fakeClock();
  const log: string[] = [];
  const { stores, open } = heldStore(log);
  let connected: (line: RecorderEnd) => void = () => undefined;
  const store = processStore({
    ...{ clock, start },
    silent: () => void log.push("silent"),
    connect(call) {
      connected = call;
      return () => void log.push("disconnected");
    },
  });
  const serve = storeServer(open);
  const up = () => {
    const { recorder, bucket, close } = wire();
    serve(bucket);
    connected(recorder);
    return { kill: close };
  };
  return { clock, log, stores, store, up, connect: (line: RecorderEnd) => connected(line) };
}

test("what is asked before the bucket's process is there waits for it and is answered", async () => {
  const r = rig();
  const text = r.store.read("marker");
  r.up();
  await flush();
  r.stores[0]?.answer("marker", "here");
  assert.equal(await text, "here");
  assert.deepEqual(r.log, ["1 opened", "1 asked marker"]);
});

test("a process that never comes is no process that hangs: nobody asks core to end it", async () => {
  const r = rig();
  const asked = assert.rejects(r.store.read("marker"), /does not run/);
  r.clock.advance(seconds(15));
  await asked;
  assert.deepEqual(r.log, []);
});

test("a process that does not answer in time is told to core, and everything that waits for it fails", async () => {
  const r = rig();
  r.connect(wire().recorder);
  const asked = [assert.rejects(r.store.read("marker"), /does not answer/), assert.rejects(r.store.copy(job, () => 0))];
  r.clock.advance(seconds(14));
  assert.deepEqual(r.log, []);
  r.clock.advance(seconds(1));
  await Promise.all(asked);
  assert.deepEqual(r.log, ["silent"]);
});

test("a copy that gets on is not given up, one that does not is, after its longer time", async () => {
  const r = rig();
  const { recorder, bucket } = wire();
  r.connect(recorder);
  const moved: number[] = [];
  const copied = assert.rejects(
    r.store.copy(job, (bytes) => moved.push(bytes)),
    BucketError,
  );
  r.clock.advance(seconds(149));
  bucket.send({ kind: "moved", id: 1, bytes: 7 });
  r.clock.advance(seconds(149));
  assert.deepEqual([moved, r.log], [[7], []]);
  r.clock.advance(seconds(1));
  await copied;
  assert.deepEqual(r.log, ["silent"]);
});

test("a process that is killed fails what it was asked; the next one begins with the settings and answers", async () => {
  const r = rig();
  const first = r.up();
  const lost = assert.rejects(
    r.store.copy(job, () => undefined),
    /process ended/,
  );
  await flush();
  first.kill();
  await lost;
  r.up();
  const again = r.store.copy(job, () => undefined);
  await flush();
  r.stores[1]?.answer("a.mp4");
  await again;
  assert.deepEqual(r.log, ["1 opened", "1 asked a.mp4", "1 closed", "2 opened", "2 asked a.mp4"]);
});

test("a process that nobody ends forgets what it was asked before it begins anew, so that no copy runs twice", async () => {
  const r = rig();
  r.up();
  const slow = assert.rejects(
    r.store.copy(job, () => undefined),
    /does not answer/,
  );
  await flush();
  r.clock.advance(seconds(150));
  await slow;
  const again = r.store.copy(job, () => undefined);
  await flush();
  r.stores[1]?.answer("a.mp4");
  await again;
  assert.deepEqual(r.log, ["1 opened", "1 asked a.mp4", "silent", "1 closed", "2 opened", "2 asked a.mp4"]);
});

test("a recorder that is gone leaves no copy running behind it", async () => {
  const r = rig();
  const connection = r.up();
  const lost = assert.rejects(r.store.copy(job, () => undefined));
  await flush();
  connection.kill();
  await lost;
  await flush();
  assert.equal(r.log.at(-1), "1 closed");
});

test("errors of the store come with their kind, others as they are", async () => {
  const r = rig();
  const { recorder, bucket } = wire();
  r.connect(recorder);
  const refused = assert.rejects(
    r.store.read("a"),
    (error) => error instanceof BucketError && error.kind === "refused",
  );
  const damaged = assert.rejects(r.store.read("b"), (error) => !(error instanceof BucketError));
  bucket.send({ kind: "failed", id: 1, message: "no", trouble: "refused" });
  bucket.send({ kind: "failed", id: 2, message: "the file is damaged" });
  await Promise.all([refused, damaged]);
});
