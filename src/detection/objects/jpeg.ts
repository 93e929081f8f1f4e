import { spawn } from "node:child_process";
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
  return ({ width, height, bytes }) => {
    const raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`, "-i", "pipe:0"];
    const out = ["-frames:v", "1", "-q:v", "4", "-f", "image2pipe", "-c:v", "mjpeg", "pipe:1"];
    const child = spawn(command, ["-v", "error", ...raw, ...out], {
      stdio: ["pipe", "pipe", "ignore"],
      timeout: 10_000,
    });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    return new Promise((resolve, reject) => {
      child.once("error", (error) => reject(new Error(`${command} can't be started: ${error.message}`)));
      // one that ends early closes its input; its exit tells
      child.stdin.on("error", () => undefined);
      child.once("close", (code) => {
        if (code === 0 && parts.length > 0) resolve(Buffer.concat(parts));
        else reject(new Error(`${command} made no picture of ${width} × ${height}`));
      });
      child.stdin.end(bytes);
    });
  };
}
