import { throughCommand } from "../../platform/through-command.ts";
import type { RgbPicture } from "../ports.ts";

/** Makes a JPEG of a picture; rejects with a sentence. */
export type MakeJpeg = (picture: RgbPicture) => Promise<Uint8Array>;

const quality = 80;

/** By node-av where its binary loads, else by the `ffmpeg` command. */
export async function chooseJpeg(): Promise<MakeJpeg> {
  try {
    const [{ Frame, Rational }, { AV_PIX_FMT_RGB24 }, { jpegOf }] = await Promise.all([
      import("node-av/lib"),
      import("node-av/constants"),
      import("../../platform/jpeg-frame.ts"),
    ]);
    return ({ width, height, bytes }) =>
      new Promise((resolve) => {
        using frame = Frame.fromVideoBuffer(Buffer.from(bytes), {
          ...{ width, height, format: AV_PIX_FMT_RGB24 },
          timeBase: new Rational(1, 90_000),
        });
        resolve(jpegOf(frame, { width, height, quality }));
      });
  } catch {
    // the second implementation says so itself when it is not there either
    return ffmpegJpeg();
  }
}

/** Debian's `ffmpeg`, a process a picture. */
export function ffmpegJpeg(command = "ffmpeg"): MakeJpeg {
  return async ({ width, height, bytes }) => {
    const raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`, "-i", "pipe:0"];
    const out = ["-frames:v", "1", "-q:v", "4", "-f", "image2pipe", "-c:v", "mjpeg", "pipe:1"];
    const { code, output } = await throughCommand(command, ["-v", "error", ...raw, ...out], bytes);
    if (code !== 0 || output.length === 0) throw new Error(`${command} made no picture of ${width} × ${height}`);
    return output;
  };
}
