import type { SegmentLength } from "../domain/segment-cutter.ts";
import { privacyGates } from "../domain/recording-rule.ts";
import { before, between, type Clock, type Duration, type Instant } from "../kernel/time.ts";
import { createRing, type Ring } from "../media/ring.ts";
import type { AccessUnit, AudioParameters, VideoParameters } from "../media/types.ts";
import type { ChannelPlan, ChannelState, HoldAnswer, RecorderToCore } from "../messages/recorder.ts";
import { endTrouble, tellTrouble } from "./channel-trouble.ts";
import { createHoldBook, type HoldBook } from "./holds/hold-book.ts";
import { pastOutages } from "./holds/past-outages.ts";
import { createHub, type Hub } from "./hub/hub.ts";
import type { Ingest, IngestState } from "./ingest/ingest.ts";
import { errorText, type FootageVolume } from "./ports.ts";
import { createChannelWriter, type ChannelWriter } from "./recording/channel-writer.ts";
import { createRateMeter } from "./stats/rate-meter.ts";
import { createRingCare, type RingCare } from "./ring-care.ts";
import { createCoverage, longestPauseMs, type Run } from "./recording/coverage.ts";
import type { ShiftOf } from "./journal/footage-runs.ts";
import type { HoldHistory } from "./journal/history.ts";
import type { VolumeRecord } from "../messages/journal.ts";
import type { Past } from "./volumes/volume-set.ts";
import { volumeLimits } from "./volumes/volume-state.ts";
import { within } from "./volumes/within.ts";
import { takesSound } from "./takes-sound.ts";

export interface ChannelDeps {
  readonly clock: Clock;
  readonly plan: ChannelPlan;
  readonly newId: () => string;
  readonly segmentLength: () => SegmentLength;
  readonly pickVolume: () => FootageVolume | undefined;
  readonly send: (message: RecorderToCore) => void;
  readonly note: (record: VolumeRecord) => void;
  readonly history: (holdId: string) => HoldHistory | undefined;
  /** What the volumes hold of this channel from `from` on. */
  readonly onDisk: (channel: number, from: Instant) => Promise<readonly Run[]>;
  readonly shiftOf: ShiftOf;
  /** How far back the files are read at the start. */
  readonly readBackFrom: Instant;
  /** When the recorder process began. */
  readonly recorderSince: Instant;
  readonly past: Past;
  readonly startIngest: (
    plan: ChannelPlan,
    onUnit: (unit: AccessUnit) => void,
    onState: (state: IngestState) => void,
  ) => Ingest;
}

/** One channel of the plan: its camera, ring, writer, holds and readers. */
export interface Channel extends AsyncDisposable {
  readonly plan: ChannelPlan;
  readonly hub: Hub;
  readonly ring: Ring;
  readonly writer: ChannelWriter;
  readonly holds: HoldBook;
  readonly ingest: Ingest;
  readonly state: ChannelState;
  /** Record mode and pre-record changed; the camera stays connected. */
  update(plan: ChannelPlan): void;
  tick(now: Instant): void;
  /** It is removed: open holds end with what is kept of them, within the deadline of a disk. */
  conclude(reason: string): Promise<void>;
  readonly care: RingCare;
  /** Whether some volume takes footage, for receipts: `reason` while none does. */
  volumesChanged(reason: string | undefined): void;
  videoParameters(): VideoParameters | undefined;
  audioParameters(): AudioParameters | undefined;
}

/** A decision may come this much later than the edge (debounce); the ring keeps that much more. */
const decisionSlackMs = 2000;
const switchedOff = privacyGates.off;
/** How long what is known of the past is kept when no hold needs it. */
const memoryMs = 180_000;

