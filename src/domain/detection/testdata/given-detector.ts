/** A detector that is given where people are, and is as good as it is told to be: missed, unsure, inexact, made up. */
import type { ObjectBox, SeenObject } from "../objects.ts";
import type { Percent } from "./walks.ts";

export interface Detecting {
  /** The part of the pictures in which somebody is not seen. */
  readonly missed?: number;
  /** Standard deviation of each side of a box, as a part of the person's height. */
  readonly jitter?: number;
  /** Boxes a picture where nobody is, anywhere, as large as people, up to 0.6 sure. */
  readonly madeUp?: number;
  /** How sure it is of people: evenly between these. */
  readonly sure?: readonly [least: number, most: number];
}

const [wide, high] = [0.05, 0.2];

/** What it sees of somebody whose feet are there (percent of the picture), one list a picture. */
export function detected(
  feet: readonly Percent[],
  { missed = 0, jitter = 0, madeUp = 0, sure = [0.8, 0.9] }: Detecting,
  chance: () => number,
): SeenObject[][] {
  const shaken = (at: number): number => at + jitter * high * 1.73 * (chance() + chance() + chance() + chance() - 2);
  const seen = (box: ObjectBox, confidence: number): SeenObject => ({ label: "person", confidence, box });
  return feet.map(([x, y]) => {
    const objects: SeenObject[] = [];
    const [left, right] = [shaken(x / 100 - wide / 2), shaken(x / 100 + wide / 2)];
    const [top, bottom] = [shaken(y / 100 - high), shaken(y / 100)];
    if (chance() >= missed)
      objects.push(
        seen(
          { x: left, y: top, width: Math.max(0.01, right - left), height: bottom - top },
          sure[0] + chance() * (sure[1] - sure[0]),
        ),
      );
    if (chance() < madeUp)
      objects.push(seen({ x: chance() * 0.9, y: chance() * 0.75, width: wide, height: high }, 0.3 + 0.3 * chance()));
    return objects;
  });
}
