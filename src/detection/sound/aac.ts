import { AV_CODEC_ID_AAC } from "node-av/constants";
import { Codec, CodecContext, FFmpegError, Frame, Packet } from "node-av/lib";
import type { MediaParameters } from "../../messages/media.ts";
import type { SoundDecoder } from "../ports.ts";

/** AAC by node-av; the channels' first is heard: sounds that matter are in both. */
export function openAac(parameters: MediaParameters): SoundDecoder {
  const codec = Codec.findDecoder(AV_CODEC_ID_AAC);
  if (codec === null) throw new Error("this build of FFmpeg has no decoder for it");
  const context = new CodecContext();
  const packet = new Packet();
  const frame = new Frame();
  const close = (): void => {
    for (const part of [frame, packet, context]) part[Symbol.dispose]();
  };
  context.allocContext3(codec);
  context.threadCount = 1;
  // AudioSpecificConfig, ISO 14496-3 §1.6.2.1
  context.extraData = Buffer.from(parameters.config ?? "", "base64");
  packet.alloc();
  frame.alloc();
  const opened = context.open2Sync(codec);
  if (opened < 0) {
    close();
    throw new FFmpegError(opened);
  }
  return {
    push(data) {
      packet.data = Buffer.from(data);
      const sent = context.sendPacketSync(packet);
      packet.unref();
      if (sent < 0 || context.receiveFrameSync(frame) < 0) return undefined;
      const { sampleRate, nbSamples } = frame;
      const plane = frame.data?.[0] ?? Buffer.alloc(0);
      const samples = new Float32Array(Math.min(nbSamples, plane.length >> 2));
      // planar floats, in the machine's byte order as FFmpeg writes them
      for (let at = 0; at < samples.length; at++) samples[at] = plane.readFloatLE(at * 4);
      frame.unref();
      return { sampleRate, samples };
    },
    [Symbol.dispose]: close,
  };
}
