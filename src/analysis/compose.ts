import type { Socket } from "node:net";
import { join } from "node:path";
import type { ApiToCore, CoreToApi } from "../messages/api.ts";
import { keepConnected, listenSocket } from "../platform/lines.ts";
import { createLog } from "../platform/log.ts";
import { dataPaths } from "../platform/paths.ts";
import { childAt, startConversions, type Conversions } from "./convert/conversions.ts";
import { parseConvertRequest } from "./convert/request.ts";
import { chooseDecoder } from "./decoder/choose.ts";
import { servePicture } from "./picture-requests.ts";

/**
 * The analysis process: decodes, so that nobody else has to. Clients of `run/analysis.sock` get pictures
 * (`messages/pictures.ts`), clients of `run/convert.sock` a live picture as H.264 (`messages/convert.ts`).
 */
export async function startAnalysis(data: string, signal: AbortSignal, stopped: () => void): Promise<AsyncDisposable> {
  const paths = dataPaths(data);
  const log = createLog("analysis", "info", paths.logs);
  const { decoder, why } = await chooseDecoder();
  log.info({ decoder: decoder.name, why }, "pictures are decoded");
  const socketPath = join(paths.run, "analysis.sock");
  const server = await listenSocket(socketPath, (socket) => servePicture(socket, paths.mediaSocket(0), decoder));
  const conversions = startConversions(
    childAt(paths.mediaSocket(0), (channel, why) => log.warn({ channel, why }, "a conversion ended")),
  );
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
