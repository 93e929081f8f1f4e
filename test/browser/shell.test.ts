/** What is around every page: login, navigation, arming, logout, another language, a phone. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { startReed } from "../support/reed.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { chooseMode, logIn } from "./support/site.ts";

/** Colours of a button's text in one task: usable, disabled, usable again. */
const coloursAsItIsDisabled = `((button) => {
  return [false, true, false].map((disabled) => {
    button.disabled = disabled;
    return getComputedStyle(button.querySelector("span")).color;
  });
})(document.querySelector("button[type=submit]"))`;

test("the pages around everything", async (t) => {
  if (!hasBrowser(t)) return;
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.put("site", { name: "Harbour 7", timeZone: "Europe/Berlin" });

  await t.test("who is not logged in comes to the login, and back to where they wanted to go", async () => {
    await using looking = await look(`${reed.url}/storage`);
    const { page, errors } = looking;
    await page.getByRole("heading", { name: "Log in to Reed" }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByLabel("Name").fill("admin");
    await page.getByLabel("Password", { exact: true }).fill("wrong password");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Password", { exact: true }).fill("a long sentence for tests");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL("**/storage");
    await page.getByText("Harbour 7").waitFor();
    assert.deepEqual(errors, []);
  });

  await t.test("who wants no motion sees each colour at once, and not the one before", async () => {
    await using looking = await look(`${reed.url}/login`);
    await looking.page.getByRole("button", { name: "Log in" }).waitFor();
    const [usable, disabled, again] = await looking.page.evaluate<string[]>(coloursAsItIsDisabled);
    assert.notEqual(disabled, usable);
    assert.equal(again, usable);
  });

  await t.test("arming is a choice of the top bar, and true at once on every page", async () => {
    await using looking = await look(reed.url);
    const { page, errors } = looking;
    await logIn(looking, reed);
    await chooseMode(page, "Arm: Home");
    await page.getByRole("button", { name: "Arming: Home" }).waitFor();
    assert.equal((await api.get("arming")).armed, true);
    await api.post("arming", { armed: false });
    await page.getByRole("button", { name: "Arming: Disarmed" }).waitFor();
    assert.deepEqual(errors, []);
  });

  await t.test("the first load is at most 300 kB of script, packed", async () => {
    await using looking = await look(`${reed.url}/login`);
    const { page } = looking;
    const scripts = new Map<string, number>();
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.set(new URL(response.url()).pathname, 0);
    });
    await logIn(looking, reed);
    await page.getByRole("navigation").waitFor();
    await page.waitForLoadState("networkidle");
    assert.ok(scripts.size > 3);
    for (const path of scripts.keys()) scripts.set(path, gzipSync(readFileSync(`dist/web${path}`)).length);
    const total = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
    t.diagnostic(`${Math.round(total / 1000)} kB of script, gzip`);
    assert.ok(total <= 300_000, JSON.stringify([...scripts]));
  });

  await t.test("Ctrl-K finds a page by its name", async () => {
    await using looking = await look(reed.url);
    const { page } = looking;
    await logIn(looking, reed);
    await page.getByRole("navigation").waitFor();
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search pages, cameras, inputs").fill("stor");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/storage");
  });

  await t.test("on a phone the menu opens by its button, in German too, and logout ends the session", async () => {
    await using looking = await look(reed.url, { width: 360, height: 740, language: "de-DE", dark: true });
    const { page, errors } = looking;
    await page.getByLabel("Name").fill("admin");
    await page.getByLabel("Passwort", { exact: true }).fill("a long sentence for tests");
    await page.getByRole("button", { name: "Anmelden" }).click();
    await page.getByRole("button", { name: "Menü" }).click();
    await page.getByRole("navigation").getByRole("link", { name: "Speicher" }).click();
    await page.waitForURL("**/storage");
    await assertFitsWidth(page);
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole("button", { name: /Benutzer admin/ }).click();
    await page.getByRole("menuitem", { name: "Abmelden" }).click();
    await page.getByRole("heading", { name: "Bei Reed anmelden" }).waitFor();
    assert.deepEqual(errors, []);
  });
});
