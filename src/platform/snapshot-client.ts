import { connect } from "node:net";
import type { MediaParameters } from "../messages/media.ts";
import type { PictureAsk, PictureFacts } from "../messages/pictures.ts";

const patienceMs = 12_000;
/** No picture of ours is larger. */
const longestPicture = 16 * 1024 * 1024;
/** Of the picture of a test, pixels. */
const testWidth = 1280;

export interface Picture extends PictureFacts {
  readonly jpeg: Uint8Array;
}

/** What a channel shows now, as JPEG. Rejects with a sentence: no process, no picture, or no answer within 12 s. */
export const requestSnapshot = async (socketPath: string, channel: number): Promise<Uint8Array> =>
  (await requestPicture(socketPath, { channel })).jpeg;

/**
 * Decodes one key frame. Rejects with a sentence.
 *
 * @param maxWidth a wider picture is scaled down to it, pixels
 */
export const requestDecode = async (
  socketPath: string,
  parameters: MediaParameters,
  unit: Uint8Array,
  maxWidth: number = testWidth,
): Promise<Uint8Array> => {
  const ask = { decode: parameters, bytes: unit.length, maxWidth };
  return (await requestPicture(socketPath, ask, unit)).jpeg;
};

/** Asks the analysis process for a picture (`messages/pictures.ts`). Rejects with a sentence. */
export const requestPicture = (socketPath: string, ask: PictureAsk, unit?: Uint8Array): Promise<Picture> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const socket = connect(socketPath);
    socket.setTimeout(patienceMs, () => socket.destroy(new Error("The picture took too long.")));
    socket.on("connect", () => {
      socket.write(`${JSON.stringify(ask)}\n`);
      if (unit !== undefined) socket.write(unit);
    });
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > longestPicture) socket.destroy(new Error("The picture is too large."));
    });
    socket.on("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === undefined ? error : new Error("The process that makes pictures is not running.")),
    );
    socket.on("close", () => {
      const bytes = Buffer.concat(chunks);
      const size = bytes.length < 4 ? -1 : bytes.readUInt32LE(0);
      if (size > 0 && bytes.length - 4 >= size) resolve(pictureIn(bytes, size));
      else reject(new Error(size === 0 ? reasonIn(bytes.subarray(4).toString()) : "The picture was cut off."));
    });
  });

function pictureIn(bytes: Buffer, size: number): Picture {
  const { wall } = jsonIn(bytes.subarray(4 + size).toString());
  return { jpeg: bytes.subarray(4, 4 + size), ...(typeof wall === "number" ? { wall } : {}) };
}

function reasonIn(line: string): string {
  const { error } = jsonIn(line);
  return typeof error === "string" ? error : "There is no picture of this channel now.";
}

function jsonIn(line: string): { readonly wall?: unknown; readonly error?: unknown } {
  try {
    const answer = JSON.parse(line) as unknown;
    if (typeof answer === "object" && answer !== null) return answer;
  } catch {
    // whoever asked gets what a line without facts means
  }
  return {};
}
