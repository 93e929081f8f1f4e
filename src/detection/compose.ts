import { availableParallelism, totalmem } from "node:os";
import { after, between, seconds, type Clock } from "../kernel/time.ts";
import { memoryBounds } from "../domain/detection/memory-bounds.ts";
import type { CoreToDetection, DetectionToCore } from "../messages/detection.ts";
import { systemClock } from "../platform/clock.ts";
import { keepConnected, type Lines } from "../platform/lines.ts";
import { createLog } from "../platform/log.ts";
import { dataPaths } from "../platform/paths.ts";
import { openChannels } from "./channels.ts";
import { chooseSources, type WantedDecoder } from "./decoder/choose.ts";
import { listenLooks } from "./look-socket.ts";
import { mediaFrom } from "./media-source.ts";
import { openMemoryHold } from "./memory-hold.ts";
import { memoryOf, watchProcesses, type OwnProcesses } from "./own-processes.ts";
import { openSuspects } from "./suspects.ts";
import { costsOf } from "./tally.ts";
import { createThrift } from "./thrift.ts";
import { startObjectStages } from "./objects/object-stages.ts";

const tickMs = seconds(1);
/** Core takes us for hung when it hears nothing for several of these. */
const statusEvery = 2;

export interface DetectionOptions {
  readonly data: string;
  /** Not the first of them that this machine has, but this one. */
  readonly decoder?: WantedDecoder;
  /** A render node, where one is to decode. */
  readonly hardware?: string | undefined;
  /** MiB that it may take, in place of the usual bound. */
  readonly mostMemory?: number;
  readonly signal: AbortSignal;
  /** core asks for the end. */
  readonly stopped: () => void;
}

/** The detection process: looks at the cameras of core's plan and reports what their boards' points are. */
export async function startDetection(options: DetectionOptions): Promise<AsyncDisposable> {
  const { data, decoder, signal, stopped } = options;
  const paths = dataPaths(data);
  const clock = systemClock();
  const log = createLog("detection", "info", paths.logs);
  const { pictures, sounds, note } = await chooseSources({
    ...{ clock, wanted: decoder, hardware: options.hardware },
    note: (text) => log.warn({ note: text }, "hardware decoding"),
  });
  log[note === "" ? "info" : "warn"](
    { pictures: pictures.name, ...(note === "" ? {} : { note }) },
    "pictures are decoded",
  );
  const looks = await listenLooks(paths.detectionSocket);
  const suspects = openSuspects({
    folder: paths.run,
    wall: () => clock.wall(),
    died: (channel) =>
      log.warn({ channel }, "a unit of this camera was being handled when the process before this one ended"),
    refused: (reason) => log.error({ reason }, "whose unit is being handled can't be noted"),
  });
  let core: Lines<CoreToDetection, DetectionToCore> | undefined;
  const objects = await startObjectStages({
    ...{ clock, folder: paths.detection, models: paths.models },
    opened: (file, { spec: { kind, input }, description: { licence } }) =>
      log.info({ file, kind, width: input.width, height: input.height, licence }, "the model of objects is open"),
    ended: (reason, last) => log.warn({ reason, last }, "the process of the model ended"),
    tripped: (trip) => core?.send({ kind: "object-tripped", ...trip }),
    warn: (channel, reason) => log.warn({ channel, reason }, "an object was not kept"),
  });
  const channels = openChannels({
    ...{ clock, log, pictures, sounds, looks, suspects },
    folder: paths.detection,
    openMedia: mediaFrom(paths.mediaSocket(0), clock),
    openObjects: objects.open,
    busyMs: () => clock.now(),
    say: (levels) => core?.send({ kind: "detected", levels }),
  });
  keepConnected<CoreToDetection, DetectionToCore>(paths.coreSocket, signal, (lines) => {
    core = lines;
    lines.send({ kind: "hello", role: "detection", index: 0, pid: process.pid });
    lines.onMessage((message) => {
      if (message.kind === "stop") stopped();
      else {
        objects.choose(message.model);
        channels.follow(message.channels);
        lines.send({ kind: "detected", levels: channels.levels });
      }
    });
    lines.onClose(() => {
      if (core === lines) core = undefined;
    });
  });
  const thrift = createThrift(availableParallelism());
  const spent = spending(
    clock,
    watchProcesses(() => pictures.processes),
  );
  let ticks = 0;
  let cancel: () => void = () => undefined;
  const holdMemory = openMemoryHold({
    ...{ clock, log, channels, suspects },
    used: () => memoryOf([process.pid, ...pictures.processes]),
    bounds: () => memoryBounds(channels.cameras, totalmem(), options.mostMemory),
    end: () => process.exit(1),
  });
  const tick = (): void => {
    cancel = clock.wakeAt(after(clock.now(), tickMs), tick);
    channels.tick();
    holdMemory();
    if (++ticks % statusEvery !== 0) return;
    objects.tick();
    const model = objects.running;
    core?.send({ kind: "detection-model", ...(model === undefined ? {} : { model }) });
    const took = spent();
    const cpuMs = took.elapsedMs <= 0 ? 0 : (took.cpuMs * 1000) / took.elapsedMs;
    core?.send({ kind: "detection-status", channels: costsOf(channels.status(), cpuMs) });
    channels.slow(thrift.measure({ ...took, behindMs: channels.takeBehind() }));
  };
  tick();
  return {
    async [Symbol.asyncDispose]() {
      cancel();
      await channels[Symbol.asyncDispose]();
      await objects[Symbol.asyncDispose]();
      await looks[Symbol.asyncDispose]();
      suspects[Symbol.dispose]();
    },
  };
}

/** Elapsed time and processor time of the whole process, and of those that decode for it, since the last call. */
function spending(clock: Clock, others: OwnProcesses): () => { elapsedMs: number; cpuMs: number } {
  let before = { at: clock.now(), cpu: process.cpuUsage() };
  return () => {
    const now = { at: clock.now(), cpu: process.cpuUsage() };
    const { user, system } = process.cpuUsage(before.cpu);
    const taken = { elapsedMs: between(before.at, now.at), cpuMs: (user + system) / 1000 + others.takeCpuMs() };
    before = now;
    return taken;
  };
}
