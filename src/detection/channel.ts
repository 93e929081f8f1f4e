/** One camera: access units → decoder → small grey picture → stages → levels of its board's points. */
import { between, type Clock } from "../kernel/time.ts";
import { hexOfStrength, packCells } from "../domain/detection/motion-grid.ts";
import { asksForPictures, detectionPoints, pointsOfDetection } from "../domain/detection/points.ts";
import { createVideoStages, type PictureFound } from "../domain/detection/video-stages.ts";
import type { ChannelDetection, DetectedChannel, DetectedLevel, DetectionLook } from "../messages/detection.ts";
import type { MotionWriter } from "../platform/motion-file.ts";
import { openDecoding, type Arrival } from "./decoding.ts";
import { createGating, type GatedPicture } from "./gating.ts";
import { createLevelBook } from "./level-book.ts";
import { openListening, soundPoints } from "./listening.ts";
import type { MediaUnit } from "../platform/media-reader.ts";
import type { OpenMedia } from "./media-source.ts";
import { createPicturePace } from "./picture-pace.ts";
import type { DecodedPicture, OpenObjectStage, PictureSource, SoundSource } from "./ports.ts";
import type { ProofShelf } from "./proof-shelf.ts";
import { createSilence } from "./silence.ts";
import { createTally } from "./tally.ts";
import type { ThriftStep } from "./thrift.ts";

export interface ChannelDeps {
  readonly clock: Clock;
  readonly openMedia: OpenMedia;
  readonly pictures: PictureSource;
  readonly sounds: SoundSource;
  readonly openObjects: OpenObjectStage;
  readonly writer: MotionWriter;
  readonly proofs: ProofShelf;
  /** A clock for how long its work takes, ms. */
  readonly busyMs: () => number;
  say(levels: readonly DetectedLevel[]): void;
  /** Only called while somebody looks on. */
  show(look: DetectionLook): void;
  readonly watched: () => boolean;
  /** A change of how it goes, for the log. */
  note(state: ChannelDetection["state"], reason: string): void;
}

export interface DetectionChannel extends Disposable {
  readonly wanted: DetectedChannel;
  /** Once a second: notices silence, tries again what failed. */
  tick(): void;
  /** What all cameras leave out for now. */
  slow(step: ThriftStep): void;
  /** How long the unit that waited longest since the last call had been at the recorder, ms. */
  takeBehind(): number;
  /** How it went since the last call; its cost by the clock (`costsOf`). */
  status(): ChannelDetection;
  readonly levels: readonly DetectedLevel[];
  /** Pixels of the pictures that are decoded: what its memory goes by. */
  readonly pixels: number;
  /** Nothing is decoded for now; it is tried again as after a failure. */
  leaveOut(reason: string): void;
}

export const channelLimits = {
  /** Pictures a second that are looked at. */
  rate: 5,
} as const;

type State = Pick<ChannelDetection, "state" | "reason">;

