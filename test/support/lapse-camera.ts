/** A virtual camera whose packets go straight into a session's receivers: no socket, and whatever clock the test has. */
import { createHash } from "node:crypto";
import { createDepacketizer } from "../../src/media/rtp/depacketizer.ts";
import { instant } from "../../src/kernel/time.ts";
import type { AccessUnit, BlockPool, MediaFormat } from "../../src/media/types.ts";
import { createWallMapping } from "../../src/media/wall-mapping.ts";
import type { Ingest, IngestState } from "../../src/recorder/ingest/ingest.ts";
import { createTrackReceiver, type TrackReceiver } from "../../src/recorder/ingest/track-receiver.ts";
import { loadClip, type AudioClip, type Source } from "../../src/testkit/camera/clip.ts";
import { bufferPool, type Delivery } from "../../src/testkit/camera/delivery.ts";
import { audioPayloadType, videoPayloadType } from "../../src/testkit/camera/packetize.ts";
import { noSenderLog, type UnitLine } from "../../src/testkit/camera/sender-log.ts";
import { startStream, type Viewer } from "../../src/testkit/camera/stream.ts";
import { mediaClock } from "../../src/testkit/camera/timeline.ts";
import { seededRandom } from "../../src/testkit/random.ts";
import type { FakeClock } from "../../src/testkit/fake-clock.ts";

export interface LapseCamera {
  /** Every access unit that went to the recorder, in order: what has to be behind every door. */
  readonly sent: readonly SentUnit[];
  /** Sends what is due by the clock. */
  advance(): void;
  connect(onUnit: (unit: AccessUnit) => void, onState: (state: IngestState) => void): Ingest;
  disconnect(): void;
  /** RTP time jumps by so many ticks of 90 kHz. */
  jump(ticks: number): void;
  /** RTP time, sequence and source begin anew, and with them the session. */
  reboot(): void;
  change(source: Source): void;
}

export interface SentUnit extends UnitLine {
  /** Sessions and jumps of RTP time so far: media time is comparable within one only. */
  readonly era: number;
  /** SHA-1 of its slices, as `test/verifier/units.ts` makes it of what was recorded. */
  readonly picture: string;
}

interface Deps {
  readonly number: number;
  readonly source: Source;
  readonly clock: FakeClock;
  readonly pool: BlockPool;
}

const videoFormat: MediaFormat = {
  ...{ track: "video", codec: "h264", payloadType: videoPayloadType, clockRate: 90_000, channels: 1 },
  ...{ fmtp: new Map(), control: "" },
};

function audioFormat({ codec, sampleRate, channels, config }: AudioClip): MediaFormat {
  const aac = { mode: "AAC-hbr", sizelength: "13", indexlength: "3", indexdeltalength: "3" };
  const fmtp = codec === "aac" ? { ...aac, config: Buffer.from(config).toString("hex") } : {};
  const payloadType = audioPayloadType(codec);
  return {
    track: "audio",
    codec,
    payloadType,
    clockRate: sampleRate,
    channels,
    fmtp: new Map(Object.entries(fmtp)),
    control: "",
  };
}

/** SHA-1 of the slices in interleaved RTP packets: whole NAL units and FU-A (RFC 6184 §5.6, §5.8). */
function pictureIn(bytes: Buffer): string {
  const hash = createHash("sha1");
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    const payload = bytes.subarray(at + 16, end);
    const [indicator, header] = [payload[0] ?? 0, payload[1] ?? 0];
    const type = indicator & 31;
    if (type === 28 && (header & 31) < 6) {
      if ((header & 0x80) !== 0) hash.update(Buffer.of((indicator & 0xe0) | (header & 31)));
      hash.update(payload.subarray(2));
    } else if (type < 6) hash.update(payload);
    at = end;
  }
  return hash.digest("hex");
}

