/**
 * Makes another file of a clip with FFmpeg inside this process: sound as AAC beside pictures that stay as they are, or
 * a copy with the site's time in its pictures. Runs in a child process (`clip-child.ts`), synchronously.
 */
import {
  AV_LOG_ERROR,
  AV_OPT_SEARCH_CHILDREN,
  AV_OPT_TYPE_STRING,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
} from "node-av/constants";
import { Decoder, Demuxer, Encoder, Muxer } from "node-av/api";
import { type CodecContext, FFmpegError, Log, type Frame, type Packet, type Stream } from "node-av/lib";
import type { ClipRequest, ClipStamp } from "../../messages/clip.ts";
import { siteClock } from "../../platform/site-clock.ts";
import { drawStamp } from "./stamp.ts";

/** One track on its way from the old file to the new one. */
interface Track {
  take(packet: Packet): void;
  end(): void;
}

/** Throws when a track can't be read or written. @param progress told how far it has come, 0 to 1 */
export function convertClip(request: ClipRequest, progress: (share: number) => void): void {
  Log.setLevel(AV_LOG_ERROR);
  const input = Demuxer.openSync(request.input);
  const output = Muxer.openSync(request.output, { format: "mp4" });
  const tracks = new Map<number, Track>();
  const [video, audio] = [input.video(), input.audio()];
  if (video === undefined) throw new Error("the clip has no pictures");
  tracks.set(video.index, request.stamp === undefined ? kept(output, video) : stamped(output, video, request.stamp));
  if (audio !== undefined)
    tracks.set(audio.index, request.sound === "aac" ? asAac(output, audio) : kept(output, audio));
  const length = Math.max(0.1, input.duration);
  for (const packet of input.packetsSync()) {
    if (packet === null) break;
    const at = (Number(packet.dts) * video.timeBase.num) / video.timeBase.den;
    if (packet.streamIndex === video.index) progress(Math.min(1, at / length));
    tracks.get(packet.streamIndex)?.take(packet);
  }
  for (const track of tracks.values()) track.end();
  output.closeSync();
  input.closeSync();
}

function kept(output: Muxer, stream: Stream): Track {
  const index = output.addStream(stream);
  return { take: (packet) => output.writePacketSync(packet, index), end: () => undefined };
}

function asAac(output: Muxer, stream: Stream): Track {
  const decoder = Decoder.createSync(stream);
  const encoder = Encoder.createSync(FF_ENCODER_AAC, { decoder, context: { bitRate: "64k" }, autoResample: true });
  return through({ output, stream, decoder, encoder }, () => undefined);
}

/** High enough that a number plate stays one; a long clip must not take an hour either. */
const copyOptions = { preset: "veryfast", crf: "21" };

function stamped(output: Muxer, stream: Stream, { fromMs, timeZone }: ClipStamp): Track {
  const decoder = Decoder.createSync(stream);
  const encoder = Encoder.createSync(FF_ENCODER_LIBX264, { decoder });
  // not as options of the encoder: FFmpeg frees what it took of their dictionary, and the collector frees it again; the
  // context is handed out only once it is open, when it is too late for them
  const context = encoder["codecContext"] as CodecContext;
  for (const [name, value] of Object.entries(copyOptions)) {
    FFmpegError.throwIfError(context.setOption(name, value, AV_OPT_TYPE_STRING, AV_OPT_SEARCH_CHILDREN), `set ${name}`);
  }
  const clock = siteClock(timeZone);
  const { num, den } = stream.timeBase;
  return through({ output, stream, decoder, encoder }, (frame) => {
    const planes = frame.data;
    if (planes === null || (frame.format !== AV_PIX_FMT_YUV420P && frame.format !== AV_PIX_FMT_YUVJ420P)) {
      throw new Error("pictures of this kind (not 8 bits, 4:2:0) can't be copied; the original can be downloaded");
    }
    frame.makeWritable();
    const text = `COPY ${clock(fromMs + (Number(frame.pts) * num * 1000) / den)}`;
    const { width, height, linesize } = frame;
    drawStamp({ width, height, planes: frame.data ?? planes, strides: linesize }, text);
  });
}

interface Conversion {
  readonly output: Muxer;
  readonly stream: Stream;
  readonly decoder: Decoder;
  readonly encoder: Encoder;
}

function through({ output, stream, decoder, encoder }: Conversion, change: (frame: Frame) => void): Track {
  const index = output.addStream(encoder, { inputStream: stream });
  const write = (frame: Frame | null): void => {
    for (const made of encoder.packetsSync(frame)) if (made !== null) output.writePacketSync(made, index);
  };
  const decode = (packet: Packet | null): void => {
    for (const frame of decoder.framesSync(packet)) {
      if (frame === null) continue;
      change(frame);
      write(frame);
    }
  };
  return {
    take: decode,
    end() {
      decode(null);
      write(null);
    },
  };
}
