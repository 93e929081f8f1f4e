/** One camera's stream, kept going: sessions are begun, watched, and begun again after growing pauses. */
import { gateReason, type CredentialGate } from "../../domain/credential-gate.ts";
import { after, between, type Clock, type Duration, type Instant, type WallTime } from "../../kernel/time.ts";
import { failure } from "../../media/rtsp/failure.ts";
import { parseRtspUrl, type RtspUrl } from "../../media/rtsp/url.ts";
import type { AccessUnit, BlockPool, RawUnit } from "../../media/types.ts";
import type { WallMapping } from "../../media/wall-mapping.ts";
import type { ChannelPlan, ChannelStateKind } from "../../messages/recorder.ts";
import { credentialsOf, gateKey, type HostGate } from "./host-gate.ts";
import type { ReadPacer } from "./read-pacer.ts";
import { patient, sessionLimits, type SessionLimits } from "./session-limits.ts";
import { runSession, type RunningSession, type SessionEnd } from "./session-run.ts";
import type { CreateDepacketizer } from "./track-receiver.ts";

export interface IngestState {
  readonly state: ChannelStateKind;
  /** A sentence without credentials; empty while live. */
  readonly reason: string;
  readonly since: WallTime;
}

/** The part of a logger that is used. */
export interface IngestLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

export interface IngestDeps {
  readonly clock: Clock;
  readonly plan: ChannelPlan;
  readonly pool: BlockPool;
  /** Shared by all channels. */
  readonly gate: HostGate;
  /** Shared by all channels. */
  readonly pacer: ReadPacer;
  readonly log: IngestLog;
  /** Retains the unit's block when it keeps the unit; ingest lets go of its reference after the call. */
  onUnit(unit: AccessUnit): void;
  /** Each change of state or reason. */
  onState(state: IngestState): void;
  readonly createDepacketizer: CreateDepacketizer;
  readonly limits?: Partial<SessionLimits>;
}

export interface IngestStats {
  readonly accessUnits: number;
  readonly bytes: number;
  readonly lostPackets: number;
  /** Sessions that followed the first one that played. */
  readonly reconnects: number;
  /** Times that a camera's RTP clock was set. */
  readonly clockJumps: number;
}

export interface Ingest extends AsyncDisposable {
  /** Tries at once, also a host whose password was refused. */
  retry(): void;
  /** Ends the session that plays and begins another: the channel is down for that long, with this reason. */
  renew(reason: string): void;
  /** Whether sound is asked for. A session can't get another track: only one that lacks it then begins anew. */
  askSound(wanted: boolean): void;
  /** Somebody watches live: reads don't pause. */
  setEager(eager: boolean): void;
  readonly stats: IngestStats;
  readonly state: IngestState;
}

const forSound = "the connection is made anew to get the sound too";

/** Pauses between sessions that failed one after another, ms. */
const pauses: readonly Duration[] = [500, 1000, 2000, 5000, 10_000];
/** A session that played this long was a good one: the pauses begin anew. */
const goodAfterMs = 30_000;
const mostRedirects = 3;
const logAgainMs = 600_000;

/** Numbers the camera sessions of this process; `AccessUnit.session` only has to differ. */
let sessionCount = 0;

