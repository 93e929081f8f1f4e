/** Who may come in and what they see: logins, a viewer with one camera, a display, keys, the audit log. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { startReed, until } from "../support/reed.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { chooseMode, logIn } from "./support/site.ts";

const viewer = { name: "bob", password: "a quiet back door" };

async function isFine(page: Page): Promise<void> {
  await assertFitsWidth(page);
  assert.deepEqual(await seriousFindings(page), []);
}

test("people and what they may see", async (t) => {
  if (!hasBrowser(t)) return;
  await using reed = await startReed();
  const api = await reed.administrator();
  // nothing answers there: names and states are enough here
  for (const name of ["Front door", "Vault"]) await api.post("channels", { name, url: "rtsp://127.0.0.1:9/x" });
  await using office = await look(reed.url);
  await logIn(office, reed);

  await t.test("an administrator gives a viewer one camera", async () => {
    const { page } = office;
    await page.goto(`${reed.url}/people`);
    await page.getByRole("button", { name: "Add a user or display" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Name", { exact: true }).fill(viewer.name);
    await form.getByLabel("Password", { exact: true }).fill("bob");
    await form.getByText("At least 10 characters (now 3)").waitFor();
    await form.getByLabel("Password", { exact: true }).fill(viewer.password);
    await form.getByRole("radiogroup", { name: "Cameras seen live" }).getByText("Only these").click();
    await form.getByRole("group", { name: "Cameras seen live" }).getByLabel("2 · Vault").uncheck();
    await form.getByRole("radiogroup", { name: "Cameras played back" }).getByText("Only these").click();
    await form.getByRole("group", { name: "Cameras played back" }).getByLabel("2 · Vault").uncheck();
    await isFine(page);
    await form.getByRole("button", { name: "Add", exact: true }).click();
    const row = page.getByRole("row", { name: /bob/ });
    await row.getByRole("cell", { name: "Front door" }).first().waitFor();
    await isFine(page);
    assert.deepEqual(office.errors, []);
  });

  await t.test("the viewer mistypes, logs in, and sees that one camera only, on a phone", async () => {
    await using phone = await look(`${reed.url}/live`, { width: 390, height: 844 });
    const { page } = phone;
    await page.getByLabel("Name").fill(viewer.name);
    await page.getByLabel("Password", { exact: true }).fill("a wrong back door");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("Name or password is wrong.").waitFor();
    await isFine(page);
    await page.keyboard.type(viewer.password);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/live");
    await page.getByText("Front door").first().waitFor();
    assert.equal(await page.getByText("Vault").count(), 0);
    const asked = "fetch('/api/channels').then((answer) => answer.json())";
    const seen = await page.evaluate<{ name: string }[]>(asked);
    assert.deepEqual(
      seen.map(({ name }) => name),
      ["Front door"],
    );
    // more is given elsewhere, and it is there without a reload
    const body = JSON.stringify({ rights: { live: "all", playback: [1] } });
    const patch = `{ method: 'PATCH', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(body)} }`;
    await office.page.evaluate(`fetch('/api/users/bob', ${patch}).then(() => 1)`);
    await page.getByText("Vault").first().waitFor();
    await page.getByRole("button", { name: /User bob/ }).click();
    await page.getByRole("menuitem", { name: "My login" }).click();
    await page.getByRole("heading", { name: "My password" }).waitFor();
    await isFine(page);
    // the address of a page that is not for a viewer leads nowhere else
    await page.goto(`${reed.url}/people/users`);
    await page.getByRole("heading", { name: "My password" }).waitFor();
    assert.equal(await page.getByRole("tab").count(), 0);
    assert.deepEqual(phone.errors, []);
  });

  await t.test("a session that was ended elsewhere says so, and goes on where one was after the login", async () => {
    await using laptop = await look(reed.url);
    const { page } = laptop;
    await logIn(laptop, reed, viewer);
    await page.goto(`${reed.url}/people/me`);
    await page.getByRole("heading", { name: "My password" }).waitFor();
    await office.page.goto(`${reed.url}/people/sessions`);
    await office.page.getByRole("button", { name: "End the session of bob" }).first().waitFor();
    await isFine(office.page);
    for (const session of (await sessionsOf(office.page)).filter(({ user }) => user === "bob"))
      await office.page.evaluate(`fetch('/api/sessions/${session.id}', { method: 'DELETE' }).then(() => 1)`);
    await page.getByText("You were logged out").waitFor();
    await page.getByLabel("Name").fill(viewer.name);
    await page.getByLabel("Password", { exact: true }).fill(viewer.password);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/people/me");
  });

  /** What is open is shown before, and can be left out. */
  const armsByCode = async (page: Page) => {
    await api.post("boards", { driver: { kind: "virtual", inputs: 2, outputs: 1 } });
    const window = { name: "Back window", kind: "window", zone: "instant", board: 1, point: 1, recordChannels: [1] };
    await api.post("inputs", window);
    await until(() => api.post("virtual/1/1", { level: "open" }).then(() => true), "the window is open");
    await api.post("arming/codes", { name: "Anna", pin: "274913" });
    await chooseMode(page, "Arm: Away");
    const pad = page.getByRole("dialog");
    await pad.getByRole("button", { name: "Arm anyway" }).waitFor();
    // the menu of the modes fades for a moment
    await page.getByRole("menu").waitFor({ state: "hidden" });
    await isFine(page);
    await pad.getByRole("checkbox", { name: "Back window is open" }).check();
    await pad.getByLabel("Code", { exact: true }).fill("274913");
    await pad.getByRole("button", { name: "Arm without these" }).click();
    await page.getByRole("button", { name: "Arming: Away" }).waitFor();
    assert.deepEqual((await api.get("arming")).bypass, [1]);
    await chooseMode(page, "Disarm");
    await pad.getByLabel("Code", { exact: true }).fill("274913");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Arming: Disarmed" }).waitFor();
  };

  /** It comes to the front by itself; a display only shows. */
  const showsAlarm = async (page: Page) => {
    await api.post("inputs", { name: "Gate", kind: "door", zone: "instant", board: 1, point: 2, recordChannels: [1] });
    await api.post("virtual/1/2", { level: "closed" });
    await until(async () => (await api.get("inputs"))[1].live.active === false, "the gate is shut");
    await api.post("arming", { armed: true, bypass: [1] });
    await api.post("virtual/1/2", { level: "open" });
    const card = page.getByRole("group", { name: "Alarm: Gate" });
    await card.getByText(/^Gate \d\d:/).waitFor();
    const buttons = await card.getByRole("button").evaluateAll((all) => all.map((one) => one.ariaLabel));
    assert.deepEqual(buttons, ["Put away", "Enlarge Front door"]);
    assert.equal(await card.getByRole("link").count(), 0);
    await isFine(page);
    const { alarms } = await api.get("alarms?state=new");
    for (const { id } of alarms) await api.post(`alarms/${id}/acknowledge`);
    await card.waitFor({ state: "detached" });
    await api.post("arming", { armed: false });
  };

  await t.test("a display is let in by its link once, sees live and nothing else, and arms by a code", async () => {
    const { page } = office;
    await page.goto(`${reed.url}/people`);
    await page.getByRole("button", { name: "Add a user or display" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Name", { exact: true }).fill("Hall");
    await form.getByLabel("Display", { exact: true }).check();
    await form.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByRole("button", { name: "New link" }).click();
    const link = await page.getByRole("textbox", { name: "Open this address on the display" }).inputValue();
    await isFine(page);
    await using wall = await look(link);
    const refused: string[] = [];
    wall.page.on("response", (response) => response.status() === 403 && refused.push(response.url()));
    await wall.page.waitForURL("**/live");
    await wall.page.getByText("Front door").first().waitFor();
    assert.deepEqual(await wall.page.getByRole("navigation").getByRole("link").allTextContents(), ["Live"]);
    assert.deepEqual(wall.errors, [], refused.join());
    await armsByCode(wall.page);
    await showsAlarm(wall.page);
    assert.deepEqual(wall.errors, [], refused.join());
    await using stranger = await look(link);
    await stranger.page.getByText("was used already").waitFor();
    assert.deepEqual(office.errors, []);
  });

  await t.test("a key is shown once; what was done stands in the audit log and in its file", async () => {
    const { page } = office;
    await page.goto(`${reed.url}/people/keys`);
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("Grafana");
    await page.getByRole("button", { name: "Make the key" }).click();
    const key = await page.getByRole("textbox", { name: "The key" }).inputValue();
    assert.match(key, /^reed_/);
    await isFine(page);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("row", { name: /Grafana/ }).waitFor();
    await page.getByRole("tab", { name: "Audit log" }).click();
    await page.getByLabel("Kind").selectOption("Refused logins");
    await page.getByRole("cell", { name: "Login refused" }).first().waitFor();
    await page.getByLabel("Person").fill("nobody");
    await page.getByText("Nothing fits").waitFor();
    await page.getByLabel("Person").fill("BOB");
    await page.getByRole("cell", { name: /name bob/ }).waitFor();
    await isFine(page);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV" }).click();
    const text = readFileSync(await (await download).path(), "utf8");
    assert.match(text, /^"time \(UTC\)".*\r\n.*"login-refused".*bob/s);
    await page.setViewportSize({ width: 390, height: 844 });
    await isFine(page);
    assert.deepEqual(office.errors, []);
  });
});

const sessionsOf = (page: Page) =>
  page.evaluate<{ id: string; user: string }[]>("fetch('/api/sessions').then((answer) => answer.json())");
