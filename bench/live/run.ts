/**
 * The live page in Debian's Chromium: how old the pictures are that it shows, how steady they come, how busy the page's
 * main thread is.
 *
 *     node bench/live/run.ts                         # 16 tiles of sub streams, 640×360, 12 pictures a second
 *     node bench/live/run.ts --tiles 4 --seconds 60 --main      # main streams instead
 *     node bench/live/run.ts --tiles 2 --h265        # H.265, converted
 */
import { parseArgs } from "node:util";
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import type { CameraOptions } from "../../src/testkit/camera/options.ts";
import { readUnits } from "../../src/testkit/camera/sender-log.ts";
import { look } from "../../test/browser/support/browser.ts";
import { delayOf, seenPicture, type SeenPicture } from "../../test/browser/support/picture-number.ts";
import { logIn } from "../../test/browser/support/site.ts";
import { pause, startReed } from "../../test/support/reed.ts";
import { live } from "../../test/support/site.ts";
import { quantile } from "../support/numbers.ts";
import { frameMeter, type TileFrames } from "./frame-meter.ts";

const { values } = parseArgs({
  options: {
    tiles: { type: "string", default: "16" },
    seconds: { type: "string", default: "40" },
    /** The main stream in the grid. */
    main: { type: "boolean", default: false },
    h265: { type: "boolean", default: false },
  },
});
const tiles = Number(values.tiles);
const seconds = Number(values.seconds);
const scenes = ["front-door", "yard", "garage", "hall"] as const;
const sub = !values.main && !values.h265;
/** Pictures of a demo scene, and of the clip in H.265, before it begins again. */
const frames = values.h265 ? 72 : 180;

const clip = (name: string) => ({ kind: "clip", name, audio: "none" }) as CameraOptions["source"];
const sceneOf = (index: number) => clip(values.h265 ? "h265" : (scenes[index % scenes.length] ?? "yard"));

await using logs = await temporaryFolder();
await using cameras = await startCameraProgram({
  cameras: Array.from({ length: tiles }, (_, index) => ({
    source: sceneOf(index),
    ...(sub ? { sub: sceneOf(index) } : {}),
  })),
  logFolder: logs.path,
});
await using reed = await startReed();
const api = await reed.administrator();
for (let number = 1; number <= tiles; number++) {
  const url = `rtsp://127.0.0.1:${cameras.port}/cam${number}`;
  await api.post("channels", { name: `Camera ${number}`, url, ...(sub ? { subUrl: `${url}/sub` } : {}) });
}
for (let channel = 1; channel <= tiles; channel++) await live(api, channel);
await using looking = await look(`${reed.url}/login`, { width: 1440, height: 900 });
const { page, context } = looking;
await logIn(looking, reed);
await page.goto(`${reed.url}/live`);
for (let channel = 1; channel <= tiles; channel++)
  await page.locator(`[data-channel="${channel}"] video[data-status=playing]`).waitFor({ timeout: 60_000 });
await pause(5000);

const devtools = await context.newCDPSession(page);

/** Shares of a window that the page's main thread spent, by the wall clock or by its own processor time. */
async function mainThread(timeDomain: "timeTicks" | "threadTicks", forMs: number): Promise<string> {
  await devtools.send("Performance.enable", { timeDomain });
  const read = async () =>
    new Map((await devtools.send("Performance.getMetrics")).metrics.map((one) => [one.name, one.value]));
  const [before, began] = [await read(), performance.now()];
  await pause(forMs);
  const [after, took] = [await read(), performance.now() - began];
  await devtools.send("Performance.disable");
  const share = (name: string) => `${((((after.get(name) ?? 0) - (before.get(name) ?? 0)) / took) * 1e5).toFixed(1)} %`;
  return `${share("TaskDuration")} (script ${share("ScriptDuration")}, layout ${share("LayoutDuration")}, style ${share("RecalcStyleDuration")})`;
}

// first nothing but the page itself; reading pictures off it costs more than showing them
await page.evaluate(frameMeter.start);
const byWall = await mainThread("timeTicks", seconds * 500);
const byProcessor = await mainThread("threadTicks", seconds * 500);
const seen = await page.evaluate<TileFrames[]>(frameMeter.stop);

const pictures: { readonly channel: number; readonly picture: SeenPicture }[] = [];
for (let round = 0; round < 60; round++) {
  const channel = (round % tiles) + 1;
  pictures.push({ channel, picture: await seenPicture(page, `[data-channel="${channel}"] video`) });
  await pause(137);
}
await cameras.send({ do: "flush" });
const sent = (channel: number) => readUnits(readFileSync(`${logs.path}/cam${channel}${sub ? "-sub" : ""}.log`, "utf8"));
const delays = pictures.flatMap(({ channel, picture }) => delayOf(picture, sent(channel), frames) ?? []);

const rates = seen.map(({ shown, ms }) => (shown * 1000) / ms);
const gaps = seen.flatMap((tile) => tile.gaps);
const ms = (value: number): string => `${Math.round(value)} ms`;
console.log(
  `${tiles} tiles, ${values.h265 ? "H.265 converted" : sub ? "sub streams" : "main streams"}, ${seconds} s, load ${loadavg()[0]?.toFixed(1)}`,
);
console.log(
  `pictures a second and tile: least ${Math.min(...rates).toFixed(2)}, most ${Math.max(...rates).toFixed(2)}`,
);
console.log(
  `between two pictures: p50 ${ms(quantile(gaps, 0.5))}, p99 ${ms(quantile(gaps, 0.99))}, longest ${ms(Math.max(...gaps))}`,
);
console.log(`main thread busy, by the clock: ${byWall}`);
console.log(`main thread busy, its processor time: ${byProcessor}`);
console.log(
  `camera sent → seen on the page (${delays.length} of ${pictures.length} read): p50 ${ms(quantile(delays, 0.5))}, p95 ${ms(quantile(delays, 0.95))}, most ${ms(Math.max(...delays))}`,
);
