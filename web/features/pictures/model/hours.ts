/** Pictures of a day, by the hour of the site: thousands of them are not drawn at once. */
export interface PictureHour {
  /** Wall ms at which the hour begins. */
  readonly from: number;
  readonly pictures: readonly { readonly at: number; readonly bytes: number }[];
}

const hourMs = 3_600_000;

/** In order; hours without a picture are left out. Zones that are off by parts of an hour have hours of UTC. */
export function byHour(pictures: PictureHour["pictures"]): PictureHour[] {
  const hours = new Map<number, PictureHour["pictures"][number][]>();
  for (const picture of pictures) {
    const from = Math.floor(picture.at / hourMs) * hourMs;
    const hour = hours.get(from) ?? [];
    hour.push(picture);
    hours.set(from, hour);
  }
  return [...hours]
    .map(([from, all]) => ({ from, pictures: all.toSorted((a, b) => a.at - b.at) }))
    .toSorted((a, b) => a.from - b.from);
}

/** The neighbours of a picture. */
export function beside(pictures: PictureHour["pictures"], at: number) {
  const i = pictures.findIndex((one) => one.at === at);
  return { before: i > 0 ? pictures[i - 1]?.at : undefined, after: i >= 0 ? pictures[i + 1]?.at : undefined };
}
