import { mkdirSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createBlockPool } from "../media/block.ts";
import { createDepacketizer } from "../media/rtp/depacketizer.ts";
import type { CoreToRecorder, RecorderToCore } from "../messages/recorder.ts";
import { systemClock } from "../platform/clock.ts";
import { keepConnected, type Lines } from "../platform/lines.ts";
import { createLog } from "../platform/log.ts";
import { bucketIndex, dataPaths } from "../platform/paths.ts";
import { besideGate, createHostGate } from "./ingest/host-gate.ts";
import { startIngest, type IngestLog } from "./ingest/ingest.ts";
import { createReadPacer } from "./ingest/read-pacer.ts";
import { startProbe } from "./probe/probe.ts";
import { probeServer } from "./probe/serve-probe.ts";
import { processStore } from "./archive/s3/process-store.ts";
import { uploadMemory } from "./archive/s3/store-files.ts";
import type { FromBucket, ToBucket } from "./archive/s3/wire.ts";
import { startRecorder } from "./recorder.ts";
import { nodeFiles } from "./volumes/node-files.ts";

export interface RecorderProcess extends AsyncDisposable {
  /** Resolves when core asks to stop. */
  readonly stopped: Promise<void>;
}

/** The delay is the lateness of a timer of this length, which it counts in. A shorter one would wake an idle recorder. */
const delayResolutionMs = 100;

/** Joins the recorder process: real clock, files, cameras, and the connection to core. */
export async function composeRecorder(data: string, index: number): Promise<RecorderProcess> {
  const clock = systemClock();
  const paths = dataPaths(data);
  const log = createLog(`recorder-${index}`, "info", paths.logs);
  mkdirSync(paths.run, { recursive: true, mode: 0o700 });
  const pool = createBlockPool();
  const gate = createHostGate(clock);
  const subGate = createHostGate(clock);
  const pacer = createReadPacer(clock);
  const delay = monitorEventLoopDelay({ resolution: delayResolutionMs });
  delay.enable();
  let toCore: Lines<CoreToRecorder, RecorderToCore> | undefined;
  const recorder = await startRecorder({
    ...{ clock, files: nodeFiles, dataFolder: data, mediaSocket: paths.mediaSocket(index), index, pool, log },
    startIngest: (plan, onUnit, onState) =>
      startIngest({ clock, plan, pool, gate, pacer, log, onUnit, onState, createDepacketizer }),
    startSubIngest: (plan, onUnit, onState) =>
      startIngest({
        ...{ clock, plan, pool, pacer, onUnit, onState, createDepacketizer },
        ...{ gate: besideGate(gate, subGate), log: logOfSub(log) },
      }),
    serveProbe: (proven) => probeServer({ clock, pool, gate, pacer, createDepacketizer, proven }, startProbe),
    openStore(settings, bucket, root) {
      const process = bucketIndex(settings.id);
      return processStore({
        clock,
        start: { settings: bucket, volumeId: settings.id, memory: uploadMemory(root) },
        silent: () => toCore?.send({ kind: "silent", role: "bucket", index: process }),
        connect(connected) {
          const abort = new AbortController();
          keepConnected<FromBucket, ToBucket>(paths.bucketSocket(process), abort.signal, connected);
          return () => abort.abort();
        },
      });
    },
    loopDelayP99Ms() {
      const p99 = delay.percentile(99) / 1e6 - delayResolutionMs;
      delay.reset();
      return Math.max(0, p99);
    },
  });
  const core = new AbortController();
  keepConnected<CoreToRecorder, RecorderToCore>(paths.coreSocket, core.signal, (lines) => {
    toCore = lines;
    lines.onMessage((message) => recorder.receive(message));
    lines.onClose(() => recorder.disconnected());
    recorder.connected((message) => lines.send(message));
  });
  return {
    stopped: recorder.stopped,
    async [Symbol.asyncDispose]() {
      await recorder[Symbol.asyncDispose]();
      core.abort();
      delay.disable();
      log.info({}, "stopped");
    },
  };
}

const logOfSub = (log: IngestLog): IngestLog => ({
  info: (fields, text) => log.info({ ...fields, stream: "sub" }, text),
  warn: (fields, text) => log.warn({ ...fields, stream: "sub" }, text),
});
