/** The real channel of the detection process over a file, as fast as it goes: times are the film's. */
import { openChannel } from "../../../src/detection/channel.ts";
import { nodeAvSource } from "../../../src/detection/decoder/node-av.ts";
import { ownModel } from "../../../src/platform/model-files.ts";
import { openObjectStage } from "../../../src/detection/objects/object-stage.ts";
import { openModel, type OpenModel } from "../../../src/detection/objects/session.ts";
import { soundSource } from "../../../src/detection/sound/choose.ts";
import type { MediaEvents } from "../../../src/detection/media-source.ts";
import type { ObjectDetector } from "../../../src/detection/ports.ts";
import type { VideoDetectionSettings } from "../../../src/domain/detection/settings.ts";
import type { DetectedLevel, DetectionLook } from "../../../src/messages/detection.ts";
import { loadClip } from "../../../src/testkit/camera/clip.ts";
import { fakeClock } from "../../../src/testkit/fake-clock.ts";
import { lengthPrefixed } from "../clip-units.ts";
import type { Span } from "./judge.ts";

export interface Looked {
  /** When a point of the board was closed, seconds of the film. */
  readonly closed: (point: number) => readonly Span[];
  /** One for each picture that was looked at. */
  readonly looks: readonly (DetectionLook & { readonly second: number })[];
  /** Seconds that were shown. */
  readonly until: number;
}

export interface Shown {
  readonly path: string;
  readonly settings: Omit<VideoDetectionSettings, "kind" | "channel">;
  /** Only this part of the film; it begins with the next key picture. */
  readonly fromS?: number;
  readonly toS?: number;
}

/** Shows a film to a channel with these settings. Objects are looked for by the model that comes along. */
export async function lookAt({ path, settings, fromS = 0, toS = Infinity }: Shown): Promise<Looked> {
  const { video } = loadClip({ kind: "file", path, audio: "none" });
  const clock = fakeClock();
  const began = clock.now();
  const second = (at: number): number => (at - began) / 1000;
  const said: DetectedLevel[] = [];
  const looks: (DetectionLook & { readonly second: number })[] = [];
  let media: MediaEvents | undefined;
  const objects = await objectDetector();
  const wanted = { channel: 1, board: 1, keepDays: 1, settings: { kind: "video-detection", channel: 1, ...settings } };
  using channel = openChannel(wanted as Parameters<typeof openChannel>[0], {
    ...{ clock, pictures: nodeAvSource(), sounds: soundSource(undefined), busyMs: () => 0, writer: noWriter },
    openMedia(_, events) {
      media = events;
      return { [Symbol.dispose]: () => undefined };
    },
    openObjects: (of, say) =>
      openObjectStage(of, { detector: objects.detector, keeper: noKeeper, say, answered: () => undefined }),
    say: (levels) => void said.push(...levels),
    show: (look) => void looks.push({ ...look, second: second(clock.now()) }),
    watched: () => true,
    proofs: { read: () => undefined, keep: () => undefined, settled: () => Promise.resolve() },
    note: () => undefined,
  });
  const [sps = "", pps = ""] = video.parameterSets.map((set) => Buffer.from(set).toString("base64"));
  media?.stream({ stream: "sub", reason: "" });
  media?.state("live", "");
  media?.parameters({ track: "video", codec: video.codec, codecString: "", sps, pps });
  let ticked = 0;
  for (const { nals, key, pts, dts } of video.units) {
    const at = pts / 90_000;
    if (at < fromS || at > toS) continue;
    clock.advance(Math.max(0, at - second(clock.now())) * 1000);
    for (; ticked < Math.floor(at); ticked++) channel.tick();
    const data = Buffer.from(lengthPrefixed(nals));
    media?.unit({
      ...{ track: "video", key, afterLoss: false, arrival: clock.now(), wall: clock.wall(), pts, dts, data },
    });
    await objects.idle();
  }
  const until = second(clock.now());
  return { looks, until, closed: (point) => spansOf(said, point, { second, until }) };
}

const noWriter = {
  watched: () => undefined,
  moved: () => undefined,
  flush: () => Promise.resolve(),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
const noKeeper = { seen: () => undefined, ended: () => undefined, [Symbol.asyncDispose]: () => Promise.resolve() };

let opened: Promise<OpenModel> | undefined;

/** The model in this process; `idle` resolves when what was asked is answered and was heard. */
async function objectDetector(): Promise<{ readonly detector: ObjectDetector; idle(): Promise<void> }> {
  const model = await (opened ??= openModel(ownModel));
  let last: Promise<unknown> = Promise.resolve();
  return {
    detector: {
      name: ownModel,
      side: Math.max(model.spec.input.width, model.spec.input.height),
      look(_, picture, crops) {
        const answer = model.detect(picture, crops);
        last = answer;
        return answer;
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    async idle() {
      await last;
      await Promise.resolve();
    },
  };
}

function spansOf(
  said: readonly DetectedLevel[],
  point: number,
  { second, until }: { readonly second: (at: number) => number; readonly until: number },
): Span[] {
  const spans: [number, number][] = [];
  let from: number | undefined;
  for (const level of said) {
    if (level.point !== point) continue;
    if (level.level === "closed") from ??= second(level.at);
    else if (from !== undefined) {
      spans.push([from, second(level.at)]);
      from = undefined;
    }
  }
  return from === undefined ? spans : [...spans, [from, until]];
}
