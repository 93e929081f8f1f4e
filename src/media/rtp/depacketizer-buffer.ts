import type { Block, BlockPool } from "../types.ts";

/** No access unit is larger than this; a stream that says otherwise is damaged or hostile. */
export const maxUnitBytes = 8 * 1024 * 1024;

/**
 * Where the bytes of the unit in progress lie: behind one another in the stream's current block, so that a unit is one
 * view. The buffer owns one reference to its block; every unit that is taken owns one more.
 */
export interface UnitBuffer {
  /** Begins a NAL unit: leaves 4 bytes for its length. */
  openNal(): void;
  /** Writes the length of the NAL unit in progress. */
  closeNal(): void;
  /** Takes the last opened NAL unit back. */
  dropNal(): void;
  /** Copies `source[start, end)` behind what is there; false when the unit would become too large. */
  append(source: Uint8Array, start: number, end: number): boolean;
  /** Copies one byte. */
  appendByte(byte: number): boolean;
  /** The last opened NAL unit as it lies in the block; valid until the next append. */
  nal(): Uint8Array;
  /** Bytes of the unit so far. */
  readonly length: number;
  /** Ends the unit: its bytes, and one reference to their block for the caller. */
  take(): { data: Uint8Array; block: Block };
  /** Forgets the unit. */
  discard(): void;
  /** Gives the block back; nothing may follow. */
  close(): void;
}

const lengthBytes = 4;
/** Room asked for at the start of a unit, so that small units do not begin at the very end of a block. */
const leastRoom = 2048;

export function createUnitBuffer(pool: BlockPool): UnitBuffer {
  let block: Block | undefined;
  let bytes: Uint8Array = new Uint8Array(0);
  let unit = 0;
  let nal = 0;
  let used = 0;

  /** Moves the unit in progress to a block with room for `more` bytes. */
  const grow = (more: number): void => {
    const length = used - unit;
    const need = length + more + leastRoom;
    // A unit that fills a whole block alone doubles its room, so that it is not copied for every packet.
    const next = pool.take(need > bytes.byteLength ? need + length : need);
    next.bytes.set(bytes.subarray(unit, used));
    block?.release();
    block = next;
    bytes = next.bytes;
    nal -= unit;
    unit = 0;
    used = length;
  };
  const room = (more: number): boolean => {
    if (used - unit + more > maxUnitBytes) return false;
    if (used + more > bytes.byteLength) grow(more);
    return true;
  };

  return {
    openNal() {
      if (used + lengthBytes > bytes.byteLength) grow(lengthBytes);
      nal = used;
      used += lengthBytes;
    },
    closeNal() {
      const length = used - nal - lengthBytes;
      bytes[nal] = length >>> 24;
      bytes[nal + 1] = length >>> 16;
      bytes[nal + 2] = length >>> 8;
      bytes[nal + 3] = length;
    },
    dropNal() {
      used = nal;
    },
    append(source, start, end) {
      if (!room(end - start)) return false;
      bytes.set(source.subarray(start, end), used);
      used += end - start;
      return true;
    },
    appendByte(byte) {
      if (!room(1)) return false;
      bytes[used++] = byte;
      return true;
    },
    nal: () => bytes.subarray(nal + lengthBytes, used),
    get length() {
      return used - unit;
    },
    take() {
      if (block === undefined) throw new Error("unit buffer: an empty unit was taken");
      block.retain();
      const data = bytes.subarray(unit, used);
      unit = nal = used;
      return { data, block };
    },
    discard() {
      used = nal = unit;
    },
    close() {
      block?.release();
      block = undefined;
      bytes = new Uint8Array(0);
      unit = nal = used = 0;
    },
  };
}
