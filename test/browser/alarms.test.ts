/** The inbox as somebody lives with it: an alarm comes, is looked at, acknowledged, resolved and saved for the police. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { findMarks } from "../../src/testkit/camera/sei.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { decode, isRun } from "../support/footage.ts";
import { startReed, until, type Api, type RunningReed } from "../support/reed.ts";
import { closedReceipt, live, openContact } from "../support/site.ts";
import { checkedOffline } from "./support/checked-offline.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { logIn } from "./support/site.ts";

const yard = { kind: "clip", name: "yard" } as const;
const hall = { kind: "clip", name: "hall" } as const;
const dead = "rtsp://127.0.0.1:9/nobody";

async function configure(api: Api, urls: readonly string[]): Promise<void> {
  await api.put("site", { name: "Harbour 7", timeZone: "Europe/Berlin" });
  for (const [name, url] of [
    ["Yard", urls[0]],
    ["Hall", urls[1]],
    ["Cellar", dead],
  ])
    await api.post("channels", { name, url, preRecordS: 2, recordMode: "alarm" });
  await api.post("boards", { name: "Cabinet", driver: { kind: "virtual", inputs: 3, outputs: 1 } });
  const door = { kind: "door", type: "NO", antiDitherS: 0, debounceMs: 50, postRecordS: 1, board: 1 };
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    ...door,
    name: "Front door",
    point: 1,
    recordChannels: [1, 2],
  });
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    ...door,
    name: "Cellar door",
    point: 2,
    recordChannels: [1, 3],
    snapshots: { channels: [1, 3], count: 2, intervalS: 1 },
  });
  for (const point of [1, 2]) await openContact(api, 1, point, "open");
  for (const channel of [1, 2]) await live(api, channel, 3900);
}

/** The contact closes and opens again; resolves when the receipt is closed. */
async function trip(api: Api, input: number, n = 1): Promise<void> {
  await openContact(api, 1, input, "closed");
  await until(
    async () => (await api.get("inputs")).find((row: { input: number }) => row.input === input).live.active,
    "active",
  );
  await openContact(api, 1, input, "open");
  await closedReceipt(api, input, n);
}

async function chooseSource(page: Page, from: string, to: string): Promise<void> {
  const field = page.getByRole("combobox", { name: "What it came of" });
  assert.equal(await field.inputValue(), from);
  await field.click();
  await page.getByRole("option", { name: to, exact: true }).click();
}

const lineOf = (page: Page, name: string) => page.getByRole("link", { name: new RegExp(name) });

