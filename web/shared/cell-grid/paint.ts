/** Painting cells of the 22 × 18 grid over a picture. Pure; places are parts of the picture's width and height, 0–1. */
import { cells, columns, noCells, rows, type CellMap } from "../../../src/domain/detection/motion-grid.ts";

/** `cells`: what the pointer passes over; `rectangle`: all between where it was pressed and where it is. */
export type Brush = "cells" | "rectangle";

/** The pointer is down (or Shift is held): what it began on decides whether it paints or erases. */
export interface Stroke {
  readonly brush: Brush;
  readonly paints: boolean;
  readonly first: number;
  readonly last: number;
  /** Before it began. */
  readonly before: CellMap;
  readonly now: CellMap;
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, Math.floor(value)));

/** The cell at a place; beside the picture the nearest one. */
export const cellAt = (x: number, y: number): number =>
  clamp(y * rows, rows - 1) * columns + clamp(x * columns, columns - 1);

export const placeOf = (cell: number): { readonly x: number; readonly y: number } => ({
  x: cell % columns,
  y: Math.floor(cell / columns),
});

/** Cells on the straight way between two, both among them: a fast pointer leaves none out (Bresenham 1965). */
export function cellsBetween(from: number, to: number): number[] {
  const [a, b] = [placeOf(from), placeOf(to)];
  const [width, height] = [Math.abs(b.x - a.x), -Math.abs(b.y - a.y)];
  const [right, down] = [a.x < b.x ? 1 : -1, a.y < b.y ? 1 : -1];
  const passed: number[] = [];
  let [x, y, error] = [a.x, a.y, width + height];
  for (;;) {
    passed.push(y * columns + x);
    if (x === b.x && y === b.y) return passed;
    const twice = 2 * error;
    if (twice >= height) {
      error += height;
      x += right;
    }
    if (twice <= width) {
      error += width;
      y += down;
    }
  }
}

/** All cells of the rectangle that has these two in opposite corners. */
export function cellsOfRectangle(one: number, other: number): number[] {
  const [a, b] = [placeOf(one), placeOf(other)];
  const found: number[] = [];
  for (let y = Math.min(a.y, b.y); y <= Math.max(a.y, b.y); y++)
    for (let x = Math.min(a.x, b.x); x <= Math.max(a.x, b.x); x++) found.push(y * columns + x);
  return found;
}

export function painted(map: CellMap, at: readonly number[], value: boolean): CellMap {
  const next = map.slice();
  for (const cell of at) next[cell] = value ? 1 : 0;
  return next;
}

/** Pressed on a cell: on one that is painted it erases, elsewhere it paints. */
export function beginStroke(map: CellMap, cell: number, brush: Brush): Stroke {
  const paints = map[cell] !== 1;
  return { brush, paints, first: cell, last: cell, before: map, now: painted(map, [cell], paints) };
}

export function goOn(stroke: Stroke, cell: number): Stroke {
  const { brush, before, first, last, now, paints } = stroke;
  const next =
    brush === "rectangle"
      ? painted(before, cellsOfRectangle(first, cell), paints)
      : painted(now, cellsBetween(last, cell), paints);
  return { ...stroke, last: cell, now: next };
}

export const inverted = (map: CellMap): CellMap => map.map((cell) => (cell === 1 ? 0 : 1));

export const countOf = (map: CellMap): number => map.reduce((sum, cell) => sum + cell, 0);

/** Where an arrow key leads, at the border nowhere. */
export function stepCell(cell: number, key: string): number | undefined {
  const { x, y } = placeOf(cell);
  const to: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [x - 1, y],
    ArrowRight: [x + 1, y],
    ArrowUp: [x, y - 1],
    ArrowDown: [x, y + 1],
    Home: [0, y],
    End: [columns - 1, y],
    PageUp: [x, 0],
    PageDown: [x, rows - 1],
  };
  const [nextX, nextY] = to[key] ?? [-1, -1];
  if (nextX < 0 || nextX >= columns || nextY < 0 || nextY >= rows) return undefined;
  return nextY * columns + nextX;
}

/** The cells as one SVG path in units of cells, a rectangle for each run of a row. */
export function pathOf(map: CellMap): string {
  let path = "";
  for (let start = 0; start < cells; start++) {
    if (map[start] !== 1) continue;
    let end = start;
    while ((end + 1) % columns !== 0 && map[end + 1] === 1) end++;
    const { x, y } = placeOf(start);
    path += `M${x} ${y}h${end - start + 1}v1h${start - end - 1}z`;
    start = end;
  }
  return path;
}

/** The border around the cells, as an SVG path in units of cells. */
export function borderOf(map: CellMap): string {
  const isIn = (x: number, y: number): boolean => x >= 0 && x < columns && map[y * columns + x] === 1;
  let path = "";
  for (let y = 0; y <= rows; y++)
    for (let x = 0; x <= columns; x++) {
      if (x < columns && isIn(x, y) !== isIn(x, y - 1)) path += `M${x} ${y}h1`;
      if (y < rows && isIn(x, y) !== isIn(x - 1, y)) path += `M${x} ${y}v1`;
    }
  return path;
}

/** Strength of each cell, 0–1, from two hexadecimal digits a cell; nothing moves in what can't be read. */
export function strengthsOf(hex: string): readonly number[] {
  if (hex.length !== cells * 2) return Array.from(noCells());
  return Array.from({ length: cells }, (_, cell) => {
    const value = Number.parseInt(hex.slice(cell * 2, cell * 2 + 2), 16);
    return Number.isNaN(value) ? 0 : value / 255;
  });
}
