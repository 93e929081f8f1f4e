import type { Socket } from "node:net";
import { mostUnitBytes, type PictureAsk, type PictureFacts } from "../messages/pictures.ts";
import type { PictureDecoder } from "./ports.ts";
import { takeSnapshot, type Snapshot } from "./snapshot.ts";

const longestLine = 16_384;
const defaultWidth = 1280;
const patienceMs = 15_000;

interface Asked {
  readonly ask: PictureAsk;
  /** What was sent along. */
  readonly unit: Buffer;
}

/** Answers one request for a picture (`messages/pictures.ts`) on its connection. */
export function servePicture(socket: Socket, mediaSocket: string, decoder: PictureDecoder): void {
  socket.setTimeout(patienceMs, () => socket.destroy());
  // the client went away; there is nobody to answer
  socket.on("error", () => socket.destroy());
  readAsked(socket, (asked) => {
    answer(asked, mediaSocket, decoder).then(
      ({ jpeg, wall }) => {
        const length = Buffer.alloc(4);
        length.writeUInt32LE(jpeg.length);
        const facts: PictureFacts = wall === undefined ? {} : { wall };
        socket.end(Buffer.concat([length, jpeg, Buffer.from(JSON.stringify(facts) + "\n")]));
      },
      (error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        socket.end(Buffer.concat([Buffer.alloc(4), Buffer.from(JSON.stringify({ error: text }) + "\n")]));
      },
    );
  });
}

/** Reads the line and what it announces; whoever sends something else is let go. */
function readAsked(socket: Socket, handle: (asked: Asked) => void): void {
  let pending: Buffer = Buffer.alloc(0);
  let ask: PictureAsk | undefined;
  const onData = (chunk: Buffer): void => {
    pending = Buffer.concat([pending, chunk]);
    if (ask === undefined) {
      const end = pending.indexOf("\n");
      if (end < 0 && pending.length <= longestLine) return;
      ask = end < 0 ? undefined : parseAsk(pending.toString("utf8", 0, end));
      if (ask === undefined) {
        socket.destroy();
        return;
      }
      pending = pending.subarray(end + 1);
    }
    const wanted = "decode" in ask ? ask.bytes : 0;
    if (pending.length < wanted) return;
    socket.off("data", onData);
    socket.resume();
    handle({ ask, unit: pending.subarray(0, wanted) });
  };
  socket.on("data", onData);
}

function parseAsk(line: string): PictureAsk | undefined {
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    const { channel, bytes } = value;
    if (Number.isInteger(channel)) return value as unknown as PictureAsk;
    const fits = typeof bytes === "number" && bytes > 0 && bytes <= mostUnitBytes;
    return typeof value["decode"] === "object" && fits ? (value as unknown as PictureAsk) : undefined;
  } catch {
    // not JSON: it is none of ours
    return undefined;
  }
}

async function answer({ ask, unit }: Asked, mediaSocket: string, decoder: PictureDecoder): Promise<Snapshot> {
  if ("channel" in ask) {
    const { channel, maxWidth = defaultWidth, keyOnly = false } = ask;
    return takeSnapshot(mediaSocket, { channel, maxWidth, keyOnly }, decoder);
  }
  const wanted = { parameters: ask.decode, units: [unit], maxWidth: ask.maxWidth, quality: 80 };
  return { jpeg: await decoder.jpeg(wanted), wall: undefined };
}
