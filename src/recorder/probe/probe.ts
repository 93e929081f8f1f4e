/** *Test* of a camera: one session beside the recording ones, watched until enough is known of it, then ended. */
import { gateReason } from "../../domain/credential-gate.ts";
import { after, between, type Clock, type Instant } from "../../kernel/time.ts";
import type { Presentation } from "../../media/rtsp/presentation.ts";
import { parseRtspUrl, type RtspUrl } from "../../media/rtsp/url.ts";
import type { BlockPool, RawUnit } from "../../media/types.ts";
import type { WallMapping } from "../../media/wall-mapping.ts";
import type { ProbeAudio, ProbeFailure, ProbeMessage, ProbeRequest } from "../../messages/probe.ts";
import { credentialsOf, gateKey, type HostGate } from "../ingest/host-gate.ts";
import type { ReadPacer } from "../ingest/read-pacer.ts";
import { sessionLimits } from "../ingest/session-limits.ts";
import { runSession, type RunningSession, type SessionEnd } from "../ingest/session-run.ts";
import type { CreateDepacketizer } from "../ingest/track-receiver.ts";
import { cameraClock, createMeasure } from "./measure.ts";

export interface ProbeDeps {
  readonly clock: Clock;
  readonly pool: BlockPool;
  /** Shared with the recording sessions: a test obeys what they have learnt of a host, and teaches them. */
  readonly gate: HostGate;
  readonly pacer: ReadPacer;
  readonly createDepacketizer: CreateDepacketizer;
  /** A recording session plays with this login now: a refusal then means "no free connection", and bars nobody. */
  proven(key: string): boolean;
}

export interface ProbeEvents {
  tell(message: ProbeMessage): void;
  /** The first key frame, whole; valid during the call. */
  picture(unit: RawUnit): void;
}

/** Enough to measure a picture rate and a bit rate, ms of media. */
const enoughMs = 2000;
/** Cameras send a sender report every 5 s or so. */
const clockPatienceMs = 6500;
const mostRedirects = 3;
const longestMs = 15_000;

/** Tests use a gate of their own a host, too: three wrong passwords are three refusals to the camera. */
const testKey = (host: string): string => `test\u0000${host}`;

