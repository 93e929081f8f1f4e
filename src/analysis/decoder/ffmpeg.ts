import type { PictureDecoder, PictureRequest } from "../ports.ts";
import { parameterSets, toAnnexB } from "../../platform/annex-b.ts";
import { throughCommand } from "../../platform/through-command.ts";

/** JPEG quality 1–100 → ffmpeg's `-q:v` 31–2. */
const scaleOf = (quality: number): number => Math.max(2, Math.min(31, Math.round(31 - (quality / 100) * 29)));

/** Debian's `ffmpeg` as a process a picture: the second implementation of the port. Rejects after 10 s. */
export function ffmpegDecoder(command = "ffmpeg"): PictureDecoder {
  return { name: "ffmpeg", jpeg: (request) => run(command, request) };
}

async function run(command: string, request: PictureRequest): Promise<Uint8Array> {
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
  const { output: pictures, complaint } = await throughCommand(command, [...input, ...output], stream);
  const jpeg = lastJpeg(pictures);
  if (jpeg === undefined) throw new Error(`the access units hold no whole picture (${complaint})`);
  return jpeg;
}

/** image2pipe writes one JPEG after the other; the last begins at the last start-of-image marker (ISO 10918-1 B.1). */
function lastJpeg(bytes: Buffer): Buffer | undefined {
  const at = bytes.lastIndexOf(Buffer.from([0xff, 0xd8, 0xff]));
  return at < 0 ? undefined : bytes.subarray(at);
}
