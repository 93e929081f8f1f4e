/**
 * Where to look for objects: around what moves and where somebody is followed, as square parts of the picture, so that
 * something far away fills more of the model's input than it would of the whole picture. Pure.
 */
import { columns, neighbours, rows, type CellMap } from "./motion-grid.ts";
import type { ObjectBox } from "./objects.ts";

/** Pixels of the picture. */
export interface CropRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface CropPlan {
  readonly width: number;
  readonly height: number;
  /** Pixels that a side of the model's input has; a crop is never smaller, for it would only be blown up. */
  readonly modelSide: number;
  /** Crops a picture has at most; each costs one run of the model. */
  readonly most: number;
}

/** What is added around what moves, parts of its longer side: the grid is coarse, and feet move less than heads. */
const margin = 0.25;
/** When crops cover this much of the picture, one look at the whole of it is cheaper. */
const wholeFrom = 0.6;

/**
 * The crops, the largest moving thing first; none when nothing moves and nobody is followed. The whole picture where it
 * is no larger than the model's input, or when the crops would cover most of it anyway.
 */
export function plannedCrops(
  moving: CellMap,
  followed: readonly ObjectBox[],
  { width, height, modelSide, most }: CropPlan,
): readonly CropRect[] {
  const parts = [...movingParts(moving), ...followed.map(partOf)];
  if (parts.length === 0) return [];
  const whole = { x: 0, y: 0, width, height };
  const side = Math.min(modelSide, width, height);
  if (Math.max(width, height) <= modelSide * 1.25) return [whole];
  const scaled = parts.map((part) => ({
    ...part,
    x: part.x * width,
    y: part.y * height,
    width: part.width * width,
    height: part.height * height,
  }));
  const crops = joined(scaled, (part) => squareAround(part, side, { width, height }));
  const covered = crops.reduce((sum, crop) => sum + crop.width * crop.height, 0);
  const isMuch = crops.length > most || covered > wholeFrom * width * height;
  return isMuch ? [whole] : crops;
}

interface Part extends ObjectBox {
  /** How much moves there, to look at the largest first. */
  readonly weight: number;
}

const partOf = (box: ObjectBox): Part => ({ ...box, weight: box.width * box.height });

/** Bounds of each group of moving cells that touch each other, as parts of the picture. */
function movingParts(moving: CellMap): readonly Part[] {
  const seen = new Uint8Array(moving.length);
  const parts: Part[] = [];
  for (let start = 0; start < moving.length; start++) {
    if (moving[start] === 0 || seen[start] === 1) continue;
    const open = [start];
    seen[start] = 1;
    let [left, top, right, bottom, weight] = [columns, rows, 0, 0, 0];
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      const [x, y] = [cell % columns, Math.floor(cell / columns)];
      [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      weight++;
      for (const next of neighbours(cell)) {
        if ((moving[next] ?? 0) === 0 || seen[next] === 1) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
    const size = { width: (right - left) / columns, height: (bottom - top) / rows };
    parts.push({ x: left / columns, y: top / rows, ...size, weight: weight / moving.length });
  }
  return parts;
}

/** A square with a margin around it, moved into the picture; at most as large as that. */
function squareAround(part: ObjectBox, leastSide: number, size: { readonly width: number; readonly height: number }) {
  const wanted = Math.max(leastSide, Math.max(part.width, part.height) * (1 + 2 * margin));
  const [width, height] = [Math.min(size.width, Math.round(wanted)), Math.min(size.height, Math.round(wanted))];
  const x = Math.round(part.x + part.width / 2 - width / 2);
  const y = Math.round(part.y + part.height / 2 - height / 2);
  return {
    x: Math.min(size.width - width, Math.max(0, x)),
    y: Math.min(size.height - height, Math.max(0, y)),
    width,
    height,
  };
}

/** Parts whose squares lie over each other become one part, until none does. */
function joined(parts: readonly Part[], square: (part: ObjectBox) => CropRect): readonly CropRect[] {
  const open = [...parts].sort((a, b) => b.weight - a.weight || a.y - b.y || a.x - b.x);
  for (let at = 0; at < open.length; at++) {
    for (let other = at + 1; other < open.length; other++) {
      const [a, b] = [open[at], open[other]];
      if (a === undefined || b === undefined || !isNear(square(a), square(b))) continue;
      open[at] = union(a, b);
      open.splice(other, 1);
      // what it grew to may now reach one that was too far away
      at = -1;
      break;
    }
  }
  return open.map(square);
}

/** Do they share more than a third of the smaller one? Then one look does for both. */
function isNear(a: CropRect, b: CropRect): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 && width * height * 3 > Math.min(a.width * a.height, b.width * b.height);
}

function union(a: Part, b: Part): Part {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
  return { x, y, width, height, weight: a.weight + b.weight };
}
