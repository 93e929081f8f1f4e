/**
 * The grid on which motion is drawn and found: 22 × 18 cells over the whole picture, whatever its shape (the vendor's
 * grid of its PAL recorders; SDK `CFG_MOTION_INFO`). A picture is analysed in 8 × 8 pixels a cell.
 */
export const columns = 22;
export const rows = 18;
export const cells = columns * rows;
/** Pixels of a cell's side in the picture that is analysed. */
export const cellSide = 8;
export const analysedWidth = columns * cellSide;
export const analysedHeight = rows * cellSide;

/** One byte a cell, row by row from the upper left: 1 where it is so. */
export type CellMap = Uint8Array;

export const noCells = (): CellMap => new Uint8Array(cells);
export const allCells = (): CellMap => new Uint8Array(cells).fill(1);

/** Hexadecimal digits of the map, four cells each, the first cell first: 99 of them. How a map is kept and sent. */
export function hexOfCells(map: CellMap): string {
  let hex = "";
  for (let at = 0; at < cells; at += 4) {
    const bit = (offset: number): number => ((map[at + offset] ?? 0) === 0 ? 0 : 8 >> offset);
    hex += (bit(0) | bit(1) | bit(2) | bit(3)).toString(16);
  }
  return hex;
}

/** A map as `hexOfCells` writes it; undefined when it is none. */
export function cellsOfHex(hex: string): CellMap | undefined {
  if (hex.length !== cells / 4 || !/^[0-9a-f]*$/.test(hex)) return undefined;
  return Uint8Array.from({ length: cells }, (_, cell) => {
    const digit = Number.parseInt(hex.charAt(cell >> 2), 16);
    return (digit & (8 >> (cell & 3))) === 0 ? 0 : 1;
  });
}

/** How much of each cell moved, two hexadecimal digits a cell, row by row. */
export const hexOfStrength = (strength: Uint8Array): string =>
  Array.from(strength, (share) => share.toString(16).padStart(2, "0")).join("");

/** Bytes of a map with a bit a cell, the first cell the highest bit of the first byte: how a map lies on disk. */
export const packedBytes = Math.ceil(cells / 8);

export function packCells(map: CellMap): Uint8Array {
  const packed = new Uint8Array(packedBytes);
  for (let cell = 0; cell < cells; cell++)
    if ((map[cell] ?? 0) !== 0) packed[cell >> 3] = (packed[cell >> 3] ?? 0) | (128 >> (cell & 7));
  return packed;
}

/** A map as `packCells` made it; missing bytes are empty cells. */
export const unpackCells = (packed: Uint8Array): CellMap =>
  Uint8Array.from({ length: cells }, (_, cell) => (((packed[cell >> 3] ?? 0) & (128 >> (cell & 7))) === 0 ? 0 : 1));

/** How many cells the largest group has in which each touches another, also at a corner. */
export function largestGroup(map: CellMap): number {
  const seen = noCells();
  let largest = 0;
  for (let start = 0; start < cells; start++) {
    if (map[start] !== 1 || seen[start] === 1) continue;
    const open = [start];
    seen[start] = 1;
    let size = 0;
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      size++;
      for (const next of neighbours(cell)) {
        if (map[next] !== 1 || seen[next] === 1) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
    largest = Math.max(largest, size);
  }
  return largest;
}

const neighboursOf: readonly (readonly number[])[] = Array.from({ length: cells }, (_, cell) => {
  const [x, y] = [cell % columns, Math.floor(cell / columns)];
  return [-1, 0, 1].flatMap((dy) =>
    [-1, 0, 1].flatMap((dx) => {
      const inside = x + dx >= 0 && x + dx < columns && y + dy >= 0 && y + dy < rows;
      return inside && (dx !== 0 || dy !== 0) ? [cell + dy * columns + dx] : [];
    }),
  );
});

/** The cells around one, at most eight. */
export const neighbours = (cell: number): readonly number[] => neighboursOf[cell] ?? [];
