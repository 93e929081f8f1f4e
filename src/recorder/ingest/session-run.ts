import { createHash, randomBytes } from "node:crypto";
import type { Step } from "../../kernel/machine.ts";
import { after, between, earlier, type Clock, type Instant } from "../../kernel/time.ts";
import type { Credentials } from "../../media/rtsp/auth.ts";
import { failure, type RtspFailure } from "../../media/rtsp/failure.ts";
import type { Presentation } from "../../media/rtsp/presentation.ts";
import { createRtspReader, type InterleavedFrame, type RtspItem } from "../../media/rtsp/reader.ts";
import { beginRtspSession, nextRtspWake, stepRtspSession } from "../../media/rtsp/session.ts";
import type { RtspConfig, RtspEffect, RtspEvent, RtspSession, RtspTrack } from "../../media/rtsp/session.ts";
import type { RtspUrl } from "../../media/rtsp/url.ts";
import type { BlockPool, RawUnit } from "../../media/types.ts";
import { createWallMapping, type WallMapping } from "../../media/wall-mapping.ts";
import { openConnection, type Connection } from "./connection.ts";
import type { ReadPacer } from "./read-pacer.ts";
import type { SessionLimits } from "./session-limits.ts";
import { createTrackReceiver, type CreateDepacketizer, type TrackReceiver } from "./track-receiver.ts";

/** How one session ended. */
export type SessionEnd =
  { readonly kind: "failed"; readonly failure: RtspFailure } | { readonly kind: "redirected"; readonly url: string };

export interface SessionDeps {
  readonly clock: Clock;
  readonly pool: BlockPool;
  readonly pacer: ReadPacer;
  readonly createDepacketizer: CreateDepacketizer;
  readonly address: RtspUrl;
  readonly credentials: Credentials | undefined;
  readonly audio: boolean;
  readonly limits: SessionLimits;
  /** Somebody watches live: no pauses between reads. */
  eager(): boolean;
  onConnected?(): void;
  onDescribed?(presentation: Presentation): void;
  /** The camera took our password. */
  onAccepted(): void;
  onPlaying(): void;
  /** The reference to its block is the caller's. */
  onUnit(unit: RawUnit, mapping: WallMapping, clockRate: number): void;
  onNote(text: string): void;
  onEnd(end: SessionEnd): void;
}

export interface RunningSession {
  /** Ends it politely; no callback comes after the call. */
  stop(): Promise<void>;
  readonly lost: number;
  readonly jumps: number;
  readonly rows: number;
}

const hash = (algorithm: "MD5" | "SHA-256", text: string): string =>
  createHash(algorithm === "MD5" ? "md5" : "sha256")
    .update(text)
    .digest("hex");

/** Two looks at both clocks may differ by this without a step, ms. */
const noStepMs = 20;

interface Slot {
  readonly receiver: TrackReceiver;
  readonly rtcpChannel: number;
}

