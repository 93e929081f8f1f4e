/** What leaves the playback page: a clip as files, and HLS for another player. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findMarks } from "../../src/testkit/camera/sei.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { decode, isRun } from "../support/footage.ts";
import { pause, startReed } from "../support/reed.ts";
import { live } from "../support/site.ts";
import { hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { logIn } from "./support/site.ts";

test("what leaves the playback page", { timeout: 120_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  const source = { kind: "clip", name: "front-door", audio: "pcma" } as const;
  await using cameras = await startCameraProgram({ cameras: [{ source }] });
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.post("channels", { url: cameras.urls[0], name: "Door", audio: true });
  await live(api, 1);
  const start = Date.now();
  await pause(10_000);
  await using looking = await look(reed.url);
  const { page, errors } = looking;
  await logIn(looking, reed);

  await t.test("a marked stretch is prepared and downloaded: pictures as they were, the sound AAC", async () => {
    await page.goto(`${reed.url}/playback?at=${start + 1000}&channels=1`);
    await page.locator('[data-channel="1"][data-state="ready"]').waitFor();
    await page.keyboard.press("i");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("o");
    await page.getByRole("button", { name: "Prepare the download" }).click();
    const link = page.getByRole("link", { name: /^Download \(/ });
    await link.waitFor({ timeout: 40_000 });
    assert.deepEqual(await seriousFindings(page), []);
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const zip = join(reed.folder, "clip.zip");
    await download.saveAs(zip);
    const unzipped = spawnSync("python3", ["-m", "zipfile", "-e", zip, reed.folder], { encoding: "utf8" });
    assert.equal(unzipped.stderr, "");
    const file = join(reed.folder, "camera-01-door.mp4");
    const { frames, audio, errors: complaints } = decode(file);
    const numbers = findMarks(readFileSync(file)).map((mark) => mark.number);
    assert.deepEqual([complaints, audio], ["", ["aac"]]);
    assert.ok(isRun(numbers) && frames === numbers.length && frames >= 60, `${frames} of ${numbers.join(" ")}`);
    assert.match(readFileSync(join(reed.folder, "camera-01-door.srt"), "utf8"), /^1\n00:00:00,000 --> /);
  });

  await t.test("hls.js plays the span from end to end with the cookie of the page", async () => {
    const context = await looking.browser.newContext({ bypassCSP: true });
    await context.addCookies(await looking.context.cookies());
    const other = await context.newPage();
    await other.goto(`${reed.url}/health`);
    await other.addScriptTag({ path: "node_modules/hls.js/dist/hls.min.js" });
    const address = `/api/channels/1/hls/index.m3u8?from=${start}&to=${start + 6000}`;
    const played = await other.evaluate(`new Promise((resolve) => {
      const video = document.body.appendChild(document.createElement("video"));
      video.muted = true;
      const hls = new Hls({ enableWorker: false });
      hls.on(Hls.Events.ERROR, (_, error) => error.fatal && resolve(error.details));
      video.addEventListener("ended", () => resolve(video.getVideoPlaybackQuality().totalVideoFrames));
      hls.loadSource(${JSON.stringify(address)});
      hls.attachMedia(video);
      video.playbackRate = 2;
      video.play();
    })`);
    const playlist = String(await api.bytes(address.replace("/api/", "").replace("index", "video")));
    const seconds = [...playlist.matchAll(/EXTINF:([\d.]+)/g)].reduce((sum, [, length]) => sum + Number(length), 0);
    assert.ok(typeof played === "number" && Math.abs(played - seconds * 12) <= 1, `${String(played)} of ${seconds} s`);
    await context.close();
  });
  assert.deepEqual(errors, []);
});
