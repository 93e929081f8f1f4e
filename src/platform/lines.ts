import { chmodSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A two-way stream of JSON values, one a line, over a Unix socket. */
export interface Lines<In, Out> {
  send(message: Out): void;
  onMessage(handle: (message: In) => void): void;
  onClose(handle: () => void): void;
  close(): void;
  /** Bytes queued and not yet taken by the other side. */
  readonly queued: number;
}

/** A line longer than this ends the connection: nobody of ours sends one. */
const longestLine = 16 * 1024 * 1024;

export function linesOver<In, Out>(socket: Socket): Lines<In, Out> {
  const messageHandlers: ((message: In) => void)[] = [];
  const closeHandlers: (() => void)[] = [];
  let rest = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk) => {
    rest += chunk as unknown as string;
    if (rest.length > longestLine) socket.destroy(new Error("line too long"));
    let start = 0;
    for (let end = rest.indexOf("\n", start); end >= 0; end = rest.indexOf("\n", start)) {
      const message = parse(rest.slice(start, end)) as In | undefined;
      start = end + 1;
      if (message === undefined) {
        // whoever talks like this is none of ours; "close" tells the owner
        socket.destroy();
        return;
      }
      for (const handle of messageHandlers) handle(message);
    }
    rest = rest.slice(start);
  });
  // "close" follows every error, and the owner reacts there
  socket.on("error", () => undefined);
  socket.on("close", () => {
    for (const handle of closeHandlers) handle();
  });
  return {
    send: (message) => {
      if (!socket.destroyed) socket.write(JSON.stringify(message) + "\n");
    },
    onMessage: (handle) => void messageHandlers.push(handle),
    onClose: (handle) => void closeHandlers.push(handle),
    close: () => void socket.end(),
    get queued() {
      return socket.writableLength;
    },
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Listens on a Unix socket that only this user may open. A left-over socket file of a dead process is replaced. */
export async function listenLines<In, Out>(path: string, accept: (lines: Lines<In, Out>) => void): Promise<Server> {
  return listenSocket(path, (socket) => accept(linesOver<In, Out>(socket)));
}

export async function listenSocket(path: string, accept: (socket: Socket) => void): Promise<Server> {
  rmSync(path, { force: true });
  const server = createServer(accept);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return server;
}

/**
 * Keeps a connection to a Unix socket: connects, calls `connected`, and after a close tries again every `retryMs`
 * until `signal` aborts.
 */
export function keepConnected<In, Out>(
  path: string,
  signal: AbortSignal,
  connected: (lines: Lines<In, Out>) => void,
  retryMs = 200,
): void {
  let socket: Socket | undefined;
  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    if (!signal.aborted) timer = setTimeout(open, retryMs);
  };
  const open = () => {
    let up = false;
    socket = connect(path);
    socket.once("connect", () => {
      up = true;
      if (socket !== undefined) {
        const lines = linesOver<In, Out>(socket);
        lines.onClose(again);
        connected(lines);
      }
    });
    socket.once("error", () => {
      if (!up) again();
    });
  };
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    socket?.destroy();
  });
  open();
}
