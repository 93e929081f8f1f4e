/**
 * Modbus/TCP, bytes ↔ typed; pure. Sources: MODBUS Application Protocol V1.1b3 ("app") and MODBUS Messaging on TCP/IP
 * Implementation Guide V1.0b ("tcp"). Only what a board of contacts and relays needs: functions 1–5.
 */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { ModbusArea } from "../../domain/site-config.ts";
import { rangeText, addressText } from "./addresses.ts";

/** `count` bits or registers from the 0-based `address` on. */
export interface ReadRequest {
  readonly kind: "read";
  readonly area: ModbusArea;
  readonly address: number;
  readonly count: number;
}
export interface WriteCoilRequest {
  readonly kind: "write-coil";
  readonly address: number;
  readonly on: boolean;
  /** A timed coil takes a duration in its own units instead of on and off (`timedCoil` in `quirks.ts`). */
  readonly units?: number;
}
export type Request = ReadRequest | WriteCoilRequest;

/** app §6.1–6.5 */
const readFunctions: Record<ModbusArea, number> = {
  coil: 1,
  "discrete-input": 2,
  "holding-bit": 3,
  "input-bit": 4,
};
const writeCoilFunction = 5;
const isBits = (area: ModbusArea): boolean => area === "coil" || area === "discrete-input";
export const functionOf = (request: Request): number =>
  request.kind === "read" ? readFunctions[request.area] : writeCoilFunction;

/** The whole message with its MBAP header (tcp §3.1.3): 12 bytes for every request that is sent here. */
export function encodeRequest(transaction: number, unit: number, request: Request): Uint8Array {
  const bytes = new Uint8Array(12);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, transaction);
  view.setUint16(4, 6);
  view.setUint8(6, unit);
  view.setUint8(7, functionOf(request));
  view.setUint16(8, request.address);
  view.setUint16(10, valueOf(request));
  return bytes;
}

const valueOf = (request: Request): number =>
  request.kind === "read" ? request.count : (request.units ?? (request.on ? 0xff00 : 0));

export interface Message {
  readonly transaction: number;
  readonly unit: number;
  /** Function code and data; a view into the bytes that were given. */
  readonly pdu: Uint8Array;
}

export type Taken =
  | { readonly kind: "more" }
  | { readonly kind: "message"; readonly message: Message; readonly length: number }
  | { readonly kind: "bad"; readonly reason: string };

/** Longest PDU (app §4.1), plus the unit byte that the length field counts too. */
const longestLength = 254;

/** The first message of the bytes. Never throws; `more` when it is not whole yet. */
export function takeMessage(bytes: Uint8Array): Taken {
  if (bytes.length < 7) return { kind: "more" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const protocol = view.getUint16(2);
  const length = view.getUint16(4);
  if (protocol !== 0) return { kind: "bad", reason: `protocol number ${protocol} instead of 0: this is no Modbus TCP` };
  if (length < 3 || length > longestLength) return { kind: "bad", reason: `a message of ${length} bytes is no Modbus` };
  if (bytes.length < 6 + length) return { kind: "more" };
  const message = { transaction: view.getUint16(0), unit: view.getUint8(6), pdu: bytes.subarray(7, 6 + length) };
  return { kind: "message", message, length: 6 + length };
}

/** The board's own refusal (app §7), as opposed to bytes that make no sense. */
export interface Exception {
  readonly code: number;
  readonly text: string;
}

export type Answer =
  | { readonly kind: "values"; readonly values: readonly number[] }
  | { readonly kind: "written" }
  | { readonly kind: "exception"; readonly exception: Exception };

/**
 * What a reply says to a request: bits as 0/1 or registers as 0–65535, exactly as many as were asked for. An error is
 * a sentence about a board that does not speak as it should. Never throws.
 */
export function decodeAnswer(unit: number, request: Request, message: Message): Result<Answer> {
  const { pdu } = message;
  const wanted = functionOf(request);
  if (message.unit !== unit) return err(`the board answered as unit ${message.unit}, unit ${unit} was asked`);
  if (pdu[0] === (wanted | 0x80)) return ok(exceptionAnswer(unit, request, pdu[1] ?? 0));
  if (pdu[0] !== wanted) return err(`the board answered function ${pdu[0] ?? "?"} to function ${wanted}`);
  return request.kind === "read" ? decodeValues(request, pdu) : decodeWritten(request, pdu);
}

function decodeValues(request: ReadRequest, pdu: Uint8Array): Result<Answer> {
  const { area, count } = request;
  const size = isBits(area) ? Math.ceil(count / 8) : count * 2;
  if (pdu[1] !== size || pdu.length !== 2 + size) {
    return err(`the board sent ${pdu.length - 2} bytes (announced: ${pdu[1] ?? 0}) where ${size} were due`);
  }
  const data = pdu.subarray(2);
  const value = isBits(area)
    ? (index: number) => ((data[index >> 3] ?? 0) >> (index & 7)) & 1
    : (index: number) => ((data[index * 2] ?? 0) << 8) | (data[index * 2 + 1] ?? 0);
  return ok({ kind: "values", values: Array.from({ length: count }, (_, index) => value(index)) });
}

/** app §6.5: the reply repeats the request. */
function decodeWritten(request: WriteCoilRequest, pdu: Uint8Array): Result<Answer> {
  const asSent = encodeRequest(0, 0, request).subarray(7);
  const same = pdu.length === asSent.length && asSent.every((byte, index) => pdu[index] === byte);
  return same ? ok({ kind: "written" }) : err(`the board repeated the command for coil ${request.address} wrongly`);
}

/** app §7 */
const exceptionTexts: Record<number, string> = {
  1: "the board does not know this function",
  2: "the board has no such address",
  3: "the board does not take this value or count",
  4: "the board reports an internal failure",
  5: "the board is still busy with an earlier command",
  6: "the board is busy",
  8: "the board reports a memory error",
  10: "the gateway has no path to this unit",
  11: "the unit behind the gateway does not answer; is the unit number right?",
};

/** `discrete input 3 (1-based: 10004)` */
export const requestText = (request: Request): string =>
  request.kind === "read"
    ? rangeText(request.area, request.address, request.count)
    : addressText("coil", request.address);

function exceptionAnswer(unit: number, request: Request, code: number): Answer {
  const verb = request.kind === "read" ? "reading" : "switching";
  const why = exceptionTexts[code] ?? "an answer without a standard meaning";
  const text = `${verb} ${requestText(request)} of unit ${unit}: ${why} (Modbus exception ${code})`;
  return { kind: "exception", exception: { code, text } };
}
