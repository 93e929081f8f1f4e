/** Who was seen where, beside the labels of the film, a picture a second. */
import { judgedFrom } from "../../test/support/street/judge.ts";
import { film, frameOf, walks, type Spot } from "../../test/support/street/walks.ts";
import { percent } from "./score.ts";

/** Where the feet of somebody were seen, pixels of the film. */
export type SeenPerson = Spot;

/** Feet so near, as a part of the person's height, are those of the label. */
const sameHeights = 0.35;
/** People at the cars are not labelled. */
const isUnlabelled = ({ x, y }: Spot): boolean => x > 690 && y < 115;

/** The cells of a table: labelled, found, missed, false, precision, recall. Pictures that were not looked at are none. */
export function countPeople(seenAt: (second: number) => readonly SeenPerson[] | undefined): string[] {
  let [found, missed, wrong] = [0, 0, 0];
  for (let second = judgedFrom; second < film.seconds; second++) {
    const seen = seenAt(second);
    if (seen === undefined) continue;
    const open = new Set(seen);
    for (const walk of walks) {
      const spot = walk.at(second);
      if (spot === undefined) continue;
      const [, top, , bottom] = frameOf(spot);
      const far = (one: SeenPerson): number => Math.hypot(one.x - spot.x, one.y - spot.y);
      const [best] = [...open].sort((a, b) => far(a) - far(b));
      if (best !== undefined && far(best) <= sameHeights * (bottom - top)) {
        open.delete(best);
        found++;
      } else missed++;
    }
    wrong += [...open].filter((one) => !isUnlabelled(one)).length;
  }
  const cells = [found + missed, found, missed, wrong].map(String);
  return [...cells, percent(found, found + wrong), percent(found, found + missed)];
}
