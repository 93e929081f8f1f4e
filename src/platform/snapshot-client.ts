import { connect } from "node:net";

const patienceMs = 12_000;
/** No picture of ours is larger. */
const longestPicture = 16 * 1024 * 1024;

/**
 * Asks the analysis process for a picture: a JSON line with the channel, answered by `u32le length` and a JPEG, or
 * length 0 and a JSON line with the error. Rejects with a sentence: no process, no
 * picture, or no answer within 12 s.
 */
export const requestSnapshot = (socketPath: string, channel: number): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const socket = connect(socketPath);
    socket.setTimeout(patienceMs, () => socket.destroy(new Error("The picture took too long.")));
    socket.on("connect", () => socket.write(`${JSON.stringify({ channel })}\n`));
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
      if (size > 0 && bytes.length - 4 >= size) resolve(bytes.subarray(4, 4 + size));
      else reject(new Error(size === 0 ? reasonIn(bytes.subarray(4).toString()) : "The picture was cut off."));
    });
  });

function reasonIn(line: string): string {
  try {
    const answer = JSON.parse(line) as unknown;
    if (typeof answer === "object" && answer !== null && "error" in answer) return String(answer.error);
  } catch {
    // said below: the answer can't be read
  }
  return "There is no picture of this channel now.";
}
