/** What leaves the playback page: a clip as files, and HLS for another player. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findMarks } from "../../src/testkit/camera/sei.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { decode, isRun } from "../support/footage.ts";
import { pause, startReed, until } from "../support/reed.ts";
import { live } from "../support/site.ts";
import { hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { settledNumbers } from "./support/shown-numbers.ts";
import { logIn } from "./support/site.ts";

test("what leaves the playback page", { timeout: 300_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  const door = { kind: "clip", name: "front-door", audio: "pcma" } as const;
  const yard = { kind: "clip", name: "aac" } as const;
  await using cameras = await startCameraProgram({ cameras: [{ source: door }, { source: yard }] });
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.post("channels", { url: cameras.urls[0], name: "Door", audio: true });
  await api.post("channels", { url: cameras.urls[1], name: "Yard", audio: true });
  for (const channel of [1, 2]) await live(api, channel);
  const start = Date.now();
  await pause(10_000);
  await using looking = await look(reed.url);
  const { page, errors } = looking;
  await logIn(looking, reed);

  const ready = async (query: string) => {
    await page.goto(`${reed.url}/playback?${query}`);
    await page.locator('[data-channel="1"][data-state="ready"]').waitFor();
  };

  await t.test("sound is off until it is pressed, of one camera at a time, G.711 and AAC", async () => {
    await ready(`at=${start + 1000}&channels=1,2`);
    const audio = (state: string) => page.locator(`audio[data-sound=${state}]`).waitFor({ state: "attached" });
    await audio("off");
    await page.getByRole("button", { name: "Sound (M)" }).click();
    await page.getByRole("button", { name: "Sound of Door (M)" }).waitFor();
    await audio("ready");
    const heard = () => page.evaluate("document.querySelector('audio').currentTime");
    await page.keyboard.press("m");
    await page.getByRole("button", { name: "Sound of Yard (M)" }).waitFor();
    await audio("ready");
    const before = Number(await heard());
    await page.keyboard.press("l");
    await until(async () => Number(await heard()) > before + 0.5, "the sound goes on with the pictures");
    await page.keyboard.press("k");
    assert.deepEqual(await seriousFindings(page), []);
    await page.keyboard.press("m");
    await audio("off");
  });

  await t.test("J plays backwards; above four times as fast only key frames are fetched", async () => {
    await ready(`at=${start + 6000}&channels=1`);
    const shown = async () => (await settledNumbers(page))[0] ?? -1;
    const before = await shown();
    await page.keyboard.press("j");
    await page.getByRole("button", { name: "Play backwards (J)", pressed: true }).waitFor();
    const at = () => page.getByRole("slider", { name: "Timeline" }).getAttribute("aria-valuenow");
    await until(async () => Number(await at()) < start + 4500, "it plays backwards");
    await page.keyboard.press("k");
    const after = await shown();
    assert.ok(before - after >= 15 && before - after <= 60, `${before} back to ${after}`);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await ready(`at=${start + 500}&channels=1`);
    await page.getByRole("combobox", { name: "Speed" }).click();
    await page.getByRole("option", { name: "8 ×" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Play (Space)" }).click();
    await until(() => asked.some((url) => url.endsWith("?frames=key")), "key frames are asked for");
    await until(async () => Number(await at()) > start + 5000, "it plays on");
    await page.keyboard.press("k");
  });

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

  await t.test("both cameras of the stretch come as one evidence pack, which anybody checks without Reed", async () => {
    await page.goto(`${reed.url}/playback?at=${start + 1000}&channels=1,2`);
    await page.locator('[data-channel="1"][data-state="ready"]').waitFor();
    await page.keyboard.press("i");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("o");
    await page.getByRole("switch", { name: "Evidence pack" }).check();
    const begin = page.getByRole("button", { name: "Prepare the evidence pack" });
    assert.equal(await begin.isDisabled(), true);
    await page.getByRole("textbox", { name: "Why it is given away" }).fill("burglary");
    await page.getByRole("textbox", { name: "Who gets it" }).fill("PC Smith");
    await begin.click();
    const job = page.getByRole("listitem").filter({ hasText: "Evidence pack ·" });
    const link = job.getByRole("link", { name: /^Download \(/ });
    await link.waitFor({ timeout: 40_000 });
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    const zip = join(reed.folder, "pack.zip");
    await download.saveAs(zip);
    const { signing } = await api.get("evidence/keys");
    const checked = spawnSync("python3", ["test/verifier/pack_check.py", zip, signing], { encoding: "utf8" });
    assert.equal(`${checked.stdout}${checked.stderr}`.trim(), "whole, and signed by that key");
    const names = spawnSync("python3", ["-m", "zipfile", "-l", zip], { encoding: "utf8" }).stdout;
    for (const part of ["camera-01-door", "camera-02-yard", "ch01-main", "ch02-main"])
      assert.ok(names.includes(part), names);
    // a new key signs from now on; what the old one signed stays whole, and is known to be of this site
    await page.goto(`${reed.url}/system/evidence`);
    await page.getByRole("button", { name: "New key…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("new key");
    await dialog.getByRole("button", { name: "Make a new key" }).click();
    await page.getByText("Keys before it").waitFor();
    assert.notEqual((await api.get("evidence/keys")).signing, signing);
    for (const named of [
      ["--key", String(signing)],
      ["--data", reed.data],
    ]) {
      const verify = ["dist/cli/main.js", "verify", zip, ...named];
      const { status, stdout, stderr } = spawnSync(process.execPath, verify, { encoding: "utf8" });
      assert.equal(status, 0, `${stdout}${stderr}`);
    }
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
