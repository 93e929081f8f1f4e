import { join } from "node:path";
import type { Socket } from "node:net";
import type { ApiToCore, CoreToApi } from "../messages/api.ts";
import { keepConnected, listenSocket } from "../platform/lines.ts";
import { createLog } from "../platform/log.ts";
import { dataPaths } from "../platform/paths.ts";
import { childAt, startConversions, type Conversions } from "./convert/conversions.ts";
import { parseConvertRequest } from "./convert/request.ts";
import { chooseDecoder } from "./decoder/choose.ts";
import type { PictureDecoder } from "./ports.ts";
import { takeSnapshot } from "./snapshot.ts";

/**
 * The analysis process: decodes, so that nobody else has to. It makes snapshots: a client of `run/analysis.sock`
 * sends one JSON line `{"channel": n}` and gets `u32le length` + JPEG, or length 0 and a JSON line `{"error": "…"}`.
 * A client of `run/convert.sock` gets a live picture as H.264 (`messages/convert.ts`).
 */
export async function startAnalysis(data: string, signal: AbortSignal, stopped: () => void): Promise<AsyncDisposable> {
  const paths = dataPaths(data);
  const log = createLog("analysis", "info", paths.logs);
  const { decoder, why } = await chooseDecoder();
  log.info({ decoder: decoder.name, why }, "pictures are decoded");
  const socketPath = join(paths.run, "analysis.sock");
  const server = await listenSocket(socketPath, (socket) => serve(socket, paths.mediaSocket(0), decoder));
  const conversions = startConversions(childAt(paths.mediaSocket(0)));
  const convertServer = await listenSocket(paths.convertSocket, (socket) => serveConversion(socket, conversions));
  keepConnected<CoreToApi, ApiToCore>(paths.coreSocket, signal, (lines) => {
    lines.send({ kind: "hello", role: "analysis", index: 0, pid: process.pid });
    lines.onMessage((message) => {
      if (message.kind === "stop") stopped();
    });
  });
  return {
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        conversions[Symbol.dispose]();
        convertServer.close();
        server.close(() => resolve());
      }),
  };
}

/** One JSON line, then frames until the client goes. */
function serveConversion(socket: Socket, conversions: Conversions): void {
  let line = "";
  socket.on("error", () => socket.destroy());
  const listen = (chunk: Buffer): void => {
    line += chunk.toString();
    if (!line.includes("\n") && line.length < 1000) return;
    socket.off("data", listen);
    socket.resume();
    const request = parseConvertRequest(line);
    if (request === undefined) socket.destroy();
    else conversions.serve(request, socket);
  };
  socket.on("data", listen);
}

function serve(socket: Socket, mediaSocket: string, decoder: PictureDecoder): void {
  let request = "";
  socket.setTimeout(15_000, () => socket.destroy());
  // the client went away; there is nobody to answer
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    request += chunk.toString();
    if (request.length > 1000) socket.destroy();
    if (!request.includes("\n")) return;
    socket.removeAllListeners("data");
    answer(request, mediaSocket, decoder).then(
      (jpeg) => {
        const length = Buffer.alloc(4);
        length.writeUInt32LE(jpeg.length);
        socket.end(Buffer.concat([length, jpeg]));
      },
      (error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        socket.end(Buffer.concat([Buffer.alloc(4), Buffer.from(JSON.stringify({ error: text }) + "\n")]));
      },
    );
  });
}

async function answer(request: string, mediaSocket: string, decoder: PictureDecoder): Promise<Uint8Array> {
  const { channel } = JSON.parse(request) as { channel?: unknown };
  if (typeof channel !== "number" || !Number.isInteger(channel)) throw new Error('expected {"channel": number}');
  return takeSnapshot(mediaSocket, channel, decoder);
}