export function lapseCamera({ number, source, clock, pool }: Deps): LapseCamera {
  const nowMicros = () => Math.round(clock.now() * 1000);
  const sent: SentUnit[] = [];
  const clip = loadClip(source);
  const media = mediaClock(nowMicros());
  const wallStart = clock.wall();
  let picture = "";
  let era = 0;
  const newEra = (): void => {
    era++;
  };
  let sessions = 0;
  let take: (bytes: Buffer) => void = () => undefined;
  const log = {
    ...noSenderLog(),
    unit(line: UnitLine) {
      if (line.sentTo.length > 0) sent.push({ ...line, era, picture });
    },
  };
  const stream = startStream({
    ...{ camera: number, clip, log, clock: media, join: "key", queueBytes: 64e6, reportMicros: 5e6 },
    layout: { inBand: true, aggregate: false },
    pool: bufferPool(),
    random: seededRandom(number),
    wallMs: (ticks) => wallStart + ticks / 90,
  });
  const delivery: Delivery = {
    queue(buffer, length) {
      // an access unit is queued before its line is logged
      if (buffer[1] === 0) picture = pictureIn(buffer.subarray(0, length));
      take(buffer.subarray(0, length));
    },
    pump: () => false,
    pending: 0,
  };
  let viewer: Viewer | undefined;
  let end: () => void = () => undefined;
  let reader: { onUnit: (unit: AccessUnit) => void; onState: (state: IngestState) => void } | undefined;

  const begin = (): void => {
    const { onUnit, onState } = reader ?? {};
    if (onUnit === undefined || onState === undefined) return;
    newEra();
    const session = ++sessions;
    const mapping = createWallMapping(clock.wall() - clock.now());
    const receiverOf = (format: MediaFormat): TrackReceiver => {
      const made = createTrackReceiver({ format, pool, mapping, createDepacketizer, ownSsrc: 1 });
      if (!made.ok) throw new Error(made.error);
      return made.value;
    };
    const video = receiverOf(videoFormat);
    const audio = clip.audio === undefined ? undefined : receiverOf(audioFormat(clip.audio));
    const handOn = (receiver: TrackReceiver): void => {
      for (let unit = receiver.pull(); unit !== undefined; unit = receiver.pull()) {
        const wall = mapping.place(unit.track, (unit.pts * 1000) / receiver.format.clockRate, unit.arrival);
        onUnit({ ...unit, wall, session });
        unit.block.release();
      }
    };
    take = (bytes) => {
      mapping.setWallOffset(clock.wall() - clock.now());
      for (let at = 0; at < bytes.length;) {
        const [channel, length] = [bytes[at + 1] ?? 0, bytes.readUInt16BE(at + 2)];
        const receiver = channel < 2 ? video : audio;
        const [from, to, arrival] = [at + 4, at + 4 + length, instant(clock.now())];
        if (channel % 2 === 0) receiver?.packet(bytes, from, to, arrival);
        else receiver?.control(bytes, from, to, arrival);
        at = to;
      }
      for (const receiver of [video, audio]) if (receiver !== undefined) handOn(receiver);
    };
    end = () => {
      for (const receiver of [video, audio]) {
        receiver?.settle();
        if (receiver !== undefined) handOn(receiver);
        receiver?.close();
      }
      take = () => undefined;
      end = () => undefined;
      onState({ state: "down", reason: "the camera closed the connection", since: clock.wall() });
    };
    viewer = {
      client: session,
      delivery,
      video: 0,
      audio: audio === undefined ? undefined : 2,
      started: false,
      nextReportMicros: 0,
    };
    stream.play(viewer, nowMicros());
    onState({ state: "live", reason: "", since: clock.wall() });
  };
  const disconnect = (): void => {
    if (viewer !== undefined) stream.remove(viewer);
    viewer = undefined;
    end();
  };
  return {
    sent,
    disconnect,
    advance: () => stream.advance(nowMicros()),
    connect(onUnit, onState) {
      reader = { onUnit, onState };
      begin();
      return {
        retry: () => undefined,
        renew: () => undefined,
        setEager: () => undefined,
        askSound: () => undefined,
        stats: { accessUnits: 0, bytes: 0, lostPackets: 0, reconnects: 0, clockJumps: 0 },
        state: { state: "live", reason: "", since: clock.wall() },
        [Symbol.asyncDispose]() {
          disconnect();
          reader = undefined;
          return Promise.resolve();
        },
      };
    },
    jump(ticks) {
      newEra();
      stream.jump(ticks);
    },
    reboot() {
      disconnect();
      stream.restartRtp();
      begin();
    },
    change: (other) => stream.change(loadClip(other)),
  };
}
