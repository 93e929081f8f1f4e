import type { Socket } from "node:net";
import type { Ring } from "../../media/ring.ts";
import type { AccessUnit } from "../../media/types.ts";
import type { Subscribe } from "../../messages/media.ts";
import { listenSocket } from "../../platform/lines.ts";
import type { Hub } from "../hub/hub.ts";
import type { ServeProbe } from "../probe/serve-probe.ts";
import { readFirstLine } from "./first-line.ts";
import { createReaderQueue, once, type FrameSink, type ReaderQueue } from "./reader-queue.ts";

/** A channel as its live readers see it. */
export interface LiveChannel {
  readonly hub: Hub;
  readonly ring: Ring;
  /** Somebody watches, or nobody does any more. */
  watched(watching: boolean): void;
  readonly state: { readonly state: string; readonly reason: string };
}

/** What a reader gets who asked for a stream of a channel. */
export interface Served {
  readonly stream: "main" | "sub";
  readonly live: LiveChannel;
  /** Why it is not the stream that was asked for; empty when it is. */
  readonly reason: string;
}

export interface MediaSocket extends AsyncDisposable {
  /** Bytes that readers have not taken. */
  readonly queuedBytes: number;
  /** Makes readers with a queue skip to their next GOP, and lets go of who took nothing since; true if there were any. */
  shed(): boolean;
  /** The stream went down or came back. */
  stateChanged(channel: number, state: string, reason: string, stream?: "main" | "sub"): void;
  /** The sub stream does not play: its readers are told why, let go, and come again for the main one. */
  handOver(channel: number, reason: string): void;
  /** The channel is another one now, or gone: its readers are let go and come again. */
  channelGone(channel: number): void;
}

/** Most bytes that wait for one reader. */
const mostQueued = 4 * 1024 * 1024;

interface Reader {
  readonly channel: number;
  readonly stream: "main" | "sub";
  readonly queue: ReaderQueue;
  readonly socket: Socket;
  /** Bytes that it had taken when it was told to skip. */
  takenAtShed: number | undefined;
}

/** Serves messages/media.ts on a Unix socket that only this user may open. */
export async function listenMedia(
  path: string,
  serverOf: (channel: number, stream: "main" | "sub") => Served | undefined,
  serveProbe: ServeProbe = (socket) => socket.destroy(),
): Promise<MediaSocket> {
  const readers = new Set<Reader>();
  const sockets = new Set<Socket>();
  /** One head a unit for all readers of a channel. */
  let latest: { unit: AccessUnit; head: () => Buffer } | undefined;
  const headOf = (unit: AccessUnit): (() => Buffer) => {
    if (latest?.unit !== unit) latest = { unit, head: once(unit) };
    return latest.head;
  };

  const serve = (socket: Socket, subscribe: Subscribe): void => {
    const served = serverOf(subscribe.channel, subscribe.stream);
    if (served === undefined) {
      socket.destroy();
      return;
    }
    const { live, stream, reason } = served;
    const { channel } = subscribe;
    const sink = sinkOver(socket);
    const queue = createReaderQueue(subscribe, sink, mostQueued);
    const reader: Reader = { channel, stream, queue, socket, takenAtShed: undefined };
    readers.add(reader);
    if (subscribe.stream === "sub") queue.stream({ stream, reason });
    queue.state(live.state.state, live.state.reason);
    if (subscribe.from === "ring-gop") {
      for (let index = live.ring.newestKey ?? live.ring.end; index < live.ring.end; index++) {
        const unit = live.ring.at(index);
        if (unit !== undefined) queue.unit(unit, once(unit));
      }
    }
    const stop = live.hub.read((unit) => queue.unit(unit, headOf(unit)), subscribe.listen);
    live.watched(true);
    socket.on("close", () => {
      stop();
      readers.delete(reader);
      if (![...readers].some((other) => other.channel === channel && other.stream === stream)) live.watched(false);
    });
  };
  const server = await listenSocket(path, (socket) => {
    sockets.add(socket);
    // "close" follows, and the reader is forgotten there
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    readFirstLine(socket, (wanted) => {
      if (wanted.kind === "subscribe") serve(socket, wanted.subscribe);
      else serveProbe(socket, wanted.probe);
    });
  });
  return {
    get queuedBytes() {
      let sum = 0;
      for (const reader of readers) sum += reader.socket.writableLength;
      return sum;
    },
    shed() {
      const slow = [...readers].filter((reader) => reader.socket.writableLength > 0);
      for (const reader of slow) {
        const taken = reader.socket.bytesWritten - reader.socket.writableLength;
        // told before, and took nothing since: no recording is given up for what waits for it
        if (reader.takenAtShed !== undefined && taken <= reader.takenAtShed) reader.socket.destroy();
        reader.takenAtShed = taken;
        reader.queue.shed("the recorder needs the memory");
      }
      return slow.length > 0;
    },
    stateChanged(channel, state, reason, stream = "main") {
      for (const reader of readers)
        if (reader.channel === channel && reader.stream === stream) reader.queue.state(state, reason);
    },
    handOver(channel, reason) {
      for (const reader of readers) {
        if (reader.channel !== channel || reader.stream !== "sub") continue;
        reader.queue.stream({ stream: "main", reason });
        reader.socket.destroySoon();
      }
    },
    channelGone(channel) {
      for (const reader of readers) if (reader.channel === channel) reader.socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Units go out of the block that the ring holds, too: a copy of each would be memory outside V8's heap that comes and
 * goes hundreds of times a second, and a full collection every second or two.
 */
const sinkOver = (socket: Socket): FrameSink => ({
  write(frame) {
    if (!socket.destroyed) socket.write(frame);
  },
  writeUnit(head, unit) {
    if (socket.destroyed) return;
    const { block } = unit;
    block.retain();
    socket.cork();
    socket.write(head);
    // called once, also when the reader went away before it took the bytes
    socket.write(unit.data, () => block.release());
    socket.uncork();
  },
  get queued() {
    return socket.writableLength;
  },
});
