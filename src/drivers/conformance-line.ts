import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A TCP line between a driver and its device that a test can damage. Listens on a free loopback port. */
export interface TestLine extends AsyncDisposable {
  readonly port: number;
  /** Ends all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Takes connections again, on the same port. */
  heal(): Promise<void>;
  /** Of the next bytes from the device only the first half arrives, and nothing after them. */
  truncate(): void;
  /** Nothing from the device arrives any more on the connections that there are; they stay open. */
  mute(): void;
}

/** Opens a line to the device on `target` (a loopback port). */
export async function openTestLine(target: number): Promise<TestLine> {
  const pairs = new Set<{ readonly near: Socket; readonly far: Socket; mode: "whole" | "half" | "none" }>();
  let server: Server | undefined;
  const accept = (near: Socket) => {
    const far = connect({ host: "127.0.0.1", port: target, noDelay: true });
    const pair = { near, far, mode: "whole" as "whole" | "half" | "none" };
    pairs.add(pair);
    const close = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on("close", close).on("error", close);
    near.setNoDelay(true);
    near.on("data", (chunk: Buffer) => void far.write(chunk));
    far.on("data", (chunk: Buffer) => {
      if (pair.mode === "whole") near.write(chunk);
      if (pair.mode === "half") near.write(chunk.subarray(0, chunk.length >> 1));
      if (pair.mode === "half") pair.mode = "none";
    });
  };
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const listening = createServer(accept);
      server = listening;
      listening.once("error", reject);
      listening.listen(port, "127.0.0.1", () => resolve((listening.address() as AddressInfo).port));
    });
  const cut = () =>
    new Promise<void>((resolve) => {
      for (const { near } of pairs) near.destroy();
      if (server === undefined) resolve();
      else server.close(() => resolve());
      server = undefined;
    });
  const port = await listen(0);
  return {
    port,
    cut,
    async heal() {
      if (server === undefined) await listen(port);
    },
    truncate() {
      for (const pair of pairs) pair.mode = "half";
    },
    mute() {
      for (const pair of pairs) pair.mode = "none";
    },
    [Symbol.asyncDispose]: cut,
  };
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const line = await openTestLine(1);
  await line[Symbol.asyncDispose]();
  return line.port;
}
