/** Boxes against labels. */
type Box = readonly [left: number, top: number, right: number, bottom: number];

export interface Found {
  readonly box: Box;
  readonly confidence: number;
}

export interface Score {
  right: number;
  missed: number;
  wrong: number;
}

export const emptyScore = (): Score => ({ right: 0, missed: 0, wrong: 0 });

/** Labels are drawn by eye, to some pixels: so much in common (intersection over union) is the same. */
const same = 0.4;

/** Adds what was found in one picture: each label at most once, the surest first. What lies in an ignored area is none. */
export function judged(score: Score, found: readonly Found[], truth: readonly Box[], ignored: readonly Box[]): void {
  const open = new Set(truth);
  for (const { box } of [...found].sort((a, b) => b.confidence - a.confidence)) {
    const [best] = [...open].sort((a, b) => common(b, box) - common(a, box));
    if (best !== undefined && common(best, box) >= same) {
      open.delete(best);
      score.right++;
    } else if (!ignored.some((area) => isIn(box, area))) score.wrong++;
  }
  score.missed += open.size;
}

const sizeOf = ([left, top, right, bottom]: Box): number => Math.max(0, right - left) * Math.max(0, bottom - top);

const cutOf = (a: Box, b: Box): number =>
  sizeOf([Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]);

const common = (a: Box, b: Box): number => cutOf(a, b) / (sizeOf(a) + sizeOf(b) - cutOf(a, b));

const isIn = (box: Box, area: Box): boolean => cutOf(box, area) > 0.5 * sizeOf(box);

export const percent = (part: number, of: number): string => (of === 0 ? "–" : `${Math.round((100 * part) / of)} %`);
