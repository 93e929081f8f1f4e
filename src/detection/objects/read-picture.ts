/** A picture file as pixels: JPEG or PNG, as a camera or a person sends it. */
import type { AVPixelFormat } from "node-av/constants";
import { jpegHead } from "../../media/codec/jpeg-head.ts";
import { throughCommand } from "../../platform/through-command.ts";
import type { RgbPicture } from "../ports.ts";

/** Pixels of a picture that is tried, at most: an 8K picture. */
const mostPixels = 7680 * 4320;

export interface PictureHead {
  readonly format: "jpeg" | "png";
  readonly width: number;
  readonly height: number;
}

/** What kind of picture it is and how large, without decoding it. Throws a sentence for what is none or too large. */
export function pictureHead(bytes: Uint8Array): PictureHead {
  const jpeg = jpegHead(bytes);
  const head = jpeg === undefined ? pngHead(bytes) : { format: "jpeg" as const, ...jpeg };
  if (head === undefined) throw new Error("the file is neither a JPEG nor a PNG picture");
  if (head.width < 1 || head.height < 1 || head.width * head.height > mostPixels)
    throw new Error(`a picture of ${head.width} × ${head.height} pixels can't be tried; at most 7680 × 4320`);
  return head;
}

/** PNG §5.2 and §11.2.2: a signature, then the header's chunk. */
function pngHead(bytes: Uint8Array): PictureHead | undefined {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (bytes.length < 24 || signature.some((byte, at) => bytes[at] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { format: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

/** Decodes it, by node-av where its binary loads, else by the `ffmpeg` command. Rejects with a sentence. */
export async function readPicture(bytes: Uint8Array): Promise<RgbPicture> {
  const head = pictureHead(bytes);
  return (await inProcess(head, bytes)) ?? ffmpegPicture(head, bytes);
}

const broken = ({ format }: PictureHead): Error => new Error(`the ${format.toUpperCase()} picture is damaged`);

async function inProcess(head: PictureHead, bytes: Uint8Array): Promise<RgbPicture | undefined> {
  const libraries = await Promise.all([
    import("node-av/lib"),
    import("node-av/constants"),
    // without its binary the second implementation decodes
  ]).catch(() => undefined);
  if (libraries === undefined) return undefined;
  const [{ Codec, CodecContext, Frame, Packet, SoftwareScaleContext }, constants] = libraries;
  const codec = Codec.findDecoder(head.format === "png" ? constants.AV_CODEC_ID_PNG : constants.AV_CODEC_ID_MJPEG);
  if (codec === null) return undefined;
  using context = new CodecContext();
  context.allocContext3(codec);
  context.threadCount = 1;
  using packet = new Packet();
  using frame = new Frame();
  packet.alloc();
  frame.alloc();
  packet.data = Buffer.from(bytes);
  if (context.open2Sync(codec) < 0 || context.sendPacketSync(packet) < 0) throw broken(head);
  context.sendPacketSync(null);
  if (context.receiveFrameSync(frame) < 0) throw broken(head);
  const { width, height } = frame;
  using scaler = new SoftwareScaleContext();
  using to = new Frame();
  to.alloc();
  const format = constants.AV_PIX_FMT_RGB24;
  scaler.getContext(width, height, frame.format as AVPixelFormat, width, height, format, constants.SWS_BILINEAR);
  [to.width, to.height, to.format] = [width, height, format];
  if (to.allocBuffer() < 0 || scaler.scaleFrameSync(to, frame) < 0) throw broken(head);
  return { width, height, bytes: new Uint8Array(to.toBuffer()) };
}

/** Debian's `ffmpeg`, a process a picture. */
export async function ffmpegPicture(head: PictureHead, bytes: Uint8Array, command = "ffmpeg"): Promise<RgbPicture> {
  const input = ["-f", head.format === "png" ? "png_pipe" : "jpeg_pipe", "-noautorotate", "-i", "pipe:0"];
  const output = ["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"];
  const { output: pixels } = await throughCommand(command, ["-v", "error", ...input, ...output], bytes);
  const { width, height } = head;
  if (pixels.length !== width * height * 3) throw broken(head);
  return { width, height, bytes: new Uint8Array(pixels) };
}
