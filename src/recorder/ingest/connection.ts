import { connect, type Socket } from "node:net";
import { after, type Clock, type Duration } from "../../kernel/time.ts";
import { failure, type RtspFailure } from "../../media/rtsp/failure.ts";
import { readDirectly } from "./direct-read.ts";
import type { ReadPacer } from "./read-pacer.ts";

export interface ConnectionDeps {
  readonly clock: Clock;
  readonly pacer: ReadPacer;
  readonly host: string;
  readonly port: number;
  readonly connectWithin: Duration;
  onConnected(): void;
  /** A view of the shared buffer, valid until it returns. True: the socket may pause until the next tick. */
  onBytes(bytes: Uint8Array): boolean;
  /** Once, unless it was closed by us. */
  onClosed(why: RtspFailure): void;
}

export interface Connection {
  send(data: string | Uint8Array): void;
  /** Sends what is left to say and closes. Resolves when the socket is gone, at the latest after 300 ms. */
  close(last?: string): Promise<void>;
}

/** What a socket's error code means, in a sentence. */
export function failureOfSocket(code: string, host: string, port: number): RtspFailure {
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EAI_FAIL":
      return failure("name-not-found", `The name "${host}" was not found.`);
    case "ECONNREFUSED":
      return failure("refused", `${host} refuses connections on port ${port}.`);
    case "ETIMEDOUT":
      return failure("timed-out", `${host} stopped answering.`);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "EHOSTDOWN":
    case "ENETDOWN":
      return failure("unreachable", `${host} can't be reached over the network.`);
    case "ECONNRESET":
    case "EPIPE":
      return failure("closed", `${host} broke the connection.`);
    default:
      return failure("closed", `The connection to ${host} failed (${code}).`);
  }
}

const codeOf = (error: Error): string => {
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof AggregateError && error.errors[0] instanceof Error ? codeOf(error.errors[0]) : error.name;
};

/** A camera that sends requests and reads no answers must not fill our memory. */
const mostUnsent = 65_536;

/** One TCP connection to a camera, read through the pacer's shared buffer: no event and no allocation per read. */
export function openConnection(deps: ConnectionDeps): Connection {
  const { clock, pacer, host, port } = deps;
  let open = true;
  /** The next tick came: takes what is there. Without anything, or when pauses are over, events take over again. */
  const resume = (): void => {
    if (!open) return;
    const count = readDirectly(socket, pacer.buffer);
    const pause = count > 0 && deps.onBytes(pacer.buffer.subarray(0, count));
    if (!pause) socket.resume();
    else if (count === pacer.buffer.length) resume();
    else pacer.park(resume);
  };
  const shut = (why: RtspFailure): void => {
    if (!open) return;
    open = false;
    cancelTimeout();
    socket.destroy();
    deps.onClosed(why);
  };
  const socket: Socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 10_000,
    onread: {
      buffer: pacer.buffer,
      callback: (count, buffer) => {
        if (!open) return false;
        const pause = deps.onBytes(buffer.subarray(0, count));
        // A full buffer means that more is waiting: go on reading.
        if (!pause || count === buffer.length) return true;
        pacer.park(resume);
        return false;
      },
    },
  });
  const cancelTimeout = clock.wakeAt(after(clock.now(), deps.connectWithin), () => {
    const s = Math.round(deps.connectWithin / 1000);
    shut(failure("timed-out", `${host} did not answer within ${s} s.`));
  });
  socket.once("connect", () => {
    cancelTimeout();
    if (open) deps.onConnected();
  });
  socket.on("error", (error) => shut(failureOfSocket(codeOf(error), host, port)));
  socket.once("end", () => shut(failure("closed", `${host} closed the connection.`)));
  socket.once("close", () => shut(failure("closed", `${host} closed the connection.`)));

  return {
    send(data) {
      if (!open) return;
      socket.write(data);
      if (socket.writableLength > mostUnsent) shut(failure("closed", `${host} takes no more of what we send.`));
    },
    close(last) {
      open = false;
      cancelTimeout();
      if (socket.closed) return Promise.resolve();
      return new Promise((resolve) => {
        const cancel = clock.wakeAt(after(clock.now(), 300), () => socket.destroy());
        socket.once("close", () => {
          cancel();
          resolve();
        });
        if (last === undefined || socket.connecting) socket.destroy();
        else {
          socket.write(last);
          socket.destroySoon();
        }
      });
    },
  };
}