/** One session from the connection to its end, which `onEnd` tells once. */
export function runSession(deps: SessionDeps): RunningSession {
  const { clock, limits } = deps;
  const config: RtspConfig = {
    url: deps.address.url,
    credentials: deps.credentials,
    audio: deps.audio,
    hash,
    cnonce: randomBytes(12).toString("hex"),
    answerWithin: limits.answerWithin,
  };
  const reader = createRtspReader();
  let wallOffset = clock.wall() - clock.now();
  const mapping = createWallMapping(wallOffset);
  const ownSsrc = randomBytes(4).readUInt32BE();
  const slots: Slot[] = [];
  const byChannel: (Slot | undefined)[] = [];
  let state: RtspSession | undefined;
  let over = false;
  let playingSince: Instant | undefined;
  let lastUnit: Instant | undefined;
  let eagerUntil: Instant = clock.now();
  let reportAt: Instant | undefined;
  let cancelWake: () => void = () => undefined;
  let cancelSettle: (() => void) | undefined;

  const finish = (): void => {
    over = true;
    cancelWake();
    cancelSettle?.();
    for (const slot of slots) slot.receiver.close();
  };
  const end = (how: SessionEnd, last?: string): void => {
    if (over) return;
    for (const slot of slots) {
      slot.receiver.settle();
      handOn(slot);
    }
    finish();
    void connection.close(last);
    deps.onEnd(how);
  };
  const fail = (why: RtspFailure): void => end({ kind: "failed", failure: why }, farewell());

  /** TEARDOWN, where there is a session to tear down. */
  const farewell = (): string | undefined => {
    if (state === undefined) return undefined;
    const stopped = stepRtspSession(config, state, { kind: "stop" }, clock.now());
    state = stopped.state;
    return stopped.effects.find((effect) => effect.kind === "send")?.text;
  };

  const addTrack = (track: RtspTrack): void => {
    const { createDepacketizer, pool } = deps;
    const made = createTrackReceiver({ format: track.format, pool, mapping, createDepacketizer, ownSsrc });
    if (!made.ok) {
      if (track.format.track === "video") fail(failure("codec-unsupported", made.error));
      else deps.onNote(`The sound is left out: ${made.error}`);
      return;
    }
    const slot = { receiver: made.value, rtcpChannel: track.rtcpChannel };
    slots.push(slot);
    byChannel[track.rtpChannel] = slot;
    byChannel[track.rtcpChannel] = slot;
  };

  const perform = (effect: RtspEffect): void => {
    switch (effect.kind) {
      case "send":
        connection.send(effect.text);
        break;
      case "accepted":
        deps.onAccepted();
        break;
      case "described":
        deps.onDescribed?.(effect.presentation);
        for (const skipped of effect.presentation.skipped)
          if (skipped.media === "audio" && deps.audio) deps.onNote(skipped.reason);
        break;
      case "track":
        addTrack(effect.track);
        break;
      case "playing":
        playingSince = lastUnit = clock.now();
        reportAt = after(playingSince, limits.reportEvery);
        deps.onPlaying();
        break;
      case "redirect":
        end({ kind: "redirected", url: effect.url });
        break;
      case "failed":
        fail(effect.failure);
        break;
    }
  };

  const take = (stepped: Step<RtspSession, RtspEffect>): void => {
    state = stepped.state;
    for (const effect of stepped.effects) if (!over) perform(effect);
    if (!over) arm();
  };
  const feed = (event: RtspEvent): void => {
    if (state !== undefined) take(stepRtspSession(config, state, event, clock.now()));
  };

  const handOn = (slot: Slot): void => {
    const { receiver } = slot;
    for (let unit = receiver.pull(); unit !== undefined; unit = receiver.pull()) {
      if (over) {
        unit.block.release();
        continue;
      }
      if (unit.track === "video") lastUnit = unit.arrival;
      deps.onUnit(unit, mapping, receiver.format.clockRate);
    }
  };

  const onFrame = (frame: InterleavedFrame, arrival: Instant): void => {
    const slot = byChannel[frame.channel];
    if (slot === undefined) return;
    if (frame.channel === slot.rtcpChannel) {
      const bye = slot.receiver.control(frame.bytes, frame.start, frame.end, arrival);
      if (bye && slot.receiver.format.track === "video") fail(failure("closed", "The camera ended the stream."));
      return;
    }
    if (slot.receiver.packet(frame.bytes, frame.start, frame.end, arrival))
      eagerUntil = after(arrival, limits.eagerAfterGap);
    handOn(slot);
    if (slot.receiver.waits) cancelSettle ??= clock.wakeAt(after(arrival, limits.settleAfter), settleLate);
  };

  /** A hold on this channel must not end without a picture that only waits for the packet behind it. */
  const settleLate = (): void => {
    cancelSettle = undefined;
    for (const slot of slots.filter(({ receiver }) => receiver.waits)) {
      const due = after(slot.receiver.lastPacket ?? clock.now(), limits.settleAfter);
      if (clock.now() >= due) {
        slot.receiver.settle();
        handOn(slot);
      } else cancelSettle ??= clock.wakeAt(due, settleLate);
    }
  };

  const onItem = (item: RtspItem, arrival: Instant): void => {
    if (item.kind === "frame") onFrame(item, arrival);
    else if (item.kind === "broken") fail(failure("not-rtsp", `Not understood: ${item.reason}.`));
    else feed({ kind: "message", message: item });
  };

  /** The wall clock was set: the file that begins with the next key frame needs its new time. */
  const lookAtClock = (now: Instant): void => {
    const offset = clock.wall() - now;
    if (Math.abs(offset - wallOffset) > noStepMs) mapping.setWallOffset((wallOffset = offset));
  };

  const onBytes = (bytes: Uint8Array): boolean => {
    const arrival = clock.now();
    lookAtClock(arrival);
    reader.push(bytes);
    for (let item = reader.pull(); item !== undefined; item = over ? undefined : reader.pull()) onItem(item, arrival);
    const young = playingSince === undefined || between(playingSince, arrival) < limits.youngFor;
    return !young && arrival >= eagerUntil && !deps.eager();
  };

  /** When the camera counts as stalled: by pictures, before the first one by packets. */
  const stallAt = (): Instant | undefined => {
    if (playingSince === undefined || lastUnit === undefined) return undefined;
    if (lastUnit !== playingSince) return after(lastUnit, limits.stallAfter);
    const packet = slots.find((slot) => slot.receiver.format.track === "video")?.receiver.lastPacket;
    if (packet === undefined) return after(playingSince, limits.firstPacketWithin);
    return earlier(after(packet, limits.stallAfter), after(playingSince, limits.firstUnitWithin));
  };

  const onWake = (): void => {
    const now = clock.now();
    const stall = stallAt();
    mapping.setWallOffset((wallOffset = clock.wall() - now));
    if (stall !== undefined && now >= stall && lastUnit !== undefined) {
      const s = Math.round(between(lastUnit, now) / 1000);
      fail(failure("stalled", `stalled: connected, but no picture for ${s} s`));
      return;
    }
    if (reportAt !== undefined && now >= reportAt) {
      for (const slot of slots) sendReport(slot, now);
      reportAt = after(now, limits.reportEvery);
    }
    if (!over) feed({ kind: "wake" });
  };
  const sendReport = (slot: Slot, now: Instant): void => {
    const report = slot.receiver.report(now);
    if (report === undefined) return;
    connection.send(Uint8Array.from([0x24, slot.rtcpChannel, report.length >> 8, report.length & 0xff, ...report]));
  };

  const arm = (): void => {
    cancelWake();
    const due = [state === undefined ? undefined : nextRtspWake(state), reportAt, stallAt()];
    const next = due
      .filter((at) => at !== undefined)
      .reduce<Instant | undefined>((a, b) => earlier(a ?? b, b), undefined);
    if (next !== undefined) cancelWake = clock.wakeAt(next, onWake);
  };

  const connection: Connection = openConnection({
    clock,
    pacer: deps.pacer,
    host: deps.address.host,
    port: deps.address.port,
    connectWithin: limits.connectWithin,
    onConnected() {
      deps.onConnected?.();
      take(beginRtspSession(config, clock.now()));
    },
    onBytes,
    onClosed: (why) => end({ kind: "failed", failure: why }),
  });

  return {
    async stop() {
      if (over) return;
      const last = farewell();
      finish();
      await connection.close(last);
    },
    get lost() {
      return slots.reduce((sum, slot) => sum + slot.receiver.lost, 0);
    },
    get jumps() {
      return slots.reduce((sum, slot) => sum + slot.receiver.jumps, 0);
    },
    get rows() {
      return mapping.rows;
    },
  };
}