export function openChannel(wanted: DetectedChannel, deps: ChannelDeps): DetectionChannel {
  const { clock } = deps;
  const { settings } = wanted;
  const book = createLevelBook(wanted.board, pointsOfDetection(settings), (levels) => deps.say(levels));
  const objects = deps.openObjects(
    wanted,
    (points, at) => book.set(points, at),
    () => show(),
  );
  const { audio } = settings;
  const sound =
    audio === undefined ? undefined : openListening(audio, deps.sounds, (points, at) => book.set(points, at));
  const pace = createPicturePace(channelLimits.rate);
  /** What would be looked at if there were time enough. */
  const due = createPicturePace(channelLimits.rate);
  let slowed = false;
  let keysOnly = false;
  let behindMs = 0;
  const tally = createTally();
  const silence = createSilence(clock);
  const stages = createVideoStages(settings);
  /** Something is looked for in its pictures; else they are decoded only for who looks on. */
  const isAsked = asksForPictures(settings);
  let isShown = false;
  let stream: ChannelDetection["stream"] = "sub";
  let state: State = { state: "starting", reason: "" };
  let lastTaken = clock.now();
  let newest: { readonly found: PictureFound; readonly wall: number; readonly pts: number } | undefined;

  const enter = (next: State): void => {
    if (next.state === state.state && next.reason === state.reason) return;
    state = next;
    deps.note(next.state, next.reason);
  };
  const blind = (reason: string, lost: boolean): void => {
    const loss = detectionPoints.videoLoss;
    if (lost) book.set([{ point: loss, level: "closed", title: reason }], clock.now());
    book.blind(reason, clock.now(), lost ? [loss, ...soundPoints] : soundPoints);
    if (state.state === "blind" && state.reason === reason) return;
    enter({ state: "blind", reason });
    stages.pause();
    objects.blind(reason);
  };
  const look = (picture: DecodedPicture, { arrival, wall }: Arrival): void => {
    const found = stages.look(picture.grey(), arrival);
    tally.looked();
    gating.looked(gatedPicture(found, picture), arrival);
    silence.picture();
    enter({ state: found.state, reason: "" });
    book.set([...found.points, { point: detectionPoints.videoLoss, level: "open" }], arrival);
    deps.writer.watched(wall);
    if (found.moved !== undefined) deps.writer.moved(wall, found.moved.intensity, packCells(found.moved.cells));
    objects.look({ picture, found, arrival, wall });
    newest = { found, wall, pts: picture.pts };
    show();
  };
  /** The newest picture, and who was where by the newest answer: said with each of both. */
  const show = (): void => {
    if (newest === undefined || !deps.watched()) return;
    const { found, wall, pts } = newest;
    const there = objects.newest;
    deps.show({
      ...{ wall, pts, state: found.state, regions: found.regions },
      strength: hexOfStrength(found.motion.strength),
      objects: there?.objects ?? [],
      ...(there === undefined ? {} : { objectsWall: there.wall }),
      ...(sound?.db === undefined ? {} : { audioDb: sound.db }),
    });
  };
  const decoding = openDecoding(clock, deps.pictures, {
    picture: (picture, came) =>
      metered(() => {
        const isAccepted = gating.accept(picture.pts, () => stages.peek(picture.grey()));
        if (isAccepted && pace.due(picture.pts)) look(picture, came);
      }),
    failed(reason) {
      if (isAsked) blind(reason, false);
    },
  });
  /** What counts as motion is part of what is proven. */
  const lookedAtHow = (parameters: string): string => JSON.stringify([parameters, settings.motion ?? "everywhere"]);
  const gating = createGating({
    decode: (unit) => decoding.unit(unit),
    drain: () => decoding.gap(),
    leftOut: (pictures) => tally.skipped(pictures),
    wanted: (at) => settings.everyPicture === true || deps.watched() || objects.follows(at),
    keysOnly: () => keysOnly,
    proven: (parameters) => deps.proofs.read(lookedAtHow(parameters)),
  });
  /** Nothing but whether pictures come is asked for, and that needs none of them. */
  const arrived = (at: number): void => {
    silence.picture();
    book.set([{ point: detectionPoints.videoLoss, level: "open" }], at);
    const shows = deps.watched();
    if (isShown && !shows) {
      gap();
      decoding.close();
      stages.pause();
    }
    isShown = shows;
    if (!shows || state.state === "starting" || state.state === "blind") enter({ state: "arriving", reason: "" });
  };
  const video = (unit: MediaUnit): void => {
    silence.unit();
    behindMs = Math.max(behindMs, clock.now() - unit.arrival);
    if (!isAsked) arrived(unit.arrival);
    if (!isAsked && !isShown) return;
    const isDue = due.due(unit.dts);
    if (isDue) tally.due();
    // what needs no look since nothing moves counts as watched, as long as the key pictures are seen
    if (!gating.unit(unit, isDue) && state.state !== "blind") deps.writer.watched(unit.wall);
  };
  const gap = (): void => {
    gating.gap();
    decoding.gap();
  };
  /** Of work inside of work the outer one counts. */
  let busy = false;
  const metered = (work: () => void): void => {
    const outer = !busy;
    const before = outer ? deps.busyMs() : 0;
    busy = true;
    try {
      work();
    } finally {
      if (outer) {
        busy = false;
        tally.cost(deps.busyMs() - before);
      }
    }
  };

  book.blind("the analysis of this camera begins", clock.now());
  const media = deps.openMedia(
    { channel: wanted.channel, audio: audio !== undefined },
    {
      parameters(next) {
        if (next.track !== "video") return sound?.parameters(next);
        decoding.parameters(next);
        gating.parameters(next);
      },
      unit: (unit) => metered(() => (unit.track === "video" ? video(unit) : sound?.unit(unit))),
      stream: (next) => (stream = next.stream),
      state: (now, reason) => silence.camera(now, reason),
      gap,
      away(reason) {
        gap();
        silence.recorder(reason);
      },
    },
  );
  return {
    wanted,
    tick() {
      const { proven } = gating;
      if (proven !== undefined) deps.proofs.keep({ ...proven, of: lookedAtHow(proven.parameters) });
      const silent = silence.now();
      if (silent !== undefined && !(isAsked && decoding.resting)) blind(silent.reason, silent.lost);
      if (silent?.streams === false) sound?.blind(silent.reason, clock.now());
      else sound?.tick(clock.now());
    },
    slow(step) {
      slowed = step.rate < channelLimits.rate;
      keysOnly = step.keysOnly;
      pace.setRate(step.rate);
      decoding.keysOnly(keysOnly);
    },
    takeBehind() {
      const longest = behindMs;
      behindMs = 0;
      return longest;
    },
    status() {
      const now = clock.now();
      const { leftOut, ...rates } = tally.take(between(lastTaken, now));
      lastTaken = now;
      return { channel: wanted.channel, ...state, stream, ...rates, slowedBy: slowed ? leftOut : 0 };
    },
    get levels() {
      return book.all;
    },
    get pixels() {
      return decoding.pixels;
    },
    leaveOut: (reason) => decoding.rest(reason),
    [Symbol.dispose]() {
      media[Symbol.dispose]();
      decoding[Symbol.dispose]();
      sound?.[Symbol.dispose]();
      objects[Symbol.dispose]();
    },
  };
}

const gatedPicture = ({ state, moved, regions, stirs }: PictureFound, picture: DecodedPicture): GatedPicture => ({
  learning: state !== "watching",
  stirs,
  moves: moved !== undefined || regions.some(({ moves }) => moves),
  pixels: picture.width * picture.height,
});