test("the inbox", { timeout: 300_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  await using cameras = await startCameraProgram({ cameras: [{ source: yard }, { source: hall }] });
  await using reed = await startReed();
  const api = await reed.administrator();
  await configure(api, cameras.urls);
  await using looking = await look(reed.url);
  const { page, errors } = looking;
  await logIn(looking, reed);

  await t.test("empty, it says what it is for; an edge while disarmed is an event and no alarm", async () => {
    await page.goto(`${reed.url}/alarms`);
    await page.getByRole("heading", { name: "No alarms" }).waitFor();
    await trip(api, 1);
    await page.getByText("Events", { exact: true }).click();
    const events = page.getByRole("list", { name: "Events" });
    await events.getByText("Front door").waitFor();
    await chooseSource(page, "All but motion", "Lost boards");
    await page.getByText("No event fits the filter.").waitFor();
    await page.reload();
    await page.getByText("No event fits the filter.").waitFor();
    await chooseSource(page, "Lost boards", "Virtual boards");
    await events.getByText("Front door").waitFor();
    await page.getByText("Alarms", { exact: true }).last().click();
    await page.getByRole("heading", { name: "No alarms" }).waitFor();
  });

  await t.test(
    "an alarm comes by itself: green with all that was recorded, red with the camera that was not",
    async () => {
      await api.post("arming", { armed: true });
      await trip(api, 1, 2);
      const good = lineOf(page, "Front door");
      await good.getByText(/^2 cameras recorded, [\d.]+ s before · saved$/).waitFor();
      await good.getByRole("img", { name: "Everything was done" }).waitFor();
      await trip(api, 2);
      const bad = lineOf(page, "Cellar door");
      await bad.getByRole("img", { name: "Something was not done" }).waitFor();
      await bad.getByText(/Cellar: no footage: /).waitFor();
      await page.getByRole("navigation").getByLabel("2 not acknowledged").waitFor();
    },
  );

  await t.test("by keyboard: down, open, the receipt and both cameras in step; A acknowledges", async () => {
    await page.getByRole("heading", { name: "Alarms" }).click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /Front door \d/ }).waitFor();
    await page
      .getByText(/s before, 2 s were asked for/)
      .first()
      .waitFor();
    await page
      .getByText(/safe on the disk after/)
      .first()
      .waitFor();
    await inStep(page, api);
    assert.deepEqual(await seriousFindings(page), []);
    await page.keyboard.press("a");
    await page.getByText(/acknowledged by admin/).waitFor();
    await page.getByRole("navigation").getByLabel("1 not acknowledged").waitFor();
  });

  await t.test("resolved with a note, it says who and what", async () => {
    await page.getByRole("button", { name: "Resolve…" }).click();
    await page.getByLabel("Note").fill("The cleaner had the wrong code.");
    await page.getByRole("button", { name: "Resolve", exact: true }).click();
    await page.getByText(/Resolved by admin, .*: The cleaner had the wrong code\./).waitFor();
  });

  await t.test(
    "saved for the police: the ZIP has the cameras' own pictures, and a page with their hashes",
    async () => {
      await savedForThePolice(page, reed);
      await page.getByText("The footage of this alarm is locked").waitFor();
      // beside the inbox, which stays as it is
      const beside = await looking.context.newPage();
      await beside.goto(`${reed.url}/system/evidence`);
      const fingerprint = await beside.getByRole("group", { name: "Fingerprint" }).innerText();
      await beside.close();
      const zip = join(reed.folder, "police.zip");
      const verified = (...words: string[]) =>
        spawnSync(process.execPath, ["dist/cli/main.js", "verify", zip, ...words], { encoding: "utf8" });
      assert.equal(verified().status, 3, "whole, and no key was named");
      assert.equal(verified("--key", fingerprint).status, 0);
      assert.equal(verified("--data", reed.data).status, 0);
      const foreign = verified("--key", fingerprint.replaceAll(/[0-9a-f]/g, "0"));
      assert.equal(foreign.status, 1, foreign.stdout);
      await checkedOffline(looking.browser, join(reed.folder, "police"), zip, fingerprint);
      const audit = await page.evaluate<string>("fetch('/api/audit').then((answer) => answer.text())");
      assert.match(audit, /"export".*PC Smith, ref\. 4711/);
      assert.deepEqual(await seriousFindings(page), []);
    },
  );

  await t.test(
    "the pictures of the edge stand with their alarm, each whole; a camera without one says so",
    async () => {
      await page.goto(`${reed.url}/alarms`);
      await lineOf(page, "Cellar door").click();
      const pictures = page.getByRole("group", { name: "Pictures of this edge" }).getByRole("link");
      await pictures.nth(1).waitFor();
      const names = await pictures.getByRole("img").evaluateAll((all) => all.map((one) => one.getAttribute("alt")));
      assert.deepEqual(names, ["Yard, picture 1", "Yard, picture 2"]);
      await until(async () => (await widths(pictures)).every((width) => width === 640), "both are drawn");
      await page
        .getByText(/pictures of Cellar: 2 pictures could not be taken: the camera has none now/)
        .first()
        .waitFor();
      const [whole] = await Promise.all([page.waitForEvent("popup"), pictures.first().click()]);
      await whole.waitForLoadState();
      assert.equal(await whole.evaluate("document.contentType"), "image/jpeg");
      await whole.close();
      await lineOf(page, "Front door").click();
      await page.getByText(/The cleaner had the wrong code/).waitFor();
    },
  );

  await t.test("what was made of it is there after a restart", async () => {
    // nobody asks for anything that the stop would cut off
    const here = page.url();
    await page.goto("about:blank");
    await reed.stop();
    await reed.start();
    await page.goto(here);
    await page.getByText(/The cleaner had the wrong code/).waitFor();
    await page.getByRole("link", { name: /Download/ }).waitFor();
    await page.getByText("The footage of this alarm is locked").waitFor();
  });

  await t.test("on a phone the list comes first, then the alarm, and back; in German and dark", async () => {
    await using phone = await look(reed.url, { width: 390, height: 844, language: "de-DE", dark: true });
    const { page: small } = phone;
    await small.getByLabel("Name").fill("admin");
    await small.getByLabel("Passwort", { exact: true }).fill("a long sentence for tests");
    await small.getByRole("button", { name: "Anmelden" }).click();
    await small.waitForURL((url) => url.pathname !== "/login");
    await small.goto(`${reed.url}/alarms`);
    await lineOf(small, "Cellar door").waitFor();
    await assertFitsWidth(small);
    assert.deepEqual(await seriousFindings(small), []);
    await lineOf(small, "Cellar door").click();
    await small.getByRole("heading", { name: /Cellar door/ }).waitFor();
    await small
      .getByText(/Cellar: keine Aufnahme/)
      .last()
      .waitFor();
    await assertFitsWidth(small);
    assert.deepEqual(await seriousFindings(small), []);
    await small.getByRole("link", { name: "Alle Alarme" }).click();
    await lineOf(small, "Front door").waitFor();
    assert.deepEqual(phone.errors, []);
  });

  // the restart in between cut the connection
  assert.deepEqual(
    errors.filter((error) => !error.includes("ERR_CONNECTION_REFUSED")),
    [],
  );
});

