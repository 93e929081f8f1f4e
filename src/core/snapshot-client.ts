import { connect } from "node:net";

/** A picture of a channel takes this long at the most, ms; a message does not wait longer for it. */
const patienceMs = 10_000;
const largestPicture = 16 * 1024 * 1024;

/**
 * Asks the analysis process for the newest picture of a channel: a JSON line goes out, `u32le length` and a JPEG come
 * back. Rejects with the reason when there is none or the process can't be reached.
 */
export function askForSnapshot(socketPath: string, channel: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const socket = connect(socketPath, () => socket.write(`${JSON.stringify({ channel })}\n`));
    socket.setTimeout(patienceMs, () => socket.destroy(new Error("no picture within 10 s")));
    socket.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > largestPicture) socket.destroy(new Error("picture too large"));
    });
    socket.on("error", reject);
    socket.on("close", () => {
      const bytes = Buffer.concat(chunks);
      const length = bytes.length < 4 ? 0 : bytes.readUInt32LE(0);
      if (length > 0 && bytes.length === 4 + length) resolve(bytes.subarray(4));
      else reject(new Error(bytes.length > 4 ? bytes.toString("utf8", 4, 304) : "the analysis process gave no answer"));
    });
  });
}
