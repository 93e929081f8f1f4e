import { type Result, err, ok } from "../../kernel/result.ts";
import { boxWriter } from "./boxes.ts";
import { readBox } from "./read-boxes.ts";

const uuidBytes = 16;

/** A `uuid` box (ISO 14496-12 §4.2): 16 bytes of id, then the payload. */
export function uuidBox(uuid: Uint8Array, payload: Uint8Array): Uint8Array {
  if (uuid.byteLength !== uuidBytes) throw new Error(`a uuid of ${uuid.byteLength} bytes`);
  const writer = boxWriter(8 + uuidBytes + payload.byteLength);
  writer.box("uuid", () => {
    writer.bytes(uuid);
    writer.bytes(payload);
  });
  return writer.written();
}

export interface UserBox {
  readonly uuid: Uint8Array;
  readonly payload: Uint8Array;
  /** First byte after the box. */
  readonly end: number;
}

/** Reads the `uuid` box at `start`; views, no copies. */
export function readUuidBox(bytes: Uint8Array, start = 0): Result<UserBox> {
  const box = readBox(bytes, start);
  if (!box.ok) return box;
  const { type, body, end } = box.value;
  if (type !== "uuid" || end - body < uuidBytes) return err("not a uuid box");
  return ok({ uuid: bytes.subarray(body, body + uuidBytes), payload: bytes.subarray(body + uuidBytes, end), end });
}
