import type { Socket } from "node:net";

/**
 * How bytes arrive at the client:
 * `burst`: an access unit in one write. `link100`: as over a 100 Mbit/s camera link, 12.5 kB a millisecond.
 * `packet`: a write for each RTP packet. `odd`: pieces of 1 byte to 40 kB, cut and joined anywhere.
 */
export type Shape = "burst" | "link100" | "packet" | "odd";

const linkBytesPerMicro = 12.5;
const linkSlice = 12_500;
/** A late wake-up makes up for at most this many slices. */
const mostSlices = 4;

/** Buffers that come back once the kernel took their bytes. */
export interface BufferPool {
  take(size: number): Buffer;
  give(buffer: Buffer): void;
}

export function bufferPool(mostKept = 64): BufferPool {
  const free = new Map<number, Buffer[]>();
  return {
    take(size) {
      const capacity = Math.max(4096, 1 << (32 - Math.clz32(size - 1)));
      return free.get(capacity)?.pop() ?? Buffer.allocUnsafeSlow(capacity);
    },
    give(buffer) {
      const kept = free.get(buffer.length);
      if (kept === undefined) free.set(buffer.length, [buffer]);
      else if (kept.length < mostKept) kept.push(buffer);
    },
  };
}

interface Piece {
  readonly buffer: Buffer;
  readonly length: number;
  at: number;
}

/** The way out to one client: everything it gets goes through here, in order, by the camera's shape. */
export interface Delivery {
  /** Takes the buffer over. */
  queue(buffer: Buffer, length: number): void;
  /** Writes what the shape allows at this time; tells whether more could be written a millisecond later. */
  pump(nowMicros: number): boolean;
  /** Bytes that the kernel has not taken yet. */
  readonly pending: number;
}

export interface DeliveryDeps {
  readonly socket: Socket;
  readonly shape: Shape;
  readonly pool: BufferPool;
  /** Called when there is something to pump. */
  readonly onQueued: () => void;
  /** 0 ≤ x < 1; used by `odd`. */
  readonly random: () => number;
}

export function startDelivery({ socket, shape, pool, onQueued, random }: DeliveryDeps): Delivery {
  const pieces: Piece[] = [];
  let queued = 0;
  /** Undefined while nothing waits: time in which a link had nothing to send can't be made up for. */
  let lastPump: number | undefined;

  /** The kernel takes bytes within `write` or not at all; then nothing more is written until it did. */
  const full = () => socket.writableLength > 0 || socket.destroyed;
  const put = (piece: Piece, size: number) => {
    const to = Math.min(piece.length, piece.at + size);
    socket.write(piece.buffer.subarray(piece.at, to));
    queued -= to - piece.at;
    piece.at = to;
  };
  const dropDone = () => {
    while (pieces[0] !== undefined && pieces[0].at === pieces[0].length && !full()) {
      pool.give(pieces[0].buffer);
      pieces.shift();
    }
  };
  const packetSize = (piece: Piece) =>
    piece.buffer[piece.at] === 0x24 ? 4 + piece.buffer.readUInt16BE(piece.at + 2) : piece.length - piece.at;
  const oddSize = () => {
    const kind = random();
    return Math.ceil(random() * (kind < 0.3 ? 20 : kind < 0.7 ? 1600 : 40_000));
  };
  const putOdd = () => {
    const size = oddSize();
    const joined: Buffer[] = [];
    let length = 0;
    for (const piece of pieces) {
      const part = piece.buffer.subarray(piece.at, Math.min(piece.length, piece.at + size - length));
      joined.push(Buffer.from(part));
      piece.at += part.length;
      length += part.length;
      if (length === size) break;
    }
    queued -= length;
    if (length > 0) socket.write(joined.length === 1 && joined[0] !== undefined ? joined[0] : Buffer.concat(joined));
  };
  const writeAll = (size: (piece: Piece) => number, most = Infinity) => {
    for (let writes = 0; writes < most && !full(); writes++) {
      dropDone();
      const piece = pieces[0];
      if (piece === undefined) return;
      put(piece, size(piece));
    }
  };
  return {
    queue(buffer, length) {
      pieces.push({ buffer, length, at: 0 });
      queued += length;
      onQueued();
    },
    pump(nowMicros) {
      dropDone();
      const since = nowMicros - (lastPump ?? nowMicros);
      lastPump = nowMicros;
      if (shape === "burst") writeAll((piece) => piece.length);
      else if (shape === "packet") writeAll(packetSize);
      else if (shape === "odd") {
        if (!full() && queued > 0) putOdd();
      } else
        writeAll(
          () => linkSlice,
          Math.min(mostSlices, Math.max(1, Math.floor((since * linkBytesPerMicro) / linkSlice))),
        );
      dropDone();
      if (queued === 0) lastPump = undefined;
      return queued > 0 && !full();
    },
    get pending() {
      return queued + socket.writableLength;
    },
  };
}
