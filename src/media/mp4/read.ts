import { type Result, err } from "../../kernel/result.ts";
import type { Box, Init, ParsedFragment } from "./types.ts";

/** The boxes in `bytes[start, end)`, one level; an error as soon as a size does not fit. */
export function readBoxes(bytes: Uint8Array, start = 0, end = bytes.byteLength): Result<Box[]> {
  return err(`not built yet: ${end - start}`);
}

/** The box at `start`, or an error when its header or its body is not whole. */
export function readBox(bytes: Uint8Array, start: number, end = bytes.byteLength): Result<Box> {
  return err(`not built yet: ${end - start}`);
}

/** Reads ftyp + moov at the beginning of a file that Reed wrote. */
export function parseInit(bytes: Uint8Array): Result<Init> {
  return err(`not built yet: ${bytes.byteLength}`);
}

/**
 * Reads the moof at `start` and the header of the mdat behind it. `fileOffset` is the place of `bytes[0]` in the file.
 * The mdat's body need not be there.
 */
export function parseFragment(bytes: Uint8Array, start: number, fileOffset: number): Result<ParsedFragment> {
  return err(`not built yet: ${bytes.byteLength - start + fileOffset}`);
}
