import { AV_CODEC_ID_H264, AV_CODEC_ID_HEVC } from "node-av/constants";
import { Codec, CodecContext, FFmpegError, Frame, Packet } from "node-av/lib";
import type { PictureDecoder, PictureRequest } from "../ports.ts";
import { parameterSets, toAnnexB } from "../../platform/annex-b.ts";
import { jpegOf } from "../../platform/jpeg-frame.ts";

/** FFmpeg inside this process through node-av's synchronous API (its asynchronous one costs 40–90 % more CPU). */
export function nodeAvDecoder(): PictureDecoder {
  return {
    name: "node-av",
    jpeg: (request) =>
      new Promise((resolve) => {
        resolve(decode(request));
      }),
  };
}

function decode(request: PictureRequest): Uint8Array {
  const id = request.parameters.codec === "h265" ? AV_CODEC_ID_HEVC : AV_CODEC_ID_H264;
  const codec = Codec.findDecoder(id);
  if (codec === null) throw new Error(`no decoder for ${request.parameters.codec}`);
  using context = new CodecContext();
  context.allocContext3(codec);
  context.threadCount = 1;
  FFmpegError.throwIfError(context.open2Sync(codec), "open decoder");
  using packet = new Packet();
  using frame = new Frame();
  using last = new Frame();
  packet.alloc();
  frame.alloc();
  last.alloc();
  let pictures = 0;
  const receive = () => {
    while (context.receiveFrameSync(frame) >= 0) {
      pictures++;
      last.unref();
      FFmpegError.throwIfError(last.ref(frame), "keep picture");
      frame.unref();
    }
  };
  request.units.forEach((unit, index) => {
    const bytes = toAnnexB(unit);
    packet.data = index === 0 ? Buffer.concat([parameterSets(request.parameters), bytes]) : bytes;
    FFmpegError.throwIfError(context.sendPacketSync(packet), "decode");
    packet.unref();
    receive();
  });
  context.sendPacketSync(null);
  receive();
  if (pictures === 0) throw new Error("the access units hold no whole picture");
  const width = Math.min(request.maxWidth, last.width);
  const height = Math.round((last.height * width) / last.width / 2) * 2;
  return jpegOf(last, { width, height, quality: request.quality });
}
