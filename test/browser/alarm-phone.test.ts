/** The alarm pages on a phone: copying, warnings before something is live, silence, everything back to rest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { startReed } from "../support/reed.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { openContact } from "../support/site.ts";
import { chooseMode, logIn } from "./support/site.ts";

/** The top bar's buttons lie beside each other, all of them on the screen. */
async function assertBarFits(page: Page): Promise<void> {
  const boxes = await page.getByRole("banner").getByRole("button").all();
  const seen = (await Promise.all(boxes.map((one) => one.boundingBox()))).filter((box) => box !== null);
  const sorted = seen.sort((a, b) => a.x - b.x);
  const ends = sorted.map(({ x, width }) => x + width);
  assert.ok(sorted.length >= 5, `${sorted.length} buttons`);
  assert.ok(
    sorted.every(({ x }, i) => x >= (ends[i - 1] ?? 0) && (ends[i] ?? 0) <= 360),
    JSON.stringify(sorted),
  );
}

test("on a phone: the siren is silenced with one press, an open door is asked about, settings are copied", async (t) => {
  if (!hasBrowser(t)) return;
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 3, outputs: 2 } });
  await api.post("outputs", { name: "Siren", kind: "siren", board: 1, point: 1 });
  await api.post("outputs", { name: "Yard gate", kind: "gate", board: 1, point: 2 });
  const button = { kind: "button", board: 1 };
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    ...button,
    name: "Panic",
    point: 1,
    outputs: [{ output: 1 }],
    postRecordS: 77,
  });
  await api.post("inputs", { zone: "instant", swingerAlarms: 0, ...button, name: "Counter", point: 2 });
  await using looking = await look(reed.url, { width: 360, height: 780, dark: true });
  const { page, errors } = looking;
  await logIn(looking, reed);
  const visit = async (path: string, heading: string) => {
    await page.goto(`${reed.url}${path}`);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    await assertFitsWidth(page);
    assert.deepEqual(await seriousFindings(page), [], path);
  };

  await t.test("settings of one input are copied to another as one change", async () => {
    await visit("/alarm-in/1", "Panic");
    await page.getByRole("button", { name: "Copy to…" }).click();
    await page.getByLabel("Counter").check();
    await page.getByRole("button", { name: "Copy to 1" }).click();
    await page.getByText("Copied to 1 inputs.").waitFor();
    const copied = await api.get("inputs/2");
    assert.deepEqual([copied.name, copied.postRecordS, copied.outputs], ["Counter", 77, [{ output: 1, holdS: 10 }]]);
  });

  await t.test("enabling an input that is active warns; arming with an active one asks", async () => {
    await page.getByRole("switch", { name: "Switched on" }).press("Space");
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("switched off", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Close it" }).click();
    await page.getByRole("switch", { name: "Switched on" }).press("Space");
    await page.getByText("This input is active now").waitFor();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("switched off", { exact: true }).waitFor({ state: "detached" });
    await chooseMode(page, "Arm: Home");
    await page.getByLabel("Panic is open").waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Open it" }).click();
    await page.locator('[data-state="rest"]').first().waitFor();
    await chooseMode(page, "Arm: Home");
    await page.getByRole("button", { name: "Arming: Home" }).waitFor();
  });

  await t.test("one press silences, and all to rest asks first while a gate is among them", async () => {
    await page.getByRole("button", { name: "Close it" }).click();
    await page.getByRole("banner").getByRole("button", { name: "Silence" }).waitFor();
    await api.post("boards", { name: "Away", driver: { kind: "modbus-tcp", host: "127.0.0.1", port: 9 } });
    await page.getByRole("button", { name: /^Troubles: / }).waitFor();
    await assertFitsWidth(page);
    await assertBarFits(page);
    await page.getByRole("banner").getByRole("button", { name: "Silence" }).click();
    await page.getByText("Silenced. Recording goes on.").waitFor();
    // the alarm itself came to the front of the page, and lies over it until somebody took it
    await page.getByRole("group", { name: "Alarm: Panic" }).getByRole("button", { name: "Acknowledge" }).click();
    await visit("/alarm-out/2", "Yard gate");
    await page.getByText("On", { exact: true }).click();
    await page.getByRole("button", { name: "Switch it on" }).click();
    await page.locator('[data-what="readBack"] [data-on="on"]').waitFor();
    await visit("/alarm-out", "Alarm out");
    await page.getByRole("button", { name: "Return all to rest" }).click();
    await page.getByText(/would also move "Yard gate"/).waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Return all to rest" }).click();
    await page.getByText("All outputs were returned to rest.").waitFor();
    await api.post("boards", { name: "Script", driver: { kind: "http-trigger", inputs: [{ point: 1 }] } });
    const script = await api.post("inputs", {
      zone: "instant",
      swingerAlarms: 0,
      ...button,
      name: "Gate camera",
      board: 3,
      point: 1,
    });
    await visit(`/alarm-in/${script.input}`, "Gate camera");
    await page.getByRole("button", { name: "Trip it once" }).click();
    await page.getByText("Gate camera was tripped.").waitFor();
    await visit("/boards", "I/O boards");
    await visit("/boards/1", "By hand");
    await visit("/alarm-in", "Alarm in");
  });

  await t.test(
    "a walk test: the tick of the relay comes when the door is opened, and the record is a PDF",
    async () => {
      await api.post("arming", { armed: false });
      await openContact(api, 1, 1, "open");
      await visit("/walk-test", "Walk test");
      await page.getByRole("button", { name: "Begin walk test" }).click();
      const row = page.getByRole("region", { name: "Panic" });
      await row.getByText("not tripped yet").waitFor();
      await openContact(api, 1, 1, "closed");
      await row.locator('[data-tick="proved"]').waitFor();
      await row.getByText("partly").waitFor();
      await assertFitsWidth(page);
      assert.deepEqual(await seriousFindings(page), [], "the running walk test");
      await page.getByRole("button", { name: "End walk test" }).click();
      const record = page.getByRole("link", { name: "Test record" });
      // a record waits for outcomes up to half a minute
      await record.waitFor({ timeout: 60_000 });
      const pdf = await page.request.get(new URL((await record.getAttribute("href")) ?? "", reed.url).href);
      assert.match((await pdf.body()).toString("latin1"), /^%PDF/);
    },
  );
  assert.deepEqual(errors, []);
});
