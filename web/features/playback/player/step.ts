/** Which picture comes next, or before. */
import { footageAfter } from "../model/bands.ts";
import { pictureBeside, type Range } from "../model/line.ts";
import type { Feed } from "./feed.ts";

const stepWindowMs = 45_000;

/** The picture beside the one that is shown, over gaps; asks for what is not known. */
export async function pictureNear(
  feed: Feed,
  at: number,
  direction: 1 | -1,
  spans: readonly Range[],
): Promise<number | undefined> {
  const window = (wall: number): Range => ({ from: wall - stepWindowMs, to: wall + stepWindowMs });
  await feed.ensure(window(at));
  const near = pictureBeside(feed.line, at, direction);
  if (near !== undefined && Math.abs(near - at) < stepWindowMs) return near;
  const beyond =
    direction === 1
      ? footageAfter(spans, at + stepWindowMs / 2)
      : spans.reduce<number | undefined>((last, { to }) => (to < at && to > (last ?? 0) ? to : last), undefined);
  if (beyond === undefined) return undefined;
  await feed.ensure({ from: beyond - 5000, to: beyond + 5000 });
  const pictures = feed.line.slices.flatMap((slice) => slice.pictures.map((picture) => slice.from + picture));
  return direction === 1 ? pictures.find((time) => time > at + 1) : pictures.findLast((time) => time < at - 1);
}