export function startChannel(deps: ChannelDeps): Channel {
  const { clock } = deps;
  let plan = deps.plan;
  const ring = createRing();
  const hub = createHub();
  const coverage = createCoverage();
  const { outages, footageRead } = pastOutages(deps);
  let ingestState: IngestState = { state: "connecting", reason: "", since: clock.wall() };
  let video: VideoParameters | undefined;
  let audio: AudioParameters | undefined;
  const rate = createRateMeter(clock.now());
  let loadedFrom = clock.now();
  let loaded: Promise<void> = Promise.resolve();
  outages.add(deps.recorderSince, clock.now(), "the channel was not set up like this yet");
  outages.begin("camera", clock.now(), noPictureYet);
  let cameraOut = true;
  let lastPicture: Instant | undefined;
  /** From picture to picture: some cameras send one in five seconds. */
  let usualMs: Duration = 0;

  const writer = createChannelWriter({
    clock,
    channel: plan.channel,
    stream: "main",
    ring,
    pickVolume: deps.pickVolume,
    newId: deps.newId,
    segmentLength: deps.segmentLength,
    cause: () => (plan.recordMode === "continuous" ? "general" : "holds"),
    held: () => holds.open,
    audio: () => (plan.audio ? audio : undefined),
    onDurable(runs) {
      for (const run of runs) coverage.add(run);
      holds.look(clock.now());
      trim();
    },
  });
  const historyMs = (): Duration => (plan.recordMode === "alarm" ? plan.preRecordMs + decisionSlackMs : 0);
  const trim = (): void => ring.trim(writer.durableEnd, before(clock.now(), historyMs()));
  const care = createRingCare({
    ...{ clock, ring, outages, historyMs, note: deps.note, send: deps.send },
    plan: () => plan,
    durableEnd: () => writer.durableEnd,
    renew: (reason) => ingest.renew(reason),
  });
  const read = async (from: Instant): Promise<void> => {
    const runs = await deps.onDisk(plan.channel, from).catch((error: unknown) => {
      // the hold goes on without it; the volume shows its own trouble
      outages.add(from, clock.now(), `what was recorded before could not be read: ${errorText(error)}`);
    });
    coverage.putBefore(runs ?? []);
    footageRead(runs ?? undefined);
  };
  /** Resolves when all from `from` on has been read, also what somebody else has asked for. */
  const load = (from: Instant): Promise<void> => {
    if (from < loadedFrom) {
      loadedFrom = from;
      loaded = loaded.then(() => read(from));
    }
    return loaded;
  };
  const holds = createHoldBook(
    clock,
    {
      answer: () => answerOf(plan, ingestState, deps.pickVolume() !== undefined, clock),
      record: (at) => writer.startAt(at),
      release: () => applyMode(),
      flush: () => writer.flush(),
      get durableEnd() {
        return writer.durableEnd;
      },
      get receivedEnd() {
        return ring.end;
      },
      get receivedSince() {
        return ring.since;
      },
      coverage,
      outages,
      load,
      note: deps.note,
      history: deps.history,
      shiftOf: deps.shiftOf,
    },
    deps.send,
  );
  /** Records or stops as mode and holds want it. */
  const applyMode = (): void => {
    if (plan.recordMode === "continuous") writer.startAt(clock.now());
    else if (plan.recordMode === "off" || !holds.open) writer.stopAtNextKey();
    else writer.startAt(clock.now());
  };
  const pictureCame = (arrival: Instant): void => {
    const pause = cameraOut || lastPicture === undefined ? 0 : between(lastPicture, arrival);
    if (lastPicture !== undefined && pause > Math.max(longestPauseMs, 3 * usualMs)) {
      outages.begin("camera", lastPicture, silent);
      cameraOut = true;
    }
    usualMs += (pause - usualMs) / 10;
    if (cameraOut) outages.end("camera", arrival);
    cameraOut = false;
    lastPicture = arrival;
  };
  const onUnit = (unit: AccessUnit): void => {
    if (unit.track === "audio" && !plan.audio) {
      if (takesSound(plan)) hub.whisper(unit);
      return;
    }
    if (unit.track === "video") pictureCame(unit.arrival);
    if (unit.parameters.kind === "video") video = unit.parameters;
    else audio = unit.parameters;
    hub.publish(unit);
    rate.unit(unit);
    if (!ring.push(unit)) return;
    writer.advance();
    if (!unit.key || unit.track !== "video") return;
    care.keyCame(unit.session);
    trim();
  };
  const onState = (state: IngestState): void => {
    const was = ingestState;
    ingestState = state;
    if (was.state === "live" && state.state !== "live") writer.sessionEnded();
    // it begins with the last picture; live: the unit that follows ends it, at its own arrival
    if (state.state !== "live" && (was.state === "live" || state.reason !== was.reason)) {
      outages.begin("camera", cameraOut ? clock.now() : (lastPicture ?? clock.now()), cameraReason(state));
      cameraOut = true;
    }
    deps.send({ kind: "channel", state: channelState() });
    tellTrouble(deps, plan, was, state);
  };
  const channelState = (): ChannelState => ({
    channel: plan.channel,
    state: ingestState.state,
    since: ingestState.since,
    reason: ingestState.reason,
    ...(video === undefined ? {} : { video: pictureOf(video) }),
    ...(audio === undefined || !plan.audio ? {} : { audio: audio.codec }),
    ...rate.rates,
    ...(ring.gopMs === undefined ? {} : { gopMs: Math.round(ring.gopMs) }),
    ringMs: ring.since === undefined ? 0 : Math.max(0, Math.round(clock.now() - ring.since)),
  });
  if (plan.recordMode === "continuous") writer.startAt(clock.now());
  const ingest = deps.startIngest({ ...plan, audio: takesSound(plan) }, onUnit, onState);
  void load(deps.readBackFrom);

  return {
    get plan() {
      return plan;
    },
    ...{ hub, ring, writer, holds, ingest, care },
    get state() {
      return channelState();
    },
    update(changed) {
      const was = plan.recordMode;
      plan = changed;
      ingest.askSound(takesSound(plan));
      if (was !== "off" && plan.recordMode === "off") outages.begin("mode", clock.now(), switchedOff);
      if (plan.recordMode !== "off") outages.end("mode", clock.now());
      // a file is general footage or what holds keep, so that the map can tell them apart
      if (was !== plan.recordMode) writer.cutAtNextKey();
      applyMode();
      trim();
    },
    tick(now) {
      writer.tick(now);
      holds.look(now);
      care.tick(now);
      if (!rate.tick(now)) return;
      trim();
      const needed = Math.min(now - memoryMs, holds.neededFrom ?? Infinity) as Instant;
      coverage.forget(needed);
      outages.forget(needed);
      loadedFrom = Math.max(loadedFrom, needed) as Instant;
    },
    async conclude(reason) {
      if (!holds.open) return;
      outages.begin("plan", clock.now(), reason);
      await ingest[Symbol.asyncDispose]();
      const durable = Promise.withResolvers<undefined>();
      await writer.finish(() => durable.resolve(undefined));
      await within(clock, volumeLimits.deadlineMs, durable.promise);
      holds.closeAll();
    },
    volumesChanged(reason) {
      if (reason === undefined) outages.end("volume", clock.now());
      else outages.begin("volume", clock.now(), reason);
    },
    videoParameters: () => video,
    audioParameters: () => (plan.audio ? audio : undefined),
    async [Symbol.asyncDispose]() {
      await ingest[Symbol.asyncDispose]();
      endTrouble(deps, plan, ingestState);
      care.close();
      await writer.finish();
      ring.clear();
    },
  };
}

const pictureOf = (video: VideoParameters) => ({
  codec: video.codec,
  width: video.width,
  height: video.height,
  ...(video.frameRate === undefined ? {} : { frameRate: video.frameRate }),
});

/** A pause that is a hole in what can be shown, though the session went on. */
const silent = "camera down: connected, but it sent no picture";

const cameraReason = (state: IngestState): string =>
  state.reason === "" ? noPictureYet : `camera down: ${state.reason}`;

/** Not connected, or connected and waiting for a key frame: with a GOP of 30 s that may take as long. */
const noPictureYet = "the camera was not connected, or had sent no key frame yet";

/** What core hears at once of a hold on this channel. */
function answerOf(plan: ChannelPlan, camera: IngestState, volume: boolean, clock: Clock): HoldAnswer {
  if (plan.recordMode === "off") return { kind: "failed", reason: switchedOff };
  if (camera.state === "off") return { kind: "failed", reason: "this channel is switched off" };
  if (camera.state !== "live") return { kind: "will-backfill", reason: cameraReason(camera), since: camera.since };
  if (volume) return { kind: "recording" };
  return { kind: "will-backfill", reason: "no volume takes footage now; it is kept in memory", since: clock.wall() };
}
