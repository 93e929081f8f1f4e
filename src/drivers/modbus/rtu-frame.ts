/**
 * Modbus RTU, bytes ↔ typed; pure. Source: MODBUS over Serial Line, Specification and Implementation Guide V1.02
 * ("serial"): a frame is address, PDU, CRC (§2.5.1), and 3.5 characters of silence part two frames (§2.5.1.1).
 */
import type { Duration } from "../../kernel/time.ts";
import { encodeRequest, functionOf, type Message, type Request } from "./protocol.ts";

/** serial §6.2.2: polynomial 0xA001 (reflected 0x8005), start 0xFFFF; sent low byte first. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

/** The whole frame: 8 bytes for every request that is sent here. */
export function encodeFrame(unit: number, request: Request): Uint8Array {
  const frame = new Uint8Array(8);
  frame.set(encodeRequest(0, unit, request).subarray(6));
  const crc = crc16(frame.subarray(0, 6));
  frame[6] = crc & 0xff;
  frame[7] = crc >> 8;
  return frame;
}

export type TakenFrame =
  | { readonly kind: "more" }
  | { readonly kind: "frame"; readonly message: Message }
  | { readonly kind: "bad"; readonly reason: string };

/**
 * The reply to `request` in what came since it was sent. A frame has no length field: how long it is follows from its
 * function. Noise around it, as lines without bias have it while a sender is switched on or off, is skipped, and so is
 * the echo of a request that some adapters hear themselves send. `bad`: its check sum is wrong. Never throws.
 */
export function takeFrame(received: Uint8Array, unit: number, request: Request): TakenFrame {
  const bytes = withoutEcho(received, unit, request);
  let damaged = false;
  for (let from = 0; from < bytes.length; from++) {
    if (bytes[from] !== unit) continue;
    const rest = bytes.subarray(from);
    const length = lengthOf(rest, request);
    if (length === "wrong") continue;
    if (length === undefined || rest.length < length) return { kind: "more" };
    const crc = (rest[length - 2] ?? 0) | ((rest[length - 1] ?? 0) << 8);
    if (crc16(rest.subarray(0, length - 2)) === crc) {
      return { kind: "frame", message: { transaction: 0, unit, pdu: rest.subarray(1, length - 2) } };
    }
    damaged = true;
  }
  return damaged ? { kind: "bad", reason: "the check sum of its answer is wrong" } : { kind: "more" };
}

/** The reply to a written coil is its echo, so only those of reads can be told apart. */
function withoutEcho(bytes: Uint8Array, unit: number, request: Request): Uint8Array {
  if (request.kind !== "read") return bytes;
  const sent = encodeFrame(unit, request);
  return bytes.length >= sent.length && sent.every((byte, index) => bytes[index] === byte)
    ? bytes.subarray(sent.length)
    : bytes;
}

/** With address and CRC; undefined while the byte that says it is missing. */
function lengthOf([, code, count]: Uint8Array, request: Request): number | "wrong" | undefined {
  const wanted = functionOf(request);
  if (code === undefined) return undefined;
  if (code === (wanted | 0x80)) return 5;
  if (code !== wanted) return "wrong";
  if (request.kind === "write-coil") return 8;
  return count === undefined ? undefined : count + 5;
}

/** The longest reply that a request can have, with address and CRC. */
export function replyLength(request: Request): number {
  if (request.kind === "write-coil") return 8;
  const bits = request.area === "coil" || request.area === "discrete-input";
  return 5 + (bits ? Math.ceil(request.count / 8) : request.count * 2);
}

/** Milliseconds that bytes take on the line. A character is 11 bits: start, 8, parity or second stop, stop (serial §2.5.1). */
export const wireMs = (bytes: number, baudRate: number): Duration => (bytes * 11 * 1000) / baudRate;

/** Milliseconds of silence before a frame: 3.5 characters, 1.75 ms above 19 200 bit/s (serial §2.5.1.1). */
export const silenceMs = (baudRate: number): Duration => (baudRate > 19_200 ? 1.75 : wireMs(3.5, baudRate));
