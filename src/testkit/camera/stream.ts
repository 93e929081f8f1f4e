import type { Clip } from "./clip.ts";
import type { BufferPool, Delivery } from "./delivery.ts";
import {
  cutPackets,
  prepareAudio,
  prepareVideo,
  stampUnit,
  type PreparedUnit,
  type Stamp,
  type VideoLayout,
} from "./packetize.ts";
import type { SenderLog } from "./sender-log.ts";
import type { MediaClock } from "./timeline.ts";
import { newRtpState, senderReport, startLoop, wrap32, type Loop, type RtpState } from "./track.ts";

/** A client that plays a stream. */
export interface Viewer {
  readonly client: number;
  readonly delivery: Delivery;
  /** Interleaved channels of RTP; RTCP has the next one. Undefined = this track was not set up. */
  readonly video: number | undefined;
  readonly audio: number | undefined;
  /** Its stream has begun. */
  started: boolean;
  nextReportMicros: number;
}

export interface StreamDeps {
  /** As in the SEI. */
  readonly camera: number;
  readonly clip: Clip;
  readonly layout: VideoLayout;
  readonly join: "key" | "now" | "burst";
  readonly queueBytes: number;
  readonly reportMicros: number;
  readonly clock: MediaClock;
  readonly pool: BufferPool;
  readonly log: SenderLog;
  readonly random: () => number;
  /** A picture goes out, at these ticks of its clip. */
  readonly onPicture?: ((ticks: number) => void) | undefined;
  /** The camera's own wall clock (milliseconds since 1970) at these media ticks. */
  readonly wallMs: (ticks: number) => number;
}

export interface StreamCounts {
  number: number;
  sent: number;
  dropped: number;
  lostPackets: number;
}

export interface TrackInfo {
  readonly sequence: number;
  readonly rtpTime: number;
}

/** One endless stream of a camera with its viewers. Driven by `advance`; reads no clock itself. */
export interface Stream {
  readonly counts: Readonly<StreamCounts>;
  readonly clip: Clip;
  readonly viewers: ReadonlySet<Viewer>;
  readonly log: SenderLog;
  /** When `advance` wants to be called next. */
  readonly dueMicros: number;
  /** Sends what is due. */
  advance(nowMicros: number): void;
  play(viewer: Viewer, nowMicros: number): void;
  remove(viewer: Viewer): void;
  /** What RTP-Info tells: the next packet's numbers. */
  info(track: "video" | "audio", nowMicros: number): TrackInfo;
  withhold(silent: boolean): void;
  /** Its sound is withheld, its pictures are not. */
  mute(on: boolean): void;
  lose(packets: number): void;
  jump(ticks: number): void;
  restartRtp(): void;
  change(clip: Clip): void;
}

interface SentUnit {
  readonly unit: PreparedUnit;
  readonly stamp: Omit<Stamp, "channel">;
}

