import { type Result, err } from "../../kernel/result.ts";

/** A `uuid` box (ISO 14496-12 §4.2): 16 bytes of id, then the payload. */
export function uuidBox(uuid: Uint8Array, payload: Uint8Array): Uint8Array {
  throw new Error(`not built yet: ${uuid.byteLength + payload.byteLength}`);
}

export interface UserBox {
  readonly uuid: Uint8Array;
  readonly payload: Uint8Array;
  /** First byte after the box. */
  readonly end: number;
}

/** Reads the `uuid` box at `start`; views, no copies. */
export function readUuidBox(bytes: Uint8Array, start = 0): Result<UserBox> {
  return err(`not built yet: ${bytes.byteLength - start}`);
}
