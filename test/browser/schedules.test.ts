/** Schedules, arming by the clock, simulator and coverage: from a painted week to what it changes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startReed } from "../support/reed.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { logIn } from "./support/site.ts";

test("a week is painted and typed, gates an input, is simulated, and what can't happen is found", async (t) => {
  if (!hasBrowser(t)) return;
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.patch("site", { timeZone: "Europe/Berlin" });
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 2, outputs: 1 } });
  await api.post("outputs", { name: "Siren", kind: "siren", board: 1, point: 1 });
  const door = { kind: "door", board: 1, zone: "instant", outputs: [{ output: 1 }] };
  await api.post("inputs", { ...door, name: "Shop door", point: 1 });
  await using looking = await look(reed.url, { width: 360, height: 780 });
  const { page, errors } = looking;
  await logIn(looking, reed);
  const visit = async (path: string, heading: string) => {
    await page.goto(`${reed.url}${path}`);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  };
  const fits = async (path: string) => {
    await assertFitsWidth(page);
    assert.deepEqual(await seriousFindings(page), [], path);
  };

  await t.test("a week is painted with the pointer, written as times, and copied", async () => {
    await visit("/schedules", "Schedules");
    await page.getByRole("button", { name: "Add schedule" }).click();
    await page.getByRole("heading", { name: "Office hours", level: 1 }).waitFor();
    const sunday = page.locator('[data-row="sunday"]');
    const box = (await sunday.boundingBox()) ?? assert.fail("no row");
    const across = (hour: number) => box.x + (box.width * (hour + 0.25)) / 24;
    await page.mouse.move(across(10), box.y + 5);
    await page.mouse.down();
    await page.mouse.move(across(13), box.y + 5, { steps: 4 });
    await page.mouse.up();
    await page.getByLabel("Period 1 from").waitFor();
    assert.equal(await page.getByLabel("Period 1 from").inputValue(), "10:00");
    await page.getByLabel("Period 1 to").fill("24");
    await page.getByLabel("Period 1 to").press("Tab");
    await page.getByRole("button", { name: "Copy to…" }).click();
    await page.getByRole("checkbox", { name: "Saturday" }).check();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await fits("/schedules/1");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Saved and applied.").waitFor();
    const { week } = await api.get("schedules/1");
    assert.deepEqual(
      [week.saturday, week.sunday],
      [[{ from: "10:00", to: "24:00" }], [{ from: "10:00", to: "24:00" }]],
    );
    assert.deepEqual(week.monday, [{ from: "08:00", to: "18:00" }]);
  });

  await t.test("an input goes by it, and the simulator says so, with the reason", async () => {
    await visit("/alarm-in/1", "Shop door");
    await page.getByRole("combobox", { name: "Acts" }).click();
    await page.getByRole("option", { name: "Office hours" }).click();
    await page
      .getByText(/active now/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Saved and applied.").waitFor();
    await visit("/simulator", "Simulator");
    await page.getByLabel("on", { exact: true }).fill("2026-11-29");
    await page.getByLabel("at (site time)").fill("02:10");
    await page.getByRole("combobox", { name: "while the site is" }).click();
    await page.getByRole("option", { name: "Night" }).click();
    await page.getByText('outside the schedule "Office hours"').waitFor();
    await fits("/simulator");
    await page.getByLabel("at (site time)").fill("12:00");
    await page.getByText("happens").first().waitFor();
  });

  await t.test("coverage tells before the alarm what can't happen, and leads to where it is mended", async () => {
    await visit("/coverage", "Coverage");
    await page.getByText("Shop door records no camera").waitFor();
    await fits("/coverage");
    await page.getByRole("link", { name: "Mend it" }).first().click();
    await page.getByRole("heading", { name: "Shop door", level: 1 }).waitFor();
  });

  await t.test("arming by the clock is set, counted down in the top bar, and put off", async () => {
    await visit("/schedules", "Schedules");
    await page.getByRole("switch", { name: "Arm by the clock" }).click();
    await page.getByLabel("Warning before").fill("60");
    await fits("/schedules");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Saved and applied.").waitFor();
    const soon = new Date(Date.now() + 30 * 60_000);
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" });
    const day = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", weekday: "long" });
    const today = day.format(soon).toLowerCase();
    await api.patch("schedules/1", {
      week: { ...(await fullWeek(api)), [today]: [{ from: "00:00", to: clock.format(soon) }] },
    });
    const notice = page.getByRole("button", { name: /^Arms in/ });
    await notice.click();
    await page.getByRole("menuitem", { name: "60 minutes later" }).click();
    await page.getByText("Put off.").waitFor();
    await page.getByRole("menu").waitFor({ state: "detached" });
    await fits("/schedules");
  });

  await t.test(
    "a camera goes by it, is private at home, and the input that it is linked to says so in red",
    async () => {
      await api.post("channels", { name: "Yard", url: "rtsp://127.0.0.1:9/none" });
      await visit("/cameras/1", "Yard");
      await page.getByRole("radio", { name: "By its week" }).check();
      await page.getByRole("combobox", { name: "General footage" }).click();
      await page.getByRole("option", { name: "Inside Office hours" }).click();
      const atHome = page.getByRole("group", { name: "Don't record while" });
      await atHome.getByRole("checkbox", { name: "Disarmed" }).check();
      await page.getByRole("radio", { name: /^Keep nothing either/ }).check();
      await page.getByRole("switch", { name: "Second copy of all files" }).click();
      await page.getByRole("switch", { name: "A picture by the clock" }).click();
      await page.getByLabel("Every").fill("30");
      await page.getByRole("button", { name: "Apply" }).click();
      await page.getByText("Saved and applied.").waitFor();
      await visit("/recording", "Recording");
      await page.getByText("Nothing: as set for Disarmed").waitFor();
      await page.getByText("No volume takes second copies: add one under Storage").waitFor();
      await page.getByRole("img", { name: "Saturday: General 00:00–24:00; Alarm 00:00–24:00" }).waitFor();
      await fits("/recording");
      await page.getByRole("textbox", { name: "A file ends after" }).fill("10");
      await page.getByRole("button", { name: "Apply" }).click();
      await page.getByText("Saved and applied.").waitFor();
      assert.deepEqual((await api.get("recording")).files, { minutes: 10 });
      const { secondCopy, timedPictures } = await api.get("channels/1");
      assert.deepEqual([secondCopy, timedPictures], [true, { everyS: 30, when: "always", keepDays: 14 }]);
      await visit("/pictures", "Timed pictures");
      await page.getByText("No pictures by the clock").waitFor();
      await fits("/pictures");
      await api.patch("inputs/1", { recordChannels: [1] });
      await visit("/alarm-in/1", "Shop door");
      await page.getByText("Yard is off for privacy while the site is: Disarmed.").waitFor();
      await fits("/alarm-in/1");
    },
  );
  assert.deepEqual(errors, []);
});

/** Always active: without a turn at midnight. */
async function fullWeek(api: { get(path: string): Promise<{ week: object }> }): Promise<Record<string, object[]>> {
  const { week } = await api.get("schedules/1");
  return Object.fromEntries(Object.keys(week).map((day) => [day, [{ from: "00:00", to: "24:00" }]]));
}
