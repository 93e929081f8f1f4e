/** A clip through the detection's own channel, decoder and all, on a clock of its own: as fast as it can be decoded. */
import { openChannel } from "../../src/detection/channel.ts";
import { nodeAvSource } from "../../src/detection/decoder/node-av.ts";
import type { MediaEvents } from "../../src/detection/media-source.ts";
import type { PictureSource } from "../../src/detection/ports.ts";
import { soundSource } from "../../src/detection/sound/choose.ts";
import { noObjectStage } from "../../src/detection/objects/object-stage.ts";
import { usualRegion } from "../../src/domain/detection/settings.ts";
import { loadClip, type VideoClip } from "../../src/testkit/camera/clip.ts";
import { fakeClock } from "../../src/testkit/fake-clock.ts";
import { lengthPrefixed } from "./clip-units.ts";

/** Seconds from the beginning of the clip's first run. */
export interface MotionEvent {
  readonly from: number;
  readonly to: number;
  /** When it was told, which may be later than the picture that showed it. */
  readonly told: number;
}

export interface Watched {
  readonly events: readonly MotionEvent[];
  /** Pictures that were looked at, and those that were not decoded, of all that were due. */
  readonly lookedAt: number;
  readonly skipped: number;
  /** Units that were decoded in the last run of the clip. */
  readonly lastDecoded: number;
  /** Seconds in which it was watched, by what is kept of the past. */
  readonly watchedSeconds: number;
}

export interface WatchOptions {
  /** The clip is shown so often, one run right after the other. */
  readonly runs: number;
  readonly everyPicture: boolean;
  readonly holdS?: number;
}

export function watchClip(path: string, { runs, everyPicture, holdS = 1 }: WatchOptions): Watched {
  const { video } = loadClip({ kind: "file", path });
  const clock = fakeClock();
  const begun = clock.now();
  const seconds = (): number => (clock.now() - begun) / 1000;
  let media: MediaEvents | undefined;
  const events: { from: number; to: number; told: number }[] = [];
  const watched = new Set<number>();
  using channel = openChannel(
    {
      ...{ channel: 1, board: 1, keepDays: 1 },
      settings: {
        ...{ kind: "video-detection", channel: 1, motion: { regions: [usualRegion("All")], holdS } },
        ...(everyPicture ? { everyPicture } : {}),
      },
    },
    {
      ...{
        clock,
        pictures: counting(nodeAvSource(), () => decoded++),
        sounds: soundSource(undefined),
        busyMs: () => clock.now(),
      },
      openMedia(_, given) {
        media = given;
        return { [Symbol.dispose]: () => undefined };
      },
      openObjects: () => noObjectStage,
      writer: {
        watched: (wall) => void watched.add(Math.floor(wall / 1000)),
        moved: () => undefined,
        flush: () => Promise.resolve(),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      },
      say(levels) {
        for (const { level, at } of levels) {
          const last = events.at(-1);
          const when = (at - begun) / 1000;
          if (level === "closed") events.push({ from: when, to: Infinity, told: seconds() });
          else if (last?.to === Infinity) last.to = when;
        }
      },
      proofs: { read: () => undefined, keep: () => undefined, settled: () => Promise.resolve() },
      ...{ show: () => undefined, watched: () => false, note: () => undefined },
    },
  );
  let decoded = 0;
  const counted = { lookedAt: 0, skipped: 0 };
  let countedAt = 0;
  const count = (): void => {
    const { lookedAt, skipped } = channel.status();
    counted.lookedAt += lookedAt * (seconds() - countedAt);
    counted.skipped += skipped * (seconds() - countedAt);
    countedAt = seconds();
  };
  media?.parameters(parametersOf(video));
  media?.state("live", "");
  for (let run = 0; run < runs; run++) {
    decoded = 0;
    for (const unit of video.units) {
      const due = begun + ((run * video.duration + unit.dts) / 90_000) * 1000;
      while (clock.now() + 1000 < due) clock.advance(1000);
      clock.advance(due - clock.now());
      media?.unit({
        ...{ track: "video", key: unit.key, afterLoss: false, arrival: clock.now(), wall: clock.wall() },
        ...{ pts: run * video.duration + unit.pts, dts: run * video.duration + unit.dts },
        data: Buffer.from(lengthPrefixed(unit.nals)),
      });
    }
    count();
  }
  return {
    events,
    lookedAt: Math.round(counted.lookedAt),
    skipped: Math.round(counted.skipped),
    lastDecoded: decoded,
    watchedSeconds: watched.size,
  };
}

/** Those of full decoding that gated decoding did not find: none begins within two pictures of it. */
export const missedOf = (full: readonly MotionEvent[], gated: readonly MotionEvent[]): readonly MotionEvent[] =>
  full.filter(({ from }) => !gated.some((one) => Math.abs(one.from - from) <= 0.45));

function counting(source: PictureSource, decoded: () => void): PictureSource {
  return {
    ...source,
    open(parameters, events) {
      const decoder = source.open(parameters, events);
      return {
        ...decoder,
        push(unit) {
          decoded();
          decoder.push(unit);
        },
      };
    },
  };
}

function parametersOf(video: VideoClip) {
  const sets = video.parameterSets.map((set) => Buffer.from(set).toString("base64"));
  const [vps = "", sps = "", pps = ""] = video.codec === "h265" ? sets : ["", ...sets];
  return { track: "video", codec: video.codec, codecString: "", vps, sps, pps } as const;
}
