import type { InputSetting } from "../verifier/evidence.ts";
import type { Random } from "./random.ts";
import { pause, type Site } from "./site.ts";

export interface TrafficOptions {
  /** Pauses between two changes of one contact, ms. */
  readonly restMs: readonly [number, number];
  readonly activeMs: readonly [number, number];
}

/** A key is turned seldom, so that the modes between have their delays; the first time late in the first mode. */
const keyTraffic: TrafficOptions = { restMs: [3000, 8000], activeMs: [3000, 7000] };
const firstTurnMs = 27_000;

/** Opens and shuts one contact at random until `stop`, with bounces and glitches; leaves it at rest. Counts the changes. */
async function moveContact(
  site: Site,
  input: InputSetting,
  random: Random,
  given: { options: TrafficOptions; stop: () => boolean },
): Promise<number> {
  const board = site.boards[input.board - 1];
  const { contact } = input;
  const sleep = async ([from, to]: readonly [number, number]) => {
    for (let left = random.between(from, to); left > 0 && !given.stop(); left -= 250) await pause(Math.min(250, left));
  };
  const isKey = input.zone === "key-switch";
  const { restMs, activeMs } = isKey ? keyTraffic : given.options;
  let changes = 0;
  let active = false;
  const flip = async () => {
    active = !active;
    changes++;
    // an even number of gaps: the contact ends on the new side
    if (random.chance(0.3))
      await board?.send({ do: "bounce", contact, gapsMs: [random.between(1, 8), random.between(1, 8)] });
    else await board?.send({ do: "set", contact, to: active === (input.type === "NO") ? "closed" : "open" });
  };
  if (isKey) await sleep([firstTurnMs, firstTurnMs + 4000]);
  while (!given.stop()) {
    await sleep(restMs);
    if (given.stop()) break;
    if (input.type === "NC" && random.chance(0.1)) {
      await board?.send({ do: "pulse", contact, ms: random.between(5, 25) });
      await pause(1000);
    }
    await flip();
    await sleep(activeMs);
    await pause(400);
    await flip();
    await pause(400);
  }
  return changes;
}

/** Moves all contacts of a site for `ms`; gives the number of changes that held still. */
export async function moveContacts(site: Site, random: Random, options: TrafficOptions, ms: number): Promise<number> {
  let over = false;
  const done = Promise.all(site.inputs.map((input) => moveContact(site, input, random, { options, stop: () => over })));
  await Promise.race([pause(ms), done]);
  over = true;
  return (await done).reduce((sum, count) => sum + count, 0);
}

/** Every camera and board is out of reach for about a fifth of the time, until `ms` are over; then all are back. */
export async function disturb(site: Site, random: Random, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let outages = 0;
  const left = () => end - performance.now();
  const cameras = site.cameras.urls.map(async (_, i) => {
    const camera = i + 1;
    for (;;) {
      const up = random.between(6000, 18_000);
      const out = random.between(1000, 5000);
      if (left() < up + out + 500) return;
      await pause(up);
      outages++;
      const how = random.below(4);
      if (how === 0) await site.cameras.send({ do: "reboot", camera, downMs: out });
      else if (how === 1) await site.cameras.send({ do: "disconnect", camera });
      else await site.cameras.send({ do: how === 2 ? "down" : "stall", camera });
      await pause(how === 3 ? out + 2000 : out);
      if (how >= 2) await site.cameras.send({ do: "up", camera });
    }
  });
  const boards = site.boards.map(async (board, i) => {
    // the first outage of the first board is long enough to be a tamper event
    for (let long = i === 0; ; long = false) {
      const up = random.between(6000, 14_000);
      const out = long ? 13_500 : random.between(500, 4000);
      if (left() < up + out + 500) return;
      await pause(up);
      outages++;
      await board.send({ do: "down" });
      await pause(out);
      await board.send({ do: "up" });
    }
  });
  await Promise.all([...cameras, ...boards]);
  return outages;
}
