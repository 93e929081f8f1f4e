/** From the newest alarm to its clip in the hand, without a mouse: by keyboard alone, or by touch on a phone. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { decode } from "../../support/footage.ts";
import { assertFitsWidth } from "./browser.ts";

/** What a page of ours has at most between its first and its last stop of the Tab key. */
const mostStops = 120;

/** Presses Tab until the element has the focus: a keyboard user gets there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < mostStops; stop++) {
    if ((await target.and(page.locator(":focus")).count()) > 0) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reaches ${String(target)}`);
}

const ready = (page: Page) => page.locator('[data-channel="1"][data-state="ready"]').waitFor();
const named = (page: Page, role: "button" | "link", name: string | RegExp) => page.getByRole(role, { name });

/** Waits for the prepared clip, fetches it as `fetch` does and looks at what is in it; gives its pictures. */
async function fetched(page: Page, folder: string, fetch: (link: Locator) => Promise<void>): Promise<number> {
  const link = named(page, "link", /^Download \(/).last();
  await link.waitFor({ timeout: 40_000 });
  const [download] = await Promise.all([page.waitForEvent("download"), fetch(link)]);
  mkdirSync(folder, { recursive: true });
  await download.saveAs(join(folder, "clip.zip"));
  const unzip = spawnSync("python3", ["-m", "zipfile", "-e", join(folder, "clip.zip"), folder], { encoding: "utf8" });
  assert.equal(unzip.stderr, "");
  const film = readdirSync(folder).find((name) => name.endsWith(".mp4")) ?? assert.fail("no MP4 in the ZIP");
  const { frames, errors } = decode(join(folder, film));
  assert.equal(errors, "");
  return frames;
}

/** The inbox, the alarm, Playback, the marks and the download with keys only. */
export async function byKeyboard(page: Page, url: string, folder: string): Promise<number> {
  await page.goto(`${url}/alarms`);
  await named(page, "link", /Front door/)
    .first()
    .waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/alarms\/./);
  await tabTo(page, named(page, "link", "Open in Playback"));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/playback\?/);
  await ready(page);
  await page.keyboard.press("i");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("o");
  await tabTo(page, named(page, "button", "Prepare the download"));
  await page.keyboard.press("Enter");
  return fetched(page, folder, async (link) => {
    await tabTo(page, link);
    await page.keyboard.press("Enter");
  });
}

/** The same with a finger on a phone; each page fits its width. */
export async function byTouch(page: Page, url: string, folder: string): Promise<number> {
  await page.goto(`${url}/alarms`);
  await named(page, "link", /Front door/)
    .first()
    .tap();
  await page.waitForURL(/\/alarms\/./);
  const onwards = named(page, "link", "Open in Playback");
  await onwards.waitFor();
  await assertFitsWidth(page);
  await onwards.tap();
  await page.waitForURL(/\/playback\?/);
  await ready(page);
  await assertFitsWidth(page);
  await named(page, "button", "Begin here (I)").tap();
  for (let picture = 0; picture < 4; picture++) await named(page, "button", "One picture on (.)").tap();
  await named(page, "button", "End here (O)").tap();
  await named(page, "button", "Prepare the download").tap();
  return fetched(page, folder, (link) => link.tap());
}
