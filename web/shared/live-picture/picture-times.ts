/**
 * When the pictures of a live stream were taken: each fragment carries it (`prft`, ISO 14496-12 §8.16.5), and a media
 * element says which of its own times it shows. Pure; media times in seconds, wall times in ms since 1970.
 */

/** From 1900, where NTP begins, to 1970, s. */
const ntpEpochS = 2_208_988_800;
/** Ticks of video a second in all that Reed serves. */
const timescale = 90_000;
const boxBytes = 32;
const prft = 0x70726674;
/** As much as a buffer holds, many times over. */
const most = 2000;
/** A picture without a time of its own takes its neighbour's, so far away at most, s. */
const nearS = 1;

/** One picture: its time in the stream, and when it was taken. */
export interface PictureTime {
  readonly media: number;
  readonly wall: number;
}

/** What a fragment says of its picture; undefined where it says nothing. */
export function timeOf(fragment: Uint8Array): PictureTime | undefined {
  if (fragment.byteLength < boxBytes) return undefined;
  const view = new DataView(fragment.buffer, fragment.byteOffset, boxBytes);
  if (view.getUint32(0) !== boxBytes || view.getUint32(4) !== prft || view.getUint8(8) !== 1) return undefined;
  const seconds = view.getUint32(16) - ntpEpochS;
  const media = view.getUint32(24) * 2 ** 32 + view.getUint32(28);
  return { media: media / timescale, wall: (seconds + view.getUint32(20) / 2 ** 32) * 1000 };
}

/** Those of one element, in the order in which they came. */
export interface PictureTimes {
  add(time: PictureTime): void;
  /** When the picture was taken that is shown at this time of the element; undefined where nothing near it says so. */
  wallAt(media: number): number | undefined;
  clear(): void;
}

export function createPictureTimes(): PictureTimes {
  let times: PictureTime[] = [];
  return {
    add(time) {
      times.push(time);
      if (times.length > most) times = times.slice(most / 2);
    },
    wallAt(media) {
      let best: PictureTime | undefined;
      let off = nearS;
      // the newest are asked for; pictures are out of order by a few at most
      for (let i = times.length - 1; i >= 0; i--) {
        const time = times[i];
        if (time === undefined || time.media < media - nearS) break;
        const by = Math.abs(time.media - media);
        if (by < off) [best, off] = [time, by];
      }
      return best === undefined ? undefined : best.wall + (media - best.media) * 1000;
    },
    clear: () => void (times = []),
  };
}
