import { spawn } from "node:child_process";
import type { PictureDecoder, PictureRequest } from "../ports.ts";
import { parameterSets, toAnnexB } from "../../platform/annex-b.ts";

/** JPEG quality 1–100 → ffmpeg's `-q:v` 31–2. */
const scaleOf = (quality: number): number => Math.max(2, Math.min(31, Math.round(31 - (quality / 100) * 29)));

/** Debian's `ffmpeg` as a process a picture: the second implementation of the port. Rejects after 10 s. */
export function ffmpegDecoder(command = "ffmpeg"): PictureDecoder {
  return { name: "ffmpeg", jpeg: async (request) => run(command, request) };
}

function run(command: string, request: PictureRequest): Promise<Uint8Array> {
  const format = request.parameters.codec === "h265" ? "hevc" : "h264";
  const size = `scale='min(${Math.round(request.maxWidth)},iw)':-2`;
  const input = ["-v", "error", "-f", format, "-i", "pipe:0"];
  const output = [
    "-vf",
    size,
    "-q:v",
    String(scaleOf(request.quality)),
    "-f",
    "image2pipe",
    "-c:v",
    "mjpeg",
    "-update",
    "1",
    "pipe:1",
  ];
  // before the process starts: a damaged unit throws, and a decoder without input would wait for ever
  const stream = Buffer.concat([parameterSets(request.parameters), ...request.units.map(toAnnexB)]);
  const child = spawn(command, [...input, ...output], { stdio: ["pipe", "pipe", "pipe"], timeout: 10_000 });
  const pictures: Buffer[] = [];
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => pictures.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  // a decoder that ends early closes its input; its exit tells why
  child.stdin.on("error", (error) => (errors += error.message));
  child.stdin.end(stream);
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${command} can't be started: ${error.message}`)));
    child.on("close", () => {
      const jpeg = lastJpeg(Buffer.concat(pictures));
      if (jpeg === undefined)
        reject(new Error(`the access units hold no whole picture (${errors.trim().slice(0, 200)})`));
      else resolve(jpeg);
    });
  });
}

/** image2pipe writes one JPEG after the other; the last begins at the last start-of-image marker (ISO 10918-1 B.1). */
function lastJpeg(bytes: Buffer): Buffer | undefined {
  const at = bytes.lastIndexOf(Buffer.from([0xff, 0xd8, 0xff]));
  return at < 0 ? undefined : bytes.subarray(at);
}