const widths = (pictures: Locator): Promise<number[]> =>
  pictures
    .getByRole("img")
    .evaluateAll((all) => all.map((one) => (one as unknown as { readonly naturalWidth: number }).naturalWidth));

interface Playing {
  readonly ready: number;
  readonly at: number;
  readonly paused: boolean;
}

const players = (page: Page): Promise<Playing[]> =>
  page.locator("video").evaluateAll((videos) =>
    videos.map((video) => {
      const { readyState, currentTime, paused } = video as unknown as HTMLVideoLike;
      return { ready: readyState, at: currentTime, paused };
    }),
  );

interface HTMLVideoLike {
  readonly readyState: number;
  readonly currentTime: number;
  readonly paused: boolean;
}

/** Both players run, and show the same moment: what the playlist says of their positions differs by less than a picture or two. */
async function inStep(page: Page, api: Api): Promise<void> {
  await page.getByLabel("Footage of Yard").waitFor();
  await until(async () => (await players(page)).every(({ ready }) => ready >= 2), "both have a picture");
  await page.getByRole("button", { name: "Play" }).click();
  await until(async () => (await players(page)).every(({ at, paused }) => at > 1 && !paused), "both run");
  await page.getByRole("button", { name: "Pause" }).click();
  const { alarms } = await api.get("alarms?input=1");
  const starts: number[] = [];
  for (const { channel, from, to } of alarms[0].cameras) {
    const list = await api.bytes(`channels/${channel}/hls/video.m3u8?from=${from}&to=${to}&audio=false`);
    starts.push(Date.parse(/PROGRAM-DATE-TIME:(\S+)/.exec(list.toString())?.[1] ?? ""));
  }
  await until(async () => {
    const walls = (await players(page)).map(({ at }, i) => (starts[i] ?? NaN) + at * 1000);
    const apart = Math.max(...walls) - Math.min(...walls);
    if (apart >= 150) throw new Error(`${apart} ms apart`);
    return walls.length === 2;
  }, "both show the same moment");
}

async function savedForThePolice(page: Page, reed: RunningReed): Promise<void> {
  await page.getByRole("button", { name: "Save for the police…" }).click();
  await page.getByLabel("Reason").fill("burglary");
  await page.getByLabel("Who gets it").fill("PC Smith, ref. 4711");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const link = page.getByRole("link", { name: /Download/ });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  assert.match(download.suggestedFilename(), /^front-door-\d{8}-\d{6}\.zip$/);
  const folder = join(reed.folder, "police");
  const zip = join(reed.folder, "police.zip");
  await download.saveAs(zip);
  mkdirSync(folder);
  const unzipped = spawnSync("python3", ["-m", "zipfile", "-e", zip, folder], { encoding: "utf8" });
  assert.equal(unzipped.status, 0, unzipped.stderr);
  const files = readdirSync(folder)
    .filter((name) => name.startsWith("camera-") || name === "receipts.json")
    .sort();
  assert.deepEqual(files, ["camera-01-yard.mp4", "camera-02-hall.mp4", "receipts.json"]);
  const report = readFileSync(join(folder, "report.html"), "utf8");
  for (const name of files) {
    const bytes = readFileSync(join(folder, name));
    assert.ok(report.includes(createHash("sha256").update(bytes).digest("hex")), `the page has the hash of ${name}`);
  }
  for (const name of files.filter((one) => one.endsWith(".mp4"))) {
    const numbers = findMarks(readFileSync(join(folder, name))).map((mark) => mark.number);
    assert.ok(numbers.length > 30 && isRun(numbers), `${name}: ${numbers.join()}`);
    const { frames, errors } = decode(join(folder, name));
    assert.equal(errors, "");
    assert.equal(frames, numbers.length);
  }
  assert.match(report, /Europe\/Berlin/);
  assert.match(report, /not a certified/);
}
