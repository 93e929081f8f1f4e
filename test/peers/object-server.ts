/** An S3 server from npm behind a line that can be slow, hang or be cut. */
import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { globSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../support/reed.ts";

/** The little of its program that we use; it brings no types. */
interface S3rver {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}
type S3rverClass = new (options: object) => S3rver;

/** `slow`: at most so many bytes a second towards the server. */
export type Line = "open" | "hangs" | "cut" | { readonly slow: number };

export interface ObjectServer extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  line: Line;
  /** Bytes that went to the server. */
  readonly sent: number;
  /** Paths of objects of a bucket, and where their bytes lie. */
  objects(bucket: string): ReadonlyMap<string, string>;
}

export const objectKeys = { accessKeyId: "S3RVER", secretKey: "S3RVER" } as const;
/** Not known to the compiler: it has no types. */
const serverPackage: string = "@20minutes/s3rver";
const suffix = "._S3rver_object";

export async function startObjectServer(folder: string, bucket: string): Promise<ObjectServer> {
  const { default: Server } = (await import(serverPackage)) as { default: S3rverClass };
  const inside = await freePort();
  const options = { address: "127.0.0.1", port: inside, silent: true, directory: folder };
  const server = new Server({ ...options, configureBuckets: [{ name: bucket }] });
  await server.run();
  const sockets = new Set<Socket>();
  let line: Line = "open";
  let sent = 0;
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const proxy = createServer((client) => {
    if (line === "cut") {
      client.destroy();
      return;
    }
    const far = connect(inside, "127.0.0.1");
    for (const socket of [client, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        far.destroy();
      });
    }
    far.pipe(client);
    void forward(client, far);
  });
  const forward = async (client: Socket, far: Socket): Promise<void> => {
    try {
      for await (const chunk of client as AsyncIterable<Buffer>) {
        while (line === "hangs") await pause(20);
        if (typeof line === "object") await pause((chunk.length / line.slow) * 1000);
        sent += chunk.length;
        far.write(chunk);
      }
    } catch {
      // the line was cut
      far.destroy();
    }
  };
  const port = await freePort();
  await new Promise<void>((resolve) => proxy.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    get line() {
      return line;
    },
    set line(now) {
      line = now;
      if (now === "cut") cutAll();
    },
    get sent() {
      return sent;
    },
    objects: (of) =>
      new Map(
        globSync(`**/*${suffix}`, { cwd: join(folder, of), exclude: (name) => name === "uploads" }).map((name) => [
          name.slice(0, -suffix.length),
          join(folder, of, name),
        ]),
      ),
    async [Symbol.asyncDispose]() {
      line = "cut";
      cutAll();
      proxy.close();
      await server.close();
    },
  };
}
