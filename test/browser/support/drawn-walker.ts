/** Somebody who walks through a live picture at a known speed, told by a made-up detector; and where the page draws them. */
import type { Page } from "playwright-core";
import type { DetectionLook } from "../../../src/messages/detection.ts";
import { monotonicMinusWall, type SeenPicture } from "./picture-number.ts";
import { numberOf } from "./shown-numbers.ts";

/** From the left to the right of the picture in so long, ms. */
const walkMs = 60_000;
const everyMs = 1000;
/** What the detector knows before the picture is shown, ms: so much that nobody takes one for the other. */
const aheadMs = 5000;

interface Walker {
  /** When the walker was at this place of the picture, ms since 1970. */
  at(x: number): number;
  takenAt(seen: SeenPicture, delay: number): number;
}

/** From the next load of the page on, in place of what the detection says of the camera. */
export async function showWalker(page: Page, channel: number): Promise<Walker> {
  const begun = Date.now() - 5000;
  await page.routeWebSocket(new RegExp(`/api/channels/${channel}/detection/live$`), (socket) => {
    let told = begun;
    const tell = (): void => {
      for (; told < Date.now() + aheadMs; told += everyMs) {
        const x = (told - begun) / walkMs;
        const look: DetectionLook = {
          ...{ wall: told, pts: 0, state: "watching", strength: "", regions: [], objectsWall: told },
          objects: [
            {
              ...{ track: 1, label: "person", confidence: 0.8, foot: { x: x + 0.05, y: 0.8 } },
              box: { x, y: 0.4, width: 0.1, height: 0.4 },
            },
          ],
        };
        socket.send(JSON.stringify(look));
      }
    };
    tell();
    const timer = setInterval(tell, everyMs);
    socket.onClose(() => clearInterval(timer));
  });
  return {
    at: (x) => begun + x * walkMs,
    takenAt: ({ atMicros }, delay) => atMicros / 1000 - monotonicMinusWall() - delay,
  };
}

export interface Drawn {
  readonly seen: SeenPicture;
  /** Left side of the box, and the left side of a box at the end of the way: parts of the picture's width. */
  readonly box: number | undefined;
  readonly trail: number | undefined;
}

/** The picture that a tile shows, and what is drawn over it at the same moment. */
export async function drawnOver(page: Page, channel: number): Promise<Drawn> {
  const { number, wall, box, trail, width } = await page.evaluate<{
    number?: number;
    wall: number;
    box?: number;
    trail?: number;
    width: number;
  }>(`(() => {
    const tile = document.querySelector('[data-channel="${channel}"]');
    const number = (${numberOf})(tile.querySelector("video"));
    const wall = performance.timeOrigin + performance.now();
    const svg = tile.querySelector("[data-objects] svg");
    const width = svg.getBoundingClientRect().width;
    const box = svg.querySelector("g rect")?.getAttribute("x");
    const end = svg.querySelector("path")?.getAttribute("d").split("L").at(-1)?.split(" ")[0];
    return {
      number, wall, width,
      box: box === undefined ? undefined : Number(box) / width,
      trail: end === undefined ? undefined : Number(end) / width - 0.05,
    };
  })()`);
  return { seen: { number, atMicros: (wall + monotonicMinusWall()) * 1000, width }, box, trail };
}
