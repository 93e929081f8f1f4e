/**
 * Debian's `ffmpeg` as a process a stream, where node-av does not load: the second implementation of the port. Every
 * picture comes through a pipe (a copy of at most 1280 pixels' width); colours and the small grey one are made of it
 * here, when they are asked for.
 */
import { between, seconds, type Clock } from "../../kernel/time.ts";
import type { VideoCodec } from "../../media/types.ts";
import type { MediaParameters } from "../../messages/media.ts";
import { parameterSets, toAnnexB } from "../../platform/annex-b.ts";
import type { CodedUnit, PictureSource, StreamDecoder, StreamDecoderEvents } from "../ports.ts";
import { startFfmpegChild, type FfmpegChild, type FfmpegChildEvents } from "./ffmpeg-child.ts";
import { checkParameters, mostWithoutPicture } from "./limits.ts";
import { matroskaHead, matroskaUnit } from "./matroska.ts";
import { greyOf, rgbOf } from "./planes.ts";
import { createStreamSets } from "./stream-sets.ts";

export interface FfmpegOptions {
  readonly clock: Clock;
  readonly command?: string;
  /** Without a picture for so long, and of so many units as are too many, it is given up: it decodes beside us. */
  readonly patienceMs?: number;
}

/** Units that wait for the process, bytes; what comes on top is left out up to a key unit. */
const mostQueued = 4 * 1024 * 1024;
/** Times that jump by more are another session's: ffmpeg would doubt them. 90 kHz. */
const longestJump = 60 * 90_000;
/** Where times begin for ffmpeg: a picture may be shown before that of the first unit. */
const origin = 1_000_000;

export function ffmpegSource({ clock, command = "ffmpeg", patienceMs = seconds(10) }: FfmpegOptions): PictureSource {
  const running = new Set<FfmpegChild>();
  const run = (events: FfmpegChildEvents): FfmpegChild => {
    const child = startFfmpegChild(command, events, () => running.delete(child));
    running.add(child);
    return child;
  };
  return {
    name: "ffmpeg",
    open: (parameters, events) => open(parameters, events, { clock, run, patienceMs }),
    get processes() {
      return [...running].flatMap(({ pid }) => pid ?? []);
    },
  };
}

interface Deps {
  readonly clock: Clock;
  readonly patienceMs: number;
  run(events: FfmpegChildEvents): FfmpegChild;
}

function open(parameters: MediaParameters, events: StreamDecoderEvents, deps: Deps): StreamDecoder {
  const { clock, patienceMs } = deps;
  checkParameters(parameters);
  if (parameterSets(parameters).length === 0) throw new Error("the stream has no parameter sets");
  const codec: VideoCodec = parameters.codec === "h265" ? "h265" : "h264";
  const sets = createStreamSets(codec, parameters);
  let child: { readonly process: FfmpegChild; readonly base: number } | undefined;
  /** It was asked to end; what comes meanwhile waits for the next one. */
  let finishing = false;
  let waiting: (CodedUnit | "skip")[] = [];
  let lastPts: number | undefined;
  let outOfOrder = false;
  let leavesOut = false;
  let closed = false;
  let withoutPicture = 0;
  let lastPicture = clock.now();

  const close = (): void => {
    closed = true;
    waiting = [];
    child?.process[Symbol.dispose]();
    child = undefined;
  };
  const fail = (reason: string): void => {
    if (closed) return;
    close();
    events.failed(reason);
  };
  const start = (base: number) => {
    lastPicture = clock.now();
    const process = deps.run({
      picture(planes, time) {
        withoutPicture = 0;
        lastPicture = clock.now();
        events.picture({
          ...{ pts: time + base, width: planes.width, height: planes.height },
          grey: () => greyOf(planes),
          rgb: (mostWidth) => rgbOf(planes, mostWidth),
        });
      },
      ended: (reason) => (finishing ? next() : fail(reason)),
    });
    process.write(matroskaHead(sets.parameters));
    return { process, base };
  };
  const finish = (): void => {
    if (finishing) waiting.push("skip");
    if (child === undefined || finishing) return;
    finishing = true;
    child.process.finish();
  };
  /** The one before has given all it had. */
  const next = (): void => {
    finishing = false;
    child = undefined;
    const those = waiting;
    waiting = [];
    lastPts = undefined;
    try {
      for (const one of those) {
        if (one === "skip") finish();
        else take(one);
      }
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  };
  const isTooMuch = (key: boolean): boolean => {
    const queued = waiting.reduce(
      (sum, one) => sum + (one === "skip" ? 0 : one.data.length),
      child?.process.queued ?? 0,
    );
    return leavesOut ? !key || queued > mostQueued / 2 : queued > mostQueued;
  };
  const take = (unit: CodedUnit): void => {
    leavesOut = isTooMuch(unit.key);
    if (leavesOut || closed) return;
    const pts = Math.round(unit.pts);
    const back = lastPts === undefined ? 0 : lastPts - pts;
    lastPts = pts;
    if (Math.abs(back) > longestJump) {
      finish();
      leavesOut = !unit.key;
      if (leavesOut) return;
    } else if (back > 0) outOfOrder = true;
    if (unit.key && sets.take(unit.data)) finish();
    if (finishing) {
      waiting.push(unit);
      return;
    }
    child ??= start(pts - origin);
    child.process.write(matroskaUnit(toAnnexB(unit.data), unit.key, Math.max(0, pts - child.base)));
  };
  return {
    push(unit) {
      if (closed) return;
      withoutPicture++;
      take(unit);
      if (withoutPicture < mostWithoutPicture || between(lastPicture, clock.now()) < patienceMs) return;
      fail(`no picture came of the last ${mostWithoutPicture} access units`);
    },
    skip() {
      // one that shows each unit at once holds nothing, and a key unit needs nothing of what was before
      if (outOfOrder || sets.reorders) finish();
    },
    [Symbol.dispose]: close,
  };
}
