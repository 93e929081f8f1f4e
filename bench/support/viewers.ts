import { WebSocket } from "ws";
import type { ReedUnderTest } from "./farm.ts";

export interface Viewers extends Disposable {
  /** Pictures (fragments) and bytes that came so far. */
  readonly messages: number;
  readonly bytes: number;
}

/** A live viewer of each of the channels, as a browser's page opens them; resolves when each has got pictures. */
export async function openViewers({ reed, api }: ReedUnderTest, channels: readonly number[]): Promise<Viewers> {
  let messages = 0;
  let bytes = 0;
  const sockets = await Promise.all(
    channels.map(
      (channel) =>
        new Promise<WebSocket>((resolve, reject) => {
          const headers = { authorization: `Bearer ${api.key}` };
          const socket = new WebSocket(`${reed.url.replace("http", "ws")}/api/live/${channel}`, { headers });
          socket.on("error", reject);
          socket.on("message", (data: Buffer, binary) => {
            if (!binary) return;
            messages++;
            bytes += data.length;
            resolve(socket);
          });
        }),
    ),
  );
  return {
    get messages() {
      return messages;
    },
    get bytes() {
      return bytes;
    },
    [Symbol.dispose]() {
      for (const socket of sockets) socket.terminate();
    },
  };
}
