import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import type { ModbusTcpSettings } from "../../domain/site-config.ts";

/** A reply: PDU bytes, `undefined` for silence, or whole message bytes to send as they are. */
export type Scripted = { readonly pdu: readonly number[] } | { readonly raw: Uint8Array } | undefined;

/** What one request asked, as a board sees it. */
export interface Asked {
  readonly transaction: number;
  readonly unit: number;
  readonly code: number;
  readonly address: number;
  /** Count of a read, value of a write. */
  readonly value: number;
}

/** A board on a free loopback port that answers as a test's script says. */
export interface ScriptedBoard extends AsyncDisposable {
  readonly port: number;
  readonly asked: Asked[];
}

/** Starts a board whose every reply comes from `answer`. Requests are expected whole, as our client sends them. */
export async function scriptedBoard(answer: (asked: Asked) => Scripted): Promise<ScriptedBoard> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (bytes: Buffer) => {
      for (let at = 0; at + 12 <= bytes.length; at += 12) {
        const request = readRequest(bytes.subarray(at));
        asked.push(request);
        const reply = answer(request);
        if (reply !== undefined) socket.write("raw" in reply ? reply.raw : messageOf(request, reply.pdu));
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const readRequest = (bytes: Buffer): Asked => ({
  transaction: bytes.readUInt16BE(0),
  unit: bytes.readUInt8(6),
  code: bytes.readUInt8(7),
  address: bytes.readUInt16BE(8),
  value: bytes.readUInt16BE(10),
});

function messageOf({ transaction, unit }: Asked, pdu: readonly number[]): Buffer {
  const header = Buffer.alloc(7);
  header.writeUInt16BE(transaction, 0);
  header.writeUInt16BE(pdu.length + 1, 4);
  header.writeUInt8(unit, 6);
  return Buffer.concat([header, Buffer.from(pdu)]);
}

/** Every bit and register 0, every write accepted. */
export function zeroes({ code, address, value }: Asked): Scripted {
  if (code === 5) return { pdu: [5, address >> 8, address & 255, value >> 8, value & 255] };
  const size = code <= 2 ? Math.ceil(value / 8) : value * 2;
  return { pdu: [code, size, ...new Array<number>(size).fill(0)] };
}

/** Two discrete inputs (closed when 1) and one coil, polled every 10 ms. */
export const settingsFor = (port: number, more: Partial<ModbusTcpSettings> = {}): ModbusTcpSettings => ({
  kind: "modbus-tcp",
  host: "127.0.0.1",
  port,
  unit: 1,
  pollMs: 10,
  inputs: [
    { point: 1, area: "discrete-input", address: 0, closedWhen: 1 },
    { point: 2, area: "discrete-input", address: 1, closedWhen: 1 },
  ],
  outputs: [{ point: 1, address: 0, onWhen: 1 }],
  ...more,
});