export function startStream(deps: StreamDeps): Stream {
  const { clock, log, pool, random } = deps;
  let clip = deps.clip;
  const viewers = new Set<Viewer>();
  const counts: StreamCounts = { number: 0, sent: 0, dropped: 0, lostPackets: 0 };
  const video = startLoop(prepareVideo(clip.video, deps.layout), clip.video.duration);
  const audio = audioLoop(clip);
  let videoRtp = newRtpState(random);
  let audioRtp = newRtpState(random);
  let gop: SentUnit[] = [];
  let silent = false;
  let muted = false;
  let toLose = 0;
  let dueMicros = 0;

  /** Audio ticks are samples; the camera's clock counts 90 kHz. */
  const audioScale = () => (clip.audio?.sampleRate ?? 90_000) / 90_000;
  const nextAudioTicks = () => (audio === undefined ? Infinity : audio.nextTicks / audioScale());

  const deliver = (viewer: Viewer, sent: SentUnit, channel: number, lost = 0) => {
    const { unit, stamp } = sent;
    const buffer = pool.take(unit.bytes.length);
    stampUnit(unit, buffer, { ...stamp, channel });
    const from = Math.max(0, Math.floor((unit.packets.length - lost) / 2));
    viewer.delivery.queue(buffer, lost === 0 ? unit.bytes.length : cutPackets(unit, buffer, from, lost));
  };
  const stampOf = (rtp: RtpState, unit: PreparedUnit, rtpTicks: number, mark: Stamp["mark"]): SentUnit => {
    const stamp = { sequence: rtp.sequence, time: wrap32(rtpTicks + rtp.timeOffset), source: rtp.source, mark };
    rtp.sequence = (rtp.sequence + unit.packets.length) & 0xffff;
    rtp.packets += unit.packets.length;
    rtp.octets += unit.bytes.length;
    return { unit, stamp };
  };
  const begins = (viewer: Viewer, key: boolean) => viewer.started || (viewer.started = key || deps.join === "now");
  const hasRoom = (viewer: Viewer, size: number) =>
    viewer.delivery.pending === 0 || viewer.delivery.pending + size <= deps.queueBytes;

  const sendVideo = (nowMicros: number) => {
    const { unit, rtpTicks } = video.next();
    const number = counts.number++;
    const sent = stampOf(videoRtp, unit, rtpTicks, { camera: deps.camera, number, sentMicros: nowMicros });
    if (unit.key) gop = [];
    gop.push(sent);
    const lost = Math.min(toLose, unit.packets.length);
    toLose -= lost;
    counts.lostPackets += lost;
    const sentTo: number[] = [];
    const droppedFor: number[] = [];
    for (const viewer of viewers) {
      if (silent || viewer.video === undefined || !begins(viewer, unit.key)) continue;
      if (hasRoom(viewer, unit.bytes.length)) {
        sentTo.push(viewer.client);
        deliver(viewer, sent, viewer.video, lost);
      } else droppedFor.push(viewer.client);
    }
    deps.onPicture?.(unit.dueTicks);
    counts.sent += sentTo.length;
    counts.dropped += droppedFor.length;
    const rtpTime = sent.stamp.time;
    log.unit({ number, key: unit.key, rtpTime, sentMicros: nowMicros, sentTo, droppedFor, lostPackets: lost });
  };
  const sendAudio = (loop: Loop) => {
    const { unit, rtpTicks } = loop.next();
    const sent = stampOf(audioRtp, unit, rtpTicks, undefined);
    for (const viewer of viewers) {
      const wants = !silent && !muted && viewer.audio !== undefined && (viewer.started || viewer.video === undefined);
      if (wants && hasRoom(viewer, unit.bytes.length)) deliver(viewer, sent, viewer.audio, 0);
    }
  };
  const sendReports = (nowMicros: number) => {
    const ticks = clock.ticksAt(nowMicros);
    for (const viewer of viewers) {
      if (silent || !viewer.started || nowMicros < viewer.nextReportMicros) continue;
      viewer.nextReportMicros = nowMicros + deps.reportMicros;
      const report = (rtp: RtpState, channel: number, time: number) => {
        const bytes = senderReport(rtp, channel + 1, deps.wallMs(ticks), Math.round(time) + rtp.timeOffset);
        viewer.delivery.queue(bytes, bytes.length);
      };
      if (viewer.video !== undefined) report(videoRtp, viewer.video, ticks);
      if (viewer.audio !== undefined) report(audioRtp, viewer.audio, ticks * audioScale());
    }
  };
  return {
    counts,
    viewers,
    log,
    get clip() {
      return clip;
    },
    get dueMicros() {
      return dueMicros;
    },
    advance(nowMicros) {
      const nowTicks = clock.ticksAt(nowMicros);
      let sent = false;
      for (; video.nextTicks <= nowTicks; sent = true) sendVideo(nowMicros);
      for (; audio !== undefined && nextAudioTicks() <= nowTicks; sent = true) sendAudio(audio);
      if (sent && deps.reportMicros > 0) sendReports(nowMicros);
      dueMicros = clock.microsAt(Math.min(video.nextTicks, nextAudioTicks()));
    },
    play(viewer, nowMicros) {
      viewers.add(viewer);
      log.client(viewer.client, "play", nowMicros, 0);
      const [first, last] = [gop[0]?.stamp.mark, gop.at(-1)?.stamp.mark];
      if (deps.join !== "burst" || silent || viewer.video === undefined || first === undefined || last === undefined)
        return;
      if (gop[0]?.unit.key !== true) return;
      for (const sent of gop) deliver(viewer, sent, viewer.video);
      viewer.started = true;
      log.gop(viewer.client, first.number, last.number, nowMicros);
    },
    remove: (viewer) => void viewers.delete(viewer),
    info(track, nowMicros) {
      const [rtp, scale] = track === "video" ? [videoRtp, 1] : [audioRtp, audioScale()];
      const oldest = track === "video" && deps.join === "burst" ? gop[0]?.stamp : undefined;
      const rtpTime = wrap32(Math.round(clock.ticksAt(nowMicros) * scale) + rtp.timeOffset);
      return { sequence: oldest?.sequence ?? rtp.sequence, rtpTime: oldest?.time ?? rtpTime };
    },
    withhold: (value) => void (silent = value),
    mute: (value) => void (muted = value),
    lose: (packets) => void (toLose += packets),
    jump(ticks) {
      videoRtp.timeOffset = wrap32(videoRtp.timeOffset + ticks);
      audioRtp.timeOffset = wrap32(audioRtp.timeOffset + Math.round(ticks * audioScale()));
    },
    restartRtp() {
      videoRtp = newRtpState(random);
      audioRtp = newRtpState(random);
      gop = [];
    },
    change(newClip) {
      // the sound goes on as it was: it has no part in the parameters
      video.replace(prepareVideo(newClip.video, deps.layout), newClip.video.duration);
      clip = clip.audio === undefined ? { video: newClip.video } : { video: newClip.video, audio: clip.audio };
    },
  };
}

function audioLoop(clip: Clip): Loop | undefined {
  if (clip.audio === undefined) return undefined;
  return startLoop(prepareAudio(clip.audio), clip.audio.frames.length * clip.audio.frameSamples);
}
