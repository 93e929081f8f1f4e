/**
 * H.265 access units in, H.264 out, with FFmpeg inside this process through node-av's synchronous API. Made for people
 * who look on, not for keeping: at most 720 lines, no B pictures, no look-ahead, so that nothing waits in the encoder.
 */
import {
  AV_CODEC_ID_HEVC,
  AV_OPT_SEARCH_CHILDREN,
  AV_OPT_TYPE_STRING,
  AV_LOG_ERROR,
  AV_PICTURE_TYPE_I,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_YUV420P,
  SWS_FAST_BILINEAR,
  FF_ENCODER_LIBX264,
} from "node-av/constants";
import { Codec, CodecContext, FFmpegError, Frame, Log, Packet, Rational, SoftwareScaleContext } from "node-av/lib";
import type { MediaParameters } from "../../messages/media.ts";
import type { FramedUnit } from "../../platform/media-frames.ts";
import { parameterSets, toAnnexB } from "../../platform/annex-b.ts";
import { fromAnnexB } from "./h264-units.ts";

/** Lines of a converted picture at the most. */
export const mostLines = 720;
const encoderOptions = {
  preset: "superfast",
  tune: "zerolatency",
  crf: "24",
  maxrate: "2500000",
  bufsize: "2500000",
  "forced-idr": "1",
};
/** Units that are on their way through decoder and encoder at the most; B pictures keep a few. */
const mostUnderWay = 64;

export interface Transcoder extends Disposable {
  /** The camera's parameter sets from the next unit on. */
  parameters(parameters: MediaParameters): void;
  /** What the unit leads to: a changed `parameters` before the first unit it holds for. Throws when it can't be decoded. */
  push(unit: FramedUnit): readonly (MediaParameters | FramedUnit)[];
  /** The next picture is one that a viewer can begin with. */
  wantKey(): void;
}

interface Encoder {
  readonly context: CodecContext;
  readonly scaler: SoftwareScaleContext;
  readonly scaled: Frame;
  readonly source: string;
}

/** A transcoder that knows nothing yet. Throws where this machine has no decoder or encoder. */
export function openTranscoder(): Transcoder {
  Log.setLevel(AV_LOG_ERROR);
  let sets: Buffer = Buffer.alloc(0);
  let decoder: CodecContext | undefined;
  let encoder: Encoder | undefined;
  let known = "";
  let keyWanted = true;
  const packet = new Packet();
  const frame = new Frame();
  packet.alloc();
  frame.alloc();
  const underWay = new Map<bigint, FramedUnit>();

  const encoded = (): (MediaParameters | FramedUnit)[] => {
    const out: (MediaParameters | FramedUnit)[] = [];
    while (encoder !== undefined && encoder.context.receivePacketSync(packet) >= 0) {
      const pts = packet.pts;
      const source = underWay.get(pts);
      underWay.delete(pts);
      const { data, parameters } = fromAnnexB(
        packet.data ?? Buffer.alloc(0),
        encoder.scaled.width,
        encoder.scaled.height,
      );
      const key = packet.isKeyframe;
      packet.unref();
      if (source === undefined) continue;
      if (parameters !== undefined && parameters.sps !== known) {
        known = parameters.sps ?? "";
        out.push(parameters);
      }
      out.push({ ...source, key, data, dts: source.pts });
    }
    return out;
  };
  const encode = (): (MediaParameters | FramedUnit)[] => {
    if (encoder === undefined || encoder.source !== sizeOf(frame)) {
      close(encoder);
      encoder = openEncoder(frame);
    }
    const { context, scaler, scaled } = encoder;
    FFmpegError.throwIfError(scaled.makeWritable(), "reuse picture");
    FFmpegError.throwIfError(scaler.scaleFrameSync(scaled, frame), "scale");
    scaled.pts = frame.pts;
    scaled.pictType = keyWanted ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    keyWanted = false;
    FFmpegError.throwIfError(context.sendFrameSync(scaled), "encode");
    return encoded();
  };
  return {
    parameters(parameters) {
      sets = parameterSets(parameters);
      decoder?.[Symbol.dispose]();
      decoder = openDecoder();
    },
    push(unit) {
      if (decoder === undefined) return [];
      packet.data = unit.key ? Buffer.concat([sets, toAnnexB(unit.data)]) : toAnnexB(unit.data);
      packet.pts = BigInt(Math.round(unit.pts));
      packet.dts = BigInt(Math.round(unit.dts));
      underWay.set(packet.pts, unit);
      for (const pts of underWay.keys()) if (underWay.size > mostUnderWay) underWay.delete(pts);
      FFmpegError.throwIfError(decoder.sendPacketSync(packet), "decode");
      packet.unref();
      const out: (MediaParameters | FramedUnit)[] = [];
      while (decoder.receiveFrameSync(frame) >= 0) {
        out.push(...encode());
        frame.unref();
      }
      return out;
    },
    wantKey() {
      keyWanted = true;
    },
    [Symbol.dispose]() {
      close(encoder);
      decoder?.[Symbol.dispose]();
      packet[Symbol.dispose]();
      frame[Symbol.dispose]();
    },
  };
}

const sizeOf = ({ width, height, format }: Frame): string => `${width}×${height} ${format}`;

function openDecoder(): CodecContext {
  const codec = Codec.findDecoder(AV_CODEC_ID_HEVC);
  if (codec === null) throw new Error("this machine has no decoder for H.265");
  const context = new CodecContext();
  context.allocContext3(codec);
  context.threadCount = 1;
  FFmpegError.throwIfError(context.open2Sync(codec), "open decoder");
  return context;
}

function openEncoder(from: Frame): Encoder {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264);
  if (codec === null) throw new Error("this machine has no encoder for H.264");
  const height = Math.min(mostLines, from.height) & ~1;
  const width = Math.round((from.width * height) / from.height / 2) * 2;
  const context = new CodecContext();
  context.allocContext3(codec);
  Object.assign(context, { width, height, pixelFormat: AV_PIX_FMT_YUV420P, threadCount: 1, maxBFrames: 0 });
  context.gopSize = 50;
  context.timeBase = new Rational(1, 90_000);
  context.framerate = new Rational(25, 1);
  // not as a Dictionary: FFmpeg frees what it took of one, and the collector frees it again
  for (const [name, value] of Object.entries(encoderOptions)) {
    FFmpegError.throwIfError(context.setOption(name, value, AV_OPT_TYPE_STRING, AV_OPT_SEARCH_CHILDREN), `set ${name}`);
  }
  FFmpegError.throwIfError(context.open2Sync(codec), "open encoder");
  const scaler = new SoftwareScaleContext();
  scaler.getContext(
    from.width,
    from.height,
    from.format as typeof AV_PIX_FMT_YUV420P,
    width,
    height,
    AV_PIX_FMT_YUV420P,
    SWS_FAST_BILINEAR,
  );
  const scaled = new Frame();
  scaled.alloc();
  Object.assign(scaled, { width, height, format: AV_PIX_FMT_YUV420P });
  FFmpegError.throwIfError(scaled.getBuffer(), "make picture");
  return { context, scaler, scaled, source: sizeOf(from) };
}

function close(encoder: Encoder | undefined): void {
  encoder?.context[Symbol.dispose]();
  encoder?.scaler[Symbol.dispose]();
  encoder?.scaled[Symbol.dispose]();
}
