import { readBoxes } from "../media/mp4/read.ts";
import type { Box } from "../media/mp4/types.ts";

const containers = new Set(["moov", "trak", "mdia", "minf", "dinf", "stbl", "mvex", "moof", "traf"]);
/** Bytes of a box's own fields before the boxes inside it. */
const fieldsBefore: Readonly<Record<string, number>> = {
  stsd: 8,
  dref: 8,
  avc1: 78,
  hvc1: 78,
  mp4a: 28,
  alaw: 28,
  ulaw: 28,
};

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("hex")
    .replace(/(.{8})(?=.)/g, "$1 ");

/** Boxes as indented text: type, size, then the fields as hex, boxes inside below. */
export function dumpBoxes(bytes: Uint8Array, start = 0, end = bytes.length, indent = ""): string {
  const boxes = readBoxes(bytes, start, end);
  if (!boxes.ok) return `${indent}!! ${boxes.error}\n`;
  return boxes.value.map((box) => dumpBox(bytes, box, indent)).join("");
}

function dumpBox(bytes: Uint8Array, { type, start, body, end }: Box, indent: string): string {
  const fields = containers.has(type) ? 0 : (fieldsBefore[type] ?? end - body);
  const line = `${indent}${type} ${end - start}${fields > 0 ? `: ${hex(bytes.subarray(body, body + fields))}` : ""}\n`;
  return body + fields < end ? line + dumpBoxes(bytes, body + fields, end, `${indent}  `) : line;
}