/** @see Ingest */
export function startIngest(deps: IngestDeps): Ingest {
  const { clock, plan, gate, log } = deps;
  const home = parseRtspUrl(plan.url);
  const login = home.ok ? credentialsOf(plan, home.value) : undefined;
  const homeKey = gateKey(home.ok ? home.value.host : "", login);
  const limits = { ...sessionLimits, ...deps.limits };
  const totals = { accessUnits: 0, bytes: 0, lostPackets: 0, sessions: 0, clockJumps: 0 };
  let current: IngestState = { state: "connecting", reason: "", since: clock.wall() };
  let running: RunningSession | undefined;
  let playingSince: Instant | undefined;
  let failures = 0;
  /** Sessions in a row that played and brought no picture. */
  let mute = 0;
  let redirects = 0;
  let eager = false;
  let sound = plan.audio;
  /** The session that runs has not asked for it, and the camera may have some. */
  let lacksSound = false;
  let disposed = false;
  let cancelWake: () => void = () => undefined;
  let silent: { reason: string; until: Instant; times: number } = { reason: "", until: clock.now(), times: 0 };

  const show = (state: ChannelStateKind, reason: string): void => {
    if (disposed || (current.state === state && current.reason === reason)) return;
    current = { state, reason, since: current.state === state ? current.since : clock.wall() };
    deps.onState(current);
  };

  /** A failure that repeats is counted and told at intervals. */
  const tell = (reason: string): void => {
    const now = clock.now();
    silent.times += 1;
    if (silent.reason === reason && now < silent.until) return;
    log.warn({ channel: plan.channel, reason, times: silent.times }, "camera is down");
    silent = { reason, until: after(now, logAgainMs), times: 0 };
  };

  const handOn = (unit: RawUnit, mapping: WallMapping, clockRate: number, session: number): void => {
    totals.accessUnits += 1;
    totals.bytes += unit.data.length;
    const wall = mapping.place(unit.track, (unit.pts * 1000) / clockRate, unit.arrival);
    if (unit.track === "video" && current.state !== "live") {
      mute = 0;
      show("live", "");
      log.info({ channel: plan.channel }, "camera is live");
      silent.reason = "";
    }
    deps.onUnit({ ...unit, wall, session });
    unit.block.release();
  };

  const onEnd = (key: string, end: SessionEnd): void => {
    addUp();
    const played = playingSince === undefined ? 0 : between(playingSince, clock.now());
    if (playingSince !== undefined && current.state !== "live") mute += 1;
    playingSince = undefined;
    if (played >= goodAfterMs) failures = 0;
    if (end.kind === "redirected") {
      redirect(end.url);
      return;
    }
    redirects = 0;
    const { kind, reason } = end.failure;
    tell(reason);
    show(kind === "unauthorized" ? "refused" : "down", reason);
    pause();
    if (kind === "unauthorized") gate.tell(key, { kind: "refused" });
  };

  const redirect = (url: string): void => {
    const target = parseRtspUrl(url);
    redirects += 1;
    if (target.ok && redirects <= mostRedirects) {
      begin(target.value);
      return;
    }
    redirects = 0;
    const reason = target.ok
      ? "The camera sends us round in circles."
      : "The camera sends us to an address that can't be used.";
    tell(reason);
    show("down", reason);
    pause();
  };

  const pause = (): void => {
    const wait = pauses[Math.min(failures, pauses.length - 1)] ?? 10_000;
    failures += 1;
    wakeAt(after(clock.now(), wait));
  };
  /** Nobody calls this host before `until`. The reason that a session was given says more than the gate's. */
  const bar = (until: Instant): void => {
    if (current.state !== "refused") show("refused", gateReason);
    wakeAt(until);
  };
  const wakeAt = (at: Instant): void => {
    cancelWake();
    cancelWake = clock.wakeAt(at, () => begin());
  };

  /** Begins a session, at home or where a redirect leads, unless the host's gate is closed. */
  const begin = (elsewhere?: RtspUrl): void => {
    if (disposed || running !== undefined || !home.ok) return;
    cancelWake();
    const address = elsewhere ?? home.value;
    // A camera must not send our password to a host that nobody entered.
    const credentials = address.host === home.value.host ? login : undefined;
    const key = gateKey(address.host, credentials);
    const answer = gate.ask(key);
    if (answer.kind === "wait") {
      bar(answer.until);
      return;
    }
    const session = ++sessionCount;
    lacksSound = !sound;
    running = runSession({
      clock,
      pool: deps.pool,
      pacer: deps.pacer,
      createDepacketizer: deps.createDepacketizer,
      address,
      credentials,
      audio: sound,
      onDescribed: ({ formats }) => (lacksSound &&= formats.some(({ track }) => track === "audio")),
      limits: patient(limits, mute),
      eager: () => eager,
      onAccepted: () => gate.tell(key, { kind: "accepted" }),
      onPlaying: () => {
        playingSince = clock.now();
        totals.sessions += 1;
        gate.tell(key, { kind: "accepted" });
        getSound();
      },
      onUnit: (unit, mapping, clockRate) => handOn(unit, mapping, clockRate, session),
      onNote: (text) => log.info({ channel: plan.channel }, text),
      onEnd: (end) => onEnd(key, end),
    });
  };

  /** The counts of a session that ended go into the totals. */
  const addUp = (): void => {
    totals.lostPackets += running?.lost ?? 0;
    totals.clockJumps += running?.jumps ?? 0;
    running = undefined;
  };

  /** Not of an attempt under way, which may be the one that a gate lets through: then as soon as it plays. */
  const getSound = (): void => {
    const stopping = running;
    if (!sound || !lacksSound || stopping === undefined || playingSince === undefined) return;
    addUp();
    playingSince = undefined;
    // a camera that was away is away until its picture is there
    if (current.state === "live" || current.state === "connecting") show("connecting", forSound);
    void stopping.stop().then(() => begin());
  };

  /** A closed gate ends attempts under way; a stream that plays has proven its password and goes on. */
  const onGate = (changed: CredentialGate): void => {
    if (changed.kind === "trying" || playingSince !== undefined) return;
    if (changed.kind === "open") {
      if (running === undefined && current.state === "refused") begin();
      return;
    }
    const stopping = running;
    addUp();
    void stopping?.stop();
    bar(changed.until);
  };

  const unwatch = home.ok ? gate.watch(homeKey, onGate) : () => undefined;
  deps.onState(current);
  if (home.ok) begin();
  else show("down", home.error);

  return {
    retry() {
      failures = 0;
      if (!home.ok || running !== undefined) return;
      gate.tell(homeKey, { kind: "demand" });
      begin();
    },
    renew(reason) {
      const stopping = running;
      if (stopping === undefined || playingSince === undefined) return;
      onEnd(homeKey, { kind: "failed", failure: failure("closed", reason) });
      void stopping.stop();
    },
    askSound(wanted) {
      sound = wanted;
      getSound();
    },
    setEager(wanted) {
      eager = wanted;
    },
    get stats() {
      return {
        accessUnits: totals.accessUnits,
        bytes: totals.bytes,
        lostPackets: totals.lostPackets + (running?.lost ?? 0),
        reconnects: Math.max(0, totals.sessions - 1),
        clockJumps: totals.clockJumps + (running?.jumps ?? 0),
      };
    },
    get state() {
      return current;
    },
    async [Symbol.asyncDispose]() {
      disposed = true;
      cancelWake();
      unwatch();
      const stopping = running;
      addUp();
      await stopping?.stop();
    },
  };
}
