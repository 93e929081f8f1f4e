import { connect } from "node:net";

/** A decoder that does not answer within this time has a problem of its own. */
const limitMs = 12_000;

/**
 * Asks the analysis process for the newest picture of a channel (JPEG). Rejects with a sentence: process down, camera
 * down, nothing decodable, or no answer within 12 s.
 */
export function requestSnapshot(socketPath: string, channel: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    const chunks: Buffer[] = [];
    socket.setTimeout(limitMs, () => socket.destroy(new Error("the analysis process did not answer in time")));
    socket.on("connect", () => socket.write(JSON.stringify({ channel }) + "\n"));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const down = error.code === "ENOENT" || error.code === "ECONNREFUSED";
      reject(down ? new Error("the analysis process is not running") : error);
    });
    socket.on("end", () => {
      const answer = Buffer.concat(chunks);
      const length = answer.length >= 4 ? answer.readUInt32LE(0) : 0;
      if (length > 0 && answer.length === 4 + length) resolve(answer.subarray(4));
      else reject(new Error(errorText(answer.subarray(4))));
    });
  });
}

function errorText(bytes: Buffer): string {
  try {
    return (JSON.parse(bytes.toString()) as { error: string }).error;
  } catch {
    return "the analysis process ended in the middle of its answer";
  }
}
