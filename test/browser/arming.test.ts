/** Alarm → Arming: zones and delays, arming with an open window, leaving, and somebody's code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { startReed } from "../support/reed.ts";
import { openContact } from "../support/site.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { chooseMode, logIn } from "./support/site.ts";

async function isFine(page: Page): Promise<void> {
  await assertFitsWidth(page);
  assert.deepEqual(await seriousFindings(page), []);
}

test("arming by modes", async (t) => {
  if (!hasBrowser(t)) return;
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 2, outputs: 1 } });
  await api.post("outputs", { name: "Siren", kind: "siren", board: 1, point: 1 });
  const door = { kind: "door", type: "NC", board: 1, debounceMs: 50, outputs: [{ output: 1, holdS: 1 }] };
  await api.post("inputs", { ...door, name: "Front door", point: 1, zone: "entry-exit" });
  await api.post("inputs", { ...door, name: "Window", point: 2 });
  await openContact(api, 1, 1, "closed");
  await openContact(api, 1, 2, "open");
  await using looking = await look(reed.url);
  const { page, errors } = looking;
  await logIn(looking, reed);
  const now = (mode: string) => page.getByRole("banner").getByRole("button", { name: `Arming: ${mode}` });

  await t.test("a new input says that it only records; zone, modes and delays are applied together", async () => {
    await page.getByRole("link", { name: "Arming", exact: true }).click();
    const window = page.getByRole("group", { name: "Window" });
    await window.getByText("Its outputs and messages will not act.").waitFor();
    await window.getByRole("combobox", { name: "Zone type of Window" }).click();
    await page.getByRole("option", { name: "Instant" }).click();
    await window.getByLabel("Home").uncheck();
    await page.getByLabel("Exit delay of Away").fill("2");
    await page.getByLabel("Entry delay of Away").fill("60");
    await isFine(page);
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Saved and applied.").waitFor();
    const { zone, modes } = await api.get("inputs/2");
    assert.deepEqual([zone, modes], ["instant", ["night", "away"]]);
  });

  await t.test("an open window is asked about, left out, and the delay to leave counts down", async () => {
    await chooseMode(page, "Arm: Away");
    const dialog = page.getByRole("dialog", { name: "Arm: Away" });
    await dialog.getByLabel("Window is open").check();
    await dialog.getByRole("button", { name: "Arm without these" }).click();
    await page
      .getByRole("banner")
      .getByRole("button", { name: /s to leave$/ })
      .waitFor();
    await page.getByText("Window is left out of this arming.").waitFor();
    await now("Away").waitFor();
  });

  await t.test("coming in, the time to disarm counts down, and a viewer's code ends it", async () => {
    await page.getByLabel("Whose").fill("Anna");
    await page.getByLabel("Code, 4 to 8 digits").fill("274913");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText("The code of Anna is there.").waitFor();
    await openContact(api, 1, 1, "open");
    await page
      .getByRole("banner")
      .getByRole("button", { name: /s to disarm$/ })
      .waitFor();
    await isFine(page);
    const viewer = { name: "hall", password: "a quiet back door" };
    // the key of the tests may not make people
    const body = JSON.stringify({ ...viewer, role: "viewer" });
    const headers = { "content-type": "application/json" };
    await page.evaluate(async (init) => (await fetch("/api/users", init)).status, { method: "POST", headers, body });
    await using wall = await look(reed.url, { width: 360, height: 780, dark: true });
    await logIn(wall, reed, viewer);
    await wall.page
      .getByRole("banner")
      .getByRole("button", { name: /s to disarm$/ })
      .click();
    await wall.page.getByRole("menuitem", { name: "Disarm" }).click();
    await wall.page.getByLabel("Code").fill("274913");
    await wall.page.getByRole("menu").waitFor({ state: "detached" });
    await isFine(wall.page);
    await wall.page.getByRole("button", { name: "OK" }).click();
    await now("Disarmed").waitFor();
    await page.getByText(/by code Anna/).waitFor();
    assert.deepEqual([...errors, ...wall.errors], []);
  });

  await t.test("on a phone everything is there and nothing reaches out", async () => {
    await using phone = await look(reed.url, { width: 360, height: 780 });
    await logIn(phone, reed);
    await phone.page.goto(`${reed.url}/arming`);
    await phone.page.getByRole("group", { name: "Window" }).waitFor();
    await isFine(phone.page);
    assert.deepEqual(phone.errors, []);
  });
});
