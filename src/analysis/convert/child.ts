/**
 * One conversion as a process of its own, started by `conversions.ts`: a channel's H.265 in from the recorder's media
 * socket, H.264 out on standard output as frames of `messages/media.ts`. A line on standard input wants a key frame;
 * its end is ours.
 */
import { parseArgs } from "node:util";
import { mediaFrame } from "../../messages/media.ts";
import { encodeJson, encodeUnitHead } from "../../platform/media-frames.ts";
import { readMedia } from "../../platform/media-reader.ts";
import { openTranscoder } from "./transcoder.ts";

const text = { type: "string", default: "" } as const;
const { values } = parseArgs({ options: { socket: text, channel: text, stream: text } });
const out = process.stdout;
/** Bytes that may wait for the parent; beyond it pictures are left out up to the next key frame. */
const mostWaiting = 4 * 1024 * 1024;

const transcoder = openTranscoder();
let decoding = false;

function give(frame: Buffer, ...more: readonly Uint8Array[]): void {
  out.write(Buffer.concat([frame, ...more]));
}

function fail(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  out.write(encodeJson(mediaFrame.state, { state: "failed", reason }), () => process.exit(1));
}

readMedia(
  values.socket,
  { channel: Number(values.channel), stream: values.stream === "sub" ? "sub" : "main", from: "ring-gop", audio: false },
  {
    parameters: (parameters) => {
      if (parameters.track !== "video") return;
      if (parameters.codec === "h265") transcoder.parameters(parameters);
      else fail(new Error("the camera sends something else than H.265 now"));
    },
    unit: (unit) => {
      if (unit.track !== "video") return;
      if (out.writableLength > mostWaiting) decoding = false;
      if (!decoding && !unit.key) return;
      if (!decoding) transcoder.wantKey();
      decoding = true;
      try {
        for (const made of transcoder.push(unit)) {
          if ("codec" in made) give(encodeJson(mediaFrame.parameters, made));
          else give(encodeUnitHead(made), made.data);
        }
      } catch {
        // a damaged unit: the camera's next key frame begins anew
        decoding = false;
      }
    },
    state: (state) => give(encodeJson(mediaFrame.state, state)),
    closed: (reason) => fail(new Error(reason)),
  },
);
process.stdin.on("data", () => transcoder.wantKey());
process.stdin.on("end", () => process.exit(0));
out.on("error", () => process.exit(0));
// the terminal's Ctrl-C goes to every process; the parent tells this one when to stop
process.on("SIGINT", () => undefined);
