import type { Page } from "playwright-core";

/** Runs in the page. The lowest strip of a picture holds 20 blocks; tools/make-clips.sh says what they mean. */
export const numberOf = `(picture) => {
  const [width, height] = [picture.videoWidth ?? picture.naturalWidth, picture.videoHeight ?? picture.naturalHeight];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d");
  if (width === 0) return undefined;
  context.drawImage(picture, 0, 0);
  const row = Math.floor(height - height / 45);
  const line = context.getImageData(0, row, width, 1).data;
  const bits = Array.from({ length: 20 }, (_, block) =>
    line[4 * Math.floor((block + 0.5) * (width / 20))] > 128 ? 1 : 0);
  const parity = bits.slice(2, 19).reduce((sum, bit) => sum ^ bit, 0);
  if (bits[0] !== 1 || bits[1] !== 0 || bits[19] !== 1 || parity !== 0) return undefined;
  return bits.slice(2, 18).reduce((value, bit) => value * 2 + bit, 0);
}`;

/** Of every player of the page. */
const readNumbers = `(() => {
  const numberIn = ${numberOf};
  return [...document.querySelectorAll("[data-channel]")].map((tile) => {
    const video = tile.querySelector("video");
    return tile.dataset.state === "ready" && !video.seeking ? numberIn(video) : undefined;
  });
})()`;

/**
 * The numbers that stand as blocks in the pictures which the page's players show now, in the order of the players;
 * undefined where there is no picture or no number can be read.
 */
export const shownNumbers = (page: Page): Promise<(number | undefined)[]> => page.evaluate(readNumbers);

/**
 * The same once the pictures stand: nothing is loading, one player at least has a number, and they are other than
 * `before`. Looks at every picture that the browser draws, so that it costs no more time than the page takes.
 */
export const settledNumbers = (page: Page, before = ""): Promise<(number | undefined)[]> =>
  page.evaluate(`(async () => {
    const end = performance.now() + 15_000;
    for (let last = ""; performance.now() < end; ) {
      const numbers = ${readNumbers};
      const text = JSON.stringify(numbers);
      const loading = document.querySelector("[data-state=waiting]") !== null;
      if (!loading && text === last && text !== ${JSON.stringify(before)} && numbers.some((one) => one !== undefined)) return numbers;
      last = loading ? "" : text;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    throw new Error("the players show no other picture with a number");
  })()`);
