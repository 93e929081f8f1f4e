import {
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_LOG_QUIET,
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_RGB24,
  SWS_AREA,
  type AVCodecID,
  type AVPixelFormat,
} from "node-av/constants";
import { Codec, CodecContext, FFmpegError, Frame, Log, Packet, SoftwareScaleContext } from "node-av/lib";
import { analysedHeight, analysedWidth } from "../../domain/detection/motion-grid.ts";
import type { MediaParameters } from "../../messages/media.ts";
import { parameterSets, toAnnexB } from "../../platform/annex-b.ts";
import type { CodedUnit, DecodedPicture, PictureSource, StreamDecoder, StreamDecoderEvents } from "../ports.ts";
import type { Hardware } from "./hardware.ts";
import { checkParameters, checkSize, mostPixels, mostWithoutPicture } from "./limits.ts";

export interface NodeAvOptions {
  readonly hardware?: Hardware;
  /** Told when the hardware is used no more. */
  readonly note?: (text: string) => void;
}

/**
 * FFmpeg inside this process by node-av's synchronous API, one thread. The loop filter is off: what it smoothes is
 * nothing that moves, and it is a fifth of the cost (`bench/README.md`).
 */
export function nodeAvSource({ hardware, note = () => undefined }: NodeAvOptions = {}): PictureSource {
  // a damaged stream is a line for each of its units, for as long as it is damaged: its failure is told by us, once
  Log.setLevel(AV_LOG_QUIET);
  let device = hardware;
  const giveUp = (why: string): void => {
    if (device === undefined) return;
    note(`${device.name} is used no more: ${why}`);
    device = undefined;
  };
  return {
    name: "node-av",
    open: (parameters, events) => open(parameters, events, { device: () => device, giveUp }),
    processes: [],
  };
}

interface Deps {
  /** Undefined as well once it has failed. */
  device(): Hardware | undefined;
  /** All that is opened from now on is decoded without it. */
  giveUp(why: string): void;
}

function open(parameters: MediaParameters, events: StreamDecoderEvents, deps: Deps): StreamDecoder {
  checkParameters(parameters);
  const sets = parameterSets(parameters);
  if (sets.length === 0) throw new Error("the stream has no parameter sets");
  const { context, device } = openWith(parameters.codec === "h265" ? AV_CODEC_ID_HEVC : AV_CODEC_ID_H264, deps);
  const inMemory = (): Frame => {
    try {
      return device?.fetch(frame) ?? frame;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      deps.giveUp(why);
      throw new Error(`the device that decodes failed: ${why}`, { cause: error });
    }
  };
  const packet = new Packet();
  const frame = new Frame();
  packet.alloc();
  frame.alloc();
  const grey = createScaler(AV_PIX_FMT_GRAY8);
  const rgb = createScaler(AV_PIX_FMT_RGB24);
  let closed = false;
  let fresh = true;
  let withoutPicture = 0;
  let showed = false;

  const show = (): void => {
    const from = inMemory();
    const { width, height } = from;
    checkSize(width, height);
    const picture: DecodedPicture = {
      ...{ pts: Number(from.pts), width, height },
      grey: () => grey.scale(from, analysedWidth, analysedHeight),
      rgb(mostWidth) {
        const to = Math.min(width, mostWidth);
        const size = { width: to, height: Math.max(1, Math.round((height * to) / width)) };
        return { ...size, bytes: rgb.scale(from, size.width, size.height) };
      },
    };
    events.picture(picture);
  };
  const decode = (unit: CodedUnit): void => {
    const bytes = toAnnexB(unit.data);
    packet.data = fresh ? Buffer.concat([sets, bytes]) : bytes;
    packet.pts = BigInt(Math.round(unit.pts));
    fresh = false;
    const sent = context.sendPacketSync(packet);
    packet.unref();
    if (sent >= 0) receive();
  };
  const receive = (): void => {
    while (!isClosed() && context.receiveFrameSync(frame) >= 0) {
      try {
        // what FFmpeg made up in the place of damaged slices is no picture
        if (frame.decodeErrorFlags !== 0) continue;
        withoutPicture = 0;
        show();
        showed = true;
      } finally {
        frame.unref();
      }
    }
  };
  // a picture may be the last: who is shown it closes the decoder
  const isClosed = (): boolean => closed;
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const part of [grey, rgb, frame, packet, context]) part[Symbol.dispose]();
  };
  return {
    push(unit) {
      if (closed) return;
      withoutPicture++;
      decode(unit);
      if (withoutPicture !== mostWithoutPicture || isClosed()) return;
      if (device !== undefined && !showed) deps.giveUp(`no picture of ${mostWithoutPicture} access units`);
      events.failed(`no picture came of the last ${mostWithoutPicture} access units`);
    },
    skip() {
      if (closed || fresh) return;
      context.sendPacketSync(null);
      receive();
      // who was shown the last picture may have closed it
      if (isClosed()) return;
      context.flushBuffers();
      fresh = true;
    },
    [Symbol.dispose]: close,
  };
}

/** With the device, or without it when it does not take the stream. */
function openWith(id: AVCodecID, deps: Deps): { context: CodecContext; device: Hardware | undefined } {
  const device = deps.device();
  if (device === undefined) return { context: openContext(id), device };
  try {
    return { context: openContext(id, device), device };
  } catch (error) {
    deps.giveUp(error instanceof Error ? error.message : String(error));
    return { context: openContext(id), device: undefined };
  }
}

function openContext(id: AVCodecID, device?: Hardware): CodecContext {
  const codec = Codec.findDecoder(id);
  if (codec === null) throw new Error("this build of FFmpeg has no decoder for it");
  const context = new CodecContext();
  context.allocContext3(codec);
  context.threadCount = 1;
  // not by a dictionary: FFmpeg frees it, and node-av frees it again
  for (const [name, value] of Object.entries({ skip_loop_filter: "all", max_pixels: String(mostPixels) }))
    FFmpegError.throwIfError(context.setOption(name, value), `set ${name}`);
  device?.prepare(context);
  const opened = context.open2Sync(codec);
  if (opened >= 0) return context;
  context[Symbol.dispose]();
  throw new FFmpegError(opened);
}

interface Scaler extends Disposable {
  /** The picture at this size; a copy. Throws when it can't be scaled. */
  scale(from: Frame, width: number, height: number): Uint8Array;
}

/** Keeps libswscale's tables as long as sizes and format stay the same. */
function createScaler(format: AVPixelFormat): Scaler {
  let made: { readonly key: string; readonly context: SoftwareScaleContext; readonly to: Frame } | undefined;
  const drop = (): void => {
    made?.to[Symbol.dispose]();
    made?.context[Symbol.dispose]();
    made = undefined;
  };
  const make = (from: Frame, width: number, height: number, key: string) => {
    drop();
    const context = new SoftwareScaleContext();
    const to = new Frame();
    to.alloc();
    made = { key, context, to };
    context.getContext(from.width, from.height, from.format as AVPixelFormat, width, height, format, SWS_AREA);
    to.width = width;
    to.height = height;
    to.format = format;
    FFmpegError.throwIfError(to.allocBuffer(), "a small picture");
    return made;
  };
  return {
    scale(from, width, height) {
      const key = [from.width, from.height, from.format, width, height].join(" ");
      const { context, to } = made?.key === key ? made : make(from, width, height, key);
      FFmpegError.throwIfError(context.scaleFrameSync(to, from), "scale a picture");
      return new Uint8Array(to.toBuffer());
    },
    [Symbol.dispose]: drop,
  };
}
