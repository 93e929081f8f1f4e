import { type Result, err, ok } from "../../kernel/result.ts";
import type { Box } from "./types.ts";

const maxBoxes = 4096;

/** The boxes in `bytes[start, end)`, one level; an error as soon as a size does not fit. */
export function readBoxes(bytes: Uint8Array, start = 0, end = bytes.byteLength): Result<Box[]> {
  const boxes: Box[] = [];
  for (let at = start; at < end;) {
    const box = readBox(bytes, at, end);
    if (!box.ok) return box;
    if (boxes.length >= maxBoxes) return err("mp4: too many boxes");
    boxes.push(box.value);
    at = box.value.end;
  }
  return ok(boxes);
}

/** The box at `start`, or an error when its header or its body is not whole. */
export function readBox(bytes: Uint8Array, start: number, end = bytes.byteLength): Result<Box> {
  const header = readBoxHeader(bytes, start, end);
  if (header.ok && header.value.end > end) return err(`mp4: ${header.value.type} at ${start} is cut off`);
  return header;
}

/** The header at `start`; the body need not be there. Sizes of 64 bits are read, "to the end of the file" is not. */
export function readBoxHeader(bytes: Uint8Array, start: number, end = bytes.byteLength): Result<Box> {
  const limit = Math.min(end, bytes.byteLength);
  if (start < 0 || start + 8 > limit) return err(`mp4: no box header at ${start}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
  const short = view.getUint32(start);
  if (short !== 1) {
    if (short < 8) return err(`mp4: box of ${short} bytes at ${start}`);
    return ok({ type, start, body: start + 8, end: start + short });
  }
  if (start + 16 > limit) return err(`mp4: no box header at ${start}`);
  const long = view.getUint32(start + 8) * 2 ** 32 + view.getUint32(start + 12);
  if (long < 16 || !Number.isSafeInteger(start + long)) return err(`mp4: box of ${long} bytes at ${start}`);
  return ok({ type, start, body: start + 16, end: start + long });
}

/** The first box of this path of types below `bytes[start, end)`; undefined when there is none or a size is wrong. */
export function findBox(bytes: Uint8Array, path: readonly string[], start: number, end: number): Box | undefined {
  const [type, ...rest] = path;
  const boxes = readBoxes(bytes, start, end);
  const box = boxes.ok ? boxes.value.find((candidate) => candidate.type === type) : undefined;
  return box === undefined || rest.length === 0 ? box : findBox(bytes, rest, box.body, box.end);
}
