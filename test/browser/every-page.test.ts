/** Every page of the router on a phone and on a desk: nothing sticks out, all is named and reached. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startReed, type Api } from "../support/reed.ts";
import { closedReceipt, live, openContact, smallSource } from "../support/site.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { logIn } from "./support/site.ts";

/** A path of the router and the pages that are visited for it. */
const visits: Readonly<Record<string, readonly string[]>> = {
  "/live": [""],
  "/alarms/{-$alarm}": ["", "/FIRST"],
  "/playback": [""],
  "/cameras/{-$channel}": ["", "/1", "/2"],
  "/alarm-in/{-$input}": ["", "/1"],
  "/alarm-out/{-$output}": ["", "/1"],
  "/detection/{-$channel}": ["", "/1"],
  "/arming": [""],
  "/boards/{-$board}": ["", "/1", "/new"],
  "/storage": [""],
  "/people/{-$section}": ["", "/keys", "/sessions", "/audit", "/me"],
  "/system/{-$section}": ["", "/logs", "/notifications", "/network", "/backup", "/evidence", "/about"],
  "/schedules/{-$schedule}": ["", "/1"],
  "/simulator": [""],
  "/coverage": [""],
};
/** Before the login; they have tests of their own. */
const outside = ["/login", "/setup", "/"];

const routes = [...readFileSync("web/app/router.tsx", "utf8").matchAll(/path: "([^"]+)"/g)].map(
  ([, path = ""]) => path,
);
const pages = routes
  .filter((path) => !outside.includes(path))
  .flatMap((path) => (visits[path] ?? [""]).map((more) => path.replace(/\/\{.*/, "") + more));

/** What takes a click, is seen, and can't be reached by Tab; arrows lead through tabs, menus and live tiles. */
const unreachable = `(() => {
  const clicked = "a[href],button,input,select,textarea,[role=button],[role=switch],[role=slider],[role=combobox],[role=tab]";
  const groups = "[role=tablist],[role=radiogroup],[role=menu],[role=listbox],[role=grid],[role=group][data-channel]";
  return [...document.querySelectorAll(clicked)].filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    const seen = width > 1 && height > 1 && getComputedStyle(one).visibility !== "hidden";
    return seen && !one.disabled && !one.closest("[aria-hidden=true],[inert]") && one.tabIndex < 0 && !one.closest(groups);
  }).map((one) => one.outerHTML.slice(0, 160));
})()`;

async function furnish(api: Api, url: string): Promise<string> {
  await api.put("site", { name: "Harbour 7", timeZone: "Europe/Berlin" });
  await api.post("channels", { name: "Yard behind the northern warehouse", url });
  await api.post("channels", { name: "Cellar", url: "rtsp://127.0.0.1:9/none" });
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 2, outputs: 1 } });
  await api.post("outputs", { name: "Siren", kind: "siren", board: 1, point: 1 });
  await api.post("notifiers", { kind: "webhook", name: "Guard", url: "http://127.0.0.1:9/hook" });
  await api.post("schedules", { name: "Night", week: { monday: [{ from: "22:00", to: "24:00" }] } });
  const linkage = { recordChannels: [1], outputs: [{ output: 1, holdS: 1 }], postRecordS: 1 };
  const door = { name: "Front door", kind: "door", type: "NC", board: 1, point: 1, debounceMs: 0, zone: "instant" };
  await api.post("inputs", { ...door, ...linkage });
  await openContact(api, 1, 1, "closed");
  await live(api, 1, 3000);
  await api.post("arming", { armed: true });
  await openContact(api, 1, 1, "open");
  await openContact(api, 1, 1, "closed");
  return (await closedReceipt(api, 1)).alarmId;
}

async function drawn(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor();
  await page.locator("main [class*=Skeleton-root]").first().waitFor({ state: "detached" });
}

async function look360and1440(page: Page, wrong: string[], path: string): Promise<void> {
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await drawn(page);
    await assertFitsWidth(page).catch((error: unknown) => wrong.push(`${path}: ${String(error)}`));
    // names, roles and colours are the same at both widths
    const found = [
      ...(width === 360 ? await seriousFindings(page) : []),
      ...(await page.evaluate<string[]>(unreachable)),
    ];
    wrong.push(...found.map((finding) => `${path} at ${width}: ${finding}`));
  }
}

test("every page fits, is named and can be reached", { timeout: 400_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
  await using reed = await startReed();
  const alarm = await furnish(await reed.administrator(), cameras.urls[0] ?? "");
  await using looking = await look(reed.url, { width: 360 });
  const { page, errors } = looking;
  await logIn(looking, reed);
  assert.ok(pages.length > 25, "the router's paths are read");
  const wrong: string[] = [];
  for (const path of pages) {
    await page.goto(`${reed.url}${path.replace("FIRST", alarm)}`, { waitUntil: "commit" });
    await look360and1440(page, wrong, path);
  }
  t.diagnostic(`${pages.length} pages`);
  assert.deepEqual(wrong, []);
  assert.deepEqual(errors, []);

  await t.test("in the dark every text can be read", async () => {
    await using night = await look(reed.url, { width: 1440, dark: true });
    await logIn(night, reed);
    const faint: string[] = [];
    for (const path of pages) {
      await night.page.goto(`${reed.url}${path.replace("FIRST", alarm)}`, { waitUntil: "commit" });
      await drawn(night.page);
      // names and roles are those of the light pages
      const found = await seriousFindings(night.page, ["color-contrast", "link-in-text-block"]);
      faint.push(...found.map((finding) => `${path}: ${finding}`));
    }
    assert.deepEqual(faint, []);
    assert.deepEqual(night.errors, []);
  });
});
