/** People in `vtest.avi`, labelled by hand (`walks.json` says how): where each of them stands at any time. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cells, columns, hexOfCells, type CellMap } from "../../../src/domain/detection/motion-grid.ts";

/** Pixels of the film. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** left, top, right, bottom */
export type Frame = readonly [number, number, number, number];

export interface Walk {
  readonly who: string;
  readonly from: number;
  readonly to: number;
  /** Where the feet are after so many seconds of the film; undefined while nobody can see them. */
  at(second: number): Spot | undefined;
}

interface Labels {
  readonly package: string;
  readonly file: string;
  readonly picture: { readonly width: number; readonly height: number; readonly fps: number; readonly seconds: number };
  /** column, row, columns, rows of the grid */
  readonly regions: Readonly<Record<string, Frame>>;
  /** second, x, y, second, x, y, … */
  readonly tracks: Readonly<Record<string, readonly number[]>>;
}

const labels = JSON.parse(readFileSync(join(import.meta.dirname, "walks.json"), "utf8")) as Labels;
export const { picture: film } = labels;

/** Straight from one labelled place to the next. */
function walkOf(who: string, flat: readonly number[]): Walk {
  const points = Array.from({ length: flat.length / 3 }, (_, n) => ({
    t: flat[3 * n] ?? 0,
    x: flat[3 * n + 1] ?? 0,
    y: flat[3 * n + 2] ?? 0,
  }));
  return {
    who,
    from: points[0]?.t ?? 0,
    to: points.at(-1)?.t ?? 0,
    at(second) {
      const next = points.findIndex(({ t }) => t >= second);
      const [a, b] = [points[Math.max(0, next - 1)], points[next]];
      if (a === undefined || b === undefined || second < a.t) return undefined;
      const part = b.t === a.t ? 0 : (second - a.t) / (b.t - a.t);
      return { x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y) };
    },
  };
}

export const walks: readonly Walk[] = Object.entries(labels.tracks).map(([who, flat]) => walkOf(who, flat));

/** Everybody is as tall as the labels say that people are there. */
export function frameOf({ x, y }: Spot): Frame {
  const height = 10 + 0.25 * y;
  return [x - height / 6, y - height, x + height / 6, y];
}

/** Feet move by so many pixels a second, on a mean of one second. */
export function speedOf(walk: Walk, second: number): number {
  const [a, b] = [walk.at(Math.max(walk.from, second - 0.5)), walk.at(Math.min(walk.to, second + 0.5))];
  return a === undefined || b === undefined ? 0 : Math.hypot(b.x - a.x, b.y - a.y);
}

export interface Region {
  readonly name: string;
  readonly frame: Frame;
  readonly cells: string;
  /** The same in pixels of the whole picture, for others' masks. */
  readonly mask: CellMap;
}

/** The four regions of motion. */
export const regions: readonly Region[] = Object.entries(labels.regions).map(([name, [column, row, wide, high]]) => {
  const mask = Uint8Array.from({ length: cells }, (_, cell) => {
    const [x, y] = [cell % columns, Math.floor(cell / columns)];
    return x >= column && x < column + wide && y >= row && y < row + high ? 1 : 0;
  });
  const [w, h] = [film.width / columns, film.height / (cells / columns)];
  return {
    name,
    mask,
    cells: hexOfCells(mask),
    frame: [column * w, row * h, (column + wide) * w, (row + high) * h],
  };
});
