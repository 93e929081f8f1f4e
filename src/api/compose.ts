import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "../platform/clock.ts";
import { createLog } from "../platform/log.ts";
import { measureDisk } from "./storage/disk-speed.ts";
import { lookAtFolder } from "../platform/folder-look.ts";
import { lookAtMedium } from "./storage/medium-look.ts";
import { readLogs } from "../platform/log-reader.ts";
import { machineNetwork, processUsage } from "../platform/machine.ts";
import { readLicence, readNotices } from "../platform/notices.ts";
import { readMedia } from "../platform/media-reader.ts";
import { dataPaths, volumeFolder } from "../platform/paths.ts";
import { probeCamera } from "../platform/probe-client.ts";
import { requestDecode, requestPicture, requestSnapshot } from "../platform/snapshot-client.ts";
import type { VolumeState } from "../messages/recorder.ts";
import { openStoreReads } from "../store/read.ts";
import { openSealer, unsealVolume } from "../store/secrets.ts";
import { buildApp } from "./app.ts";
import { argonPasswords } from "./auth/passwords.ts";
import { startCoreLink } from "./core-link/core-link.ts";
import { convertBy } from "./exports/convert-clip.ts";
import { openS3Bucket } from "../bucket/s3-bucket.ts";
import { farFiles } from "./footage/far-files.ts";
import { patientFiles } from "./footage/patient-files.ts";
import { segmentFiles } from "./footage/segment-files.ts";
import { footageSource } from "./footage/footage-source.ts";
import { lookSource } from "./detection/look-source.ts";
import { modelChild } from "./models/model-child.ts";
import { liveSource } from "./live/live-source.ts";

/** Of a picture beside the timeline, pixels. */
const smallWidth = 320;

export interface ApiOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly index: number;
}

/** The api process: listens until it is disposed. `stop` is called when core asks for the end. */
export async function startApi(
  options: ApiOptions,
  signal: AbortSignal,
  stop: () => void,
): Promise<AsyncDisposable & { readonly port: number }> {
  const paths = dataPaths(options.data);
  const clock = systemClock();
  const log = createLog("api", "info", paths.logs);
  const reads = openStoreReads(paths.database);
  const core = startCoreLink({
    socketPath: paths.coreSocket,
    clock,
    index: options.index,
    pid: process.pid,
    signal,
    stop,
  });
  const sealer = openSealer(paths.secretKey);
  const files = segmentFiles(
    farFiles({
      clock,
      volumes: async () => (await reads.volumes()).map((value) => unsealVolume(sealer, value)),
      openBucket: (settings) => openS3Bucket(settings),
    }),
  );
  const footage = footageSource(reads, (message, details) => log.warn(details, message), {
    files: patientFiles(files, clock),
    away: (id) => core.live()?.state.volumes.some((one) => one.volumeId === id && isAway(one.state)) === true,
  });
  const app = await buildApp({
    core,
    reads,
    clock,
    log,
    sealer,
    version: versionOfPackage(),
    passwords: argonPasswords(),
    footage,
    playback: footage,
    segmentFiles: files,
    openBucket: (settings) => openS3Bucket(settings),
    volumeFolder: (volume) => volumeFolder(options.data, volume),
    convertClip: convertBy(fileURLToPath(new URL("../analysis/convert/clip-child.ts", import.meta.url))),
    exportFolder: paths.exports,
    journalFolder: paths.journal,
    pictureFolder: paths.pictures,
    timedPictureFolder: paths.timedPictures,
    detectionFolder: paths.detection,
    modelFolder: paths.models,
    askModel: modelChild({
      clock,
      script: fileURLToPath(new URL("../detection/objects/trial-child.ts", import.meta.url)),
    }),
    looks: lookSource(paths.detectionSocket),
    walkFolder: paths.walkTests,
    // one recorder process; its socket is the first
    live: liveSource(
      (subscribe, events) => readMedia(paths.mediaSocket(0), subscribe, events),
      (request, events) => readMedia(paths.convertSocket, request, events),
    ),
    machine: {
      usage: processUsage,
      network: machineNetwork,
      listening: () => [{ host: options.host, port: options.port, tls: false }],
      folder: lookAtFolder,
      medium: (path) => lookAtMedium(path),
      measure: (root) => measureDisk(root, () => clock.now()),
      logs: (query) => readLogs(paths.logs, query),
      notices: () => readNotices(),
      licence: (name) => readLicence(name),
    },
    keyPicture: (channel) =>
      requestPicture(join(paths.run, "analysis.sock"), { channel, maxWidth: 480, keyOnly: true }),
    smallPicture: (parameters, unit) => requestDecode(join(paths.run, "analysis.sock"), parameters, unit, smallWidth),
    snapshot: (channel) => requestSnapshot(join(paths.run, "analysis.sock"), channel),
    probe: {
      run: (request, events) => probeCamera(paths.mediaSocket(0), request, events),
      decode: (parameters, unit) => requestDecode(join(paths.run, "analysis.sock"), parameters, unit),
    },
    random: (bytes) => randomBytes(bytes),
    firstStartToken: () => readToken(join(options.data, "first-start-token")),
    webRoot: fileURLToPath(new URL("../../dist/web", import.meta.url)),
  });
  await app.listen({ port: options.port, host: options.host });
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  log.info({ port, host: options.host }, "listening");
  return {
    port,
    async [Symbol.asyncDispose]() {
      await app.close();
      await reads[Symbol.asyncDispose]();
    },
  };
}

const isAway = (state: VolumeState["state"]): boolean => state === "missing" || state === "stalled";

function readToken(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function versionOfPackage(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