/** Runs one test to its last word. Returns what ends it early, without a word. */
export function startProbe(deps: ProbeDeps, request: ProbeRequest, events: ProbeEvents): () => void {
  const { clock } = deps;
  const parsed = parseRtspUrl(request.url);
  if (!parsed.ok) {
    events.tell({ kind: "failed", failure: { kind: "bad-address", reason: parsed.error } });
    return () => undefined;
  }
  const home = parsed.value;
  const login = credentialsOf(request, home);
  const keys = [gateKey(home.host, login), testKey(home.host)] as const;
  const barred = barrier(deps, keys, request.anyway);
  if (barred !== undefined) {
    events.tell({ kind: "failed", failure: barred });
    return () => undefined;
  }
  const begun = clock.now();
  const within = Math.min(request.withinMs, longestMs);
  const measure = createMeasure();
  let running: RunningSession | undefined;
  let mapping: WallMapping | undefined;
  let audio: ProbeAudio | undefined;
  let playingSince: Instant | undefined;
  let anyVideo = false;
  let redirects = 0;
  let over = false;
  let cancelLook: () => void = () => undefined;

  const step = (name: "connect" | "login" | "picture" | "measure"): void => events.tell({ kind: "step", step: name });
  const finish = (last: ProbeMessage): void => {
    if (over) return;
    over = true;
    cancelLook();
    events.tell(last);
    void running?.stop();
  };
  const fail = (failure: ProbeFailure): void => finish({ kind: "failed", failure });
  const accepted = (): void => {
    for (const key of keys) deps.gate.tell(key, { kind: "accepted" });
  };
  const report = (): void => {
    const facts = measure.facts();
    if (facts === undefined) return;
    const clockFacts = { clock: cameraClock(mapping?.cameraAhead), lostPackets: running?.lost ?? 0 };
    finish({ kind: "report", report: { ...facts, ...(audio === undefined ? {} : { audio }), ...clockFacts } });
  };
  /** Is enough known, or is the time up? */
  const look = (): void => {
    const now = clock.now();
    const playedMs = playingSince === undefined ? 0 : between(playingSince, now);
    const measured = measure.keys >= 2 && measure.spanMs >= enoughMs;
    if (measured && (mapping?.cameraAhead !== undefined || playedMs >= clockPatienceMs)) report();
    else if (between(begun, now) >= within) timeIsUp();
    if (!over) cancelLook = clock.wakeAt(after(now, 100), look);
  };
  const timeIsUp = (): void => {
    if (measure.keys > 0) report();
    else fail(lateFailure(playingSince !== undefined, anyVideo, Math.round(within / 1000)));
  };
  const onUnit = (unit: RawUnit, sessionMapping: WallMapping, clockRate: number): void => {
    mapping = sessionMapping;
    mapping.place(unit.track, (unit.pts * 1000) / clockRate, unit.arrival);
    if (unit.track === "video" && !over) {
      anyVideo = true;
      const first = measure.keys === 0 && unit.key;
      measure.unit(unit, clockRate);
      if (first) {
        events.picture(unit);
        step("measure");
      }
    }
    unit.block.release();
  };
  const onEnd = (end: SessionEnd): void => {
    if (over) return;
    if (end.kind === "redirected") {
      redirect(end.url);
      return;
    }
    const { kind, reason } = end.failure;
    if (kind === "unauthorized") {
      deps.gate.tell(keys[1], { kind: "refused" });
      if (!deps.proven(keys[0])) deps.gate.tell(keys[0], { kind: "refused" });
    }
    // a camera that ended it after its pictures were seen has been measured
    if (measure.keys > 0 && measure.spanMs >= enoughMs) report();
    else fail(kind === "stalled" ? { kind: "no-video", reason } : { kind, reason });
  };
  const redirect = (url: string): void => {
    const target = parseRtspUrl(url);
    redirects += 1;
    if (target.ok && redirects <= mostRedirects) begin(target.value);
    else fail({ kind: "too-many-redirects", reason: "The camera sends us to an address that can't be used." });
  };
  const begin = (address: RtspUrl): void => {
    step("connect");
    running = runSession({
      ...{ clock, pool: deps.pool, pacer: deps.pacer, createDepacketizer: deps.createDepacketizer, address },
      // a camera must not send our password to a host that nobody entered
      credentials: address.host === home.host ? login : undefined,
      audio: false,
      limits: { ...sessionLimits, connectWithin: Math.min(5000, within), answerWithin: Math.min(5000, within) },
      eager: () => true,
      onConnected: () => step("login"),
      onDescribed: (presentation) => (audio = audioOf(presentation)),
      onAccepted: accepted,
      onPlaying() {
        accepted();
        playingSince = clock.now();
        step("picture");
      },
      onUnit,
      onNote: () => undefined,
      onEnd,
    });
  };
  begin(home);
  cancelLook = clock.wakeAt(after(clock.now(), 100), look);
  return () => {
    over = true;
    cancelLook();
    void running?.stop();
  };
}

/** May this host be called with this login? Of a closed gate only who asks for it gets one try. */
function barrier(deps: ProbeDeps, keys: readonly string[], anyway: boolean): ProbeFailure | undefined {
  const { gate, clock } = deps;
  if (anyway) for (const key of keys) gate.tell(key, { kind: "demand" });
  const untils = keys.map((key) => gate.closedUntil(key)).filter((until) => until !== undefined);
  if (untils.length > 0) {
    const until = clock.wall() + between(clock.now(), Math.max(...untils) as Instant);
    const reason = `${gateReason} The camera refused two logins, so it is left alone for a while.`;
    return { kind: "barred", reason, until: until as ReturnType<Clock["wall"]> };
  }
  for (const key of keys) gate.ask(key);
  return undefined;
}

function lateFailure(playing: boolean, anyVideo: boolean, s: number): ProbeFailure {
  if (!playing) return { kind: "timed-out", reason: `The camera did not get as far as a stream within ${s} s.` };
  return anyVideo
    ? { kind: "no-key-frame", reason: `Pictures come, but no key frame within ${s} s.` }
    : { kind: "no-video", reason: `The camera let us in, but sent no picture within ${s} s.` };
}

/** The sound that the camera offers; a test does not ask for it. */
function audioOf(presentation: Presentation): ProbeAudio | undefined {
  const format = presentation.formats.find((candidate) => candidate.track === "audio");
  if (format !== undefined) return { codec: format.codec, sampleRate: format.clockRate, recordable: true };
  const skipped = presentation.skipped.find((candidate) => candidate.media === "audio" && candidate.codec !== "");
  return skipped === undefined ? undefined : { codec: skipped.codec, recordable: false };
}
