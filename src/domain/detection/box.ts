import type { ObjectBox } from "./objects.ts";

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** The part of a box that lies in the picture; a box outside of it has no width or height there. */
export function insidePicture(box: ObjectBox): ObjectBox {
  const [x, y] = [clamp(box.x), clamp(box.y)];
  return { x, y, width: clamp(box.x + box.width) - x, height: clamp(box.y + box.height) - y };
}

export const areaOf = (box: ObjectBox): number => Math.max(0, box.width) * Math.max(0, box.height);

/** What two boxes have in common, of what they cover together: 0 apart, 1 the same. */
export function overlap(a: ObjectBox, b: ObjectBox): number {
  const common = commonArea(a, b);
  const all = areaOf(a) + areaOf(b) - common;
  return all > 0 ? common / all : 0;
}

/** Area that lies in both. */
export function commonArea(a: ObjectBox, b: ObjectBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/** The box with a margin of `part` of its own width and height on each side. */
export const buffered = (box: ObjectBox, part: number): ObjectBox => ({
  x: box.x - box.width * part,
  y: box.y - box.height * part,
  width: box.width * (1 + 2 * part),
  height: box.height * (1 + 2 * part),
});
