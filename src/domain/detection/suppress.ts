import { areaOf, commonArea, overlap } from "./box.ts";
import { targetClassOf, type SeenObject } from "./objects.ts";

/** Two boxes of one kind that have more than this in common are one object (the usual of the COCO detectors). */
export const usualOverlap = 0.5;
/** A box of which so much lies in a surer one is a part of that: what the edge of a crop cut off. */
const inside = 0.85;
/** Objects that a picture has at most. */
const most = 100;

/**
 * One box an object, the surest (non-maximum suppression). Compared by kind as the rules know it: a van that is taken for
 * a car and a truck at once is one vehicle.
 */
export function suppressed(objects: readonly SeenObject[], apart = usualOverlap): readonly SeenObject[] {
  const kept: SeenObject[] = [];
  for (const object of [...objects].sort((a, b) => b.confidence - a.confidence)) {
    if (kept.length === most) break;
    if (!kept.some((other) => kindOf(other) === kindOf(object) && isSame(object, other, apart))) kept.push(object);
  }
  return kept;
}

const kindOf = ({ label }: SeenObject): string => targetClassOf(label) ?? label;

function isSame(object: SeenObject, surer: SeenObject, apart: number): boolean {
  if (overlap(object.box, surer.box) > apart) return true;
  const area = areaOf(object.box);
  return area > 0 && commonArea(object.box, surer.box) > inside * area && area > 0.2 * areaOf(surer.box);
}
