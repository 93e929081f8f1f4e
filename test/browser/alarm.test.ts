/** From a board out of its box to a silenced siren: profile, live contact, name, teach, link, trip, read back, silence. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startBoardProgram } from "../support/board.ts";
import { startReed } from "../support/reed.ts";
import { live, smallSource } from "../support/site.ts";
import { hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { chooseMode, logIn } from "./support/site.ts";

const contactRow = (page: Page, point: number) => page.locator(`tr[data-point="${point}"]`);
const level = (page: Page, point: number, is: string) =>
  contactRow(page, point).locator(`[data-level="${is}"]`).waitFor();
const told = (page: Page, what: string, is: string) =>
  page.locator(`[data-what="${what}"] [data-on="${is}"]`).waitFor();

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: field }).or(page.getByLabel(field)).first().click();
  await page.getByRole("option", { name: option }).click();
  await page.keyboard.press("Escape");
}

test("a board, an input and a siren, set up and tripped on the pages", async (t) => {
  if (!hasBrowser(t)) return;
  await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
  await using board = await startBoardProgram({ contacts: 8, relays: 8, closed: [true, true], analogue: [2047] });
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.post("channels", { name: "Porch", url: cameras.urls[0] });
  const contact = (number: number, to: "open" | "closed") => board.send({ do: "set", contact: number - 1, to });
  await using looking = await look(reed.url);
  const { page, errors } = looking;
  const fine = async () => assert.deepEqual(await seriousFindings(page), []);
  await logIn(looking, reed);

  await t.test("a board is added by its make, after its connection was tested", async () => {
    await page.getByRole("link", { name: "I/O boards" }).click();
    await page.getByRole("heading", { name: "No board yet" }).waitFor();
    await page.getByRole("link", { name: "Add a board" }).click();
    await page.getByRole("button", { name: /^Waveshare Modbus relay/ }).click();
    await page.getByLabel("Name").fill("Cabinet");
    await page.getByLabel("Address").fill("127.0.0.1");
    await page.getByLabel("Port").fill("9");
    await page.getByRole("button", { name: "Test the connection" }).click();
    await page.getByText("The board was not reached").waitFor();
    await page.getByLabel("Port").fill(String(board.port));
    await page.getByRole("button", { name: "Test the connection" }).click();
    await page.getByText("The board answers").waitFor();
    await fine();
    await page.getByRole("button", { name: "Add it" }).click();
    await page.getByRole("heading", { name: "Cabinet", level: 1 }).waitFor();
    await level(page, 1, "closed");
    await level(page, 3, "open");
  });

  await t.test("a pressed contact stands out and is named where it stands; a named relay is tested", async () => {
    await contact(1, "open");
    await page.locator('tr[data-point="1"][data-moved="true"]').waitFor();
    await level(page, 1, "open");
    await page.getByLabel("Name of Contact 1").fill("Front door");
    await contactRow(page, 1).getByRole("button", { name: "Name it" }).click();
    await page.getByRole("link", { name: "Front door" }).waitFor();
    await page.getByLabel("Name of Relay 1").fill("Siren");
    await page.getByLabel("Name of Relay 1").press("Enter");
    await page.getByRole("button", { name: "Test Siren for one second" }).click();
    await page.locator('[data-read-back="on"]').waitFor();
    await page.locator('[data-commanded="off"][data-read-back], [data-read-back="off"]').first().waitFor();
    await fine();
    await contact(1, "closed");
  });

  await t.test("the input is taught in two steps, and nothing is saved before the door was seen to open", async () => {
    await page.getByRole("link", { name: "Front door" }).click();
    await page.getByRole("heading", { name: "Front door", level: 1 }).waitFor();
    await page.getByRole("img", { name: /Wiring: contact 1 .*closed now/ }).waitFor();
    await page.getByRole("button", { name: "Teach…" }).click();
    await page.getByRole("button", { name: "It is at rest" }).click();
    const save = page.getByRole("button", { name: "Save it" });
    await save.waitFor();
    assert.equal(await save.isDisabled(), true);
    await contact(1, "open");
    await page.getByText("Seen: at rest the loop is closed").waitFor();
    await contact(1, "closed");
    await save.click();
    await page.getByText("Taught: NC.").waitFor();
    await page.locator('[data-state="rest"]').first().waitFor();
  });

  await t.test("camera and siren are linked; leaving without applying asks", async () => {
    await choose(page, "Record these cameras", "Porch");
    await page.getByText("Porch: 10 s before").waitFor();
    await page.getByRole("combobox", { name: "Zone type" }).click();
    await page.getByRole("option", { name: "Instant" }).click();
    await choose(page, "Switch these outputs", "Siren");
    assert.equal(await page.getByRole("combobox", { name: "Sound" }).inputValue(), "None");
    await page.getByRole("link", { name: "Alarm out" }).click();
    await page.getByRole("button", { name: "Stay here" }).click();
    await fine();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Saved and applied.").waitFor();
    await page.getByRole("link", { name: "Alarm in", exact: true }).click();
    await page.getByRole("cell", { name: "Porch" }).waitFor();
    await fine();
  });

  await t.test(
    "tripped, the siren is commanded and reads back on, held by the door; one press silences it",
    async () => {
      await live(api, 1);
      await chooseMode(page, "Arm: Home");
      await page.getByRole("button", { name: "Arming: Home" }).waitFor();
      await page.getByRole("link", { name: "Alarm out" }).click();
      await page.getByRole("button", { name: "Siren", exact: true }).click();
      await told(page, "readBack", "off");
      await contact(1, "open");
      await told(page, "commanded", "on");
      await told(page, "readBack", "on");
      await page.getByText(/^Front door, until/).waitFor();
      await page.getByRole("button", { name: "Test Siren for one second" }).click();
      await page.getByText('"Siren" is held on by the alarm of "Front door"; silence it first').waitFor();
      await fine();
      await page.getByRole("banner").getByRole("button", { name: "Silence" }).click();
      await told(page, "commanded", "off");
      await told(page, "readBack", "off");
      await page.getByText("Nothing holds it.").waitFor();
      assert.equal(await page.getByRole("banner").getByRole("button", { name: "Silence" }).count(), 0);
      await contact(1, "closed");
    },
  );

  await t.test(
    "a latched siren with a load above its relay's rating stays on until the alarm is acknowledged",
    async () => {
      await api.patch("inputs/1", { antiDitherS: 0 });
      await choose(page, "Behaviour", "Latched");
      await page.getByRole("combobox", { name: "Relay", exact: true }).click();
      await page.getByRole("option", { name: "Amcrest NVR" }).click();
      await page.getByRole("switch", { name: "Check what hangs on it" }).click();
      await page.getByLabel("Current", { exact: true }).fill("1.5");
      await page.getByText("Above the rating: its contact may switch 1 A at most").waitFor();
      await page.getByText("confirm it or change it").waitFor();
      await page.getByLabel("I know that this is above the rating").check();
      await fine();
      await page.getByRole("button", { name: "Apply" }).click();
      await page.getByText("Saved and applied.").first().waitFor();
      await contact(1, "open");
      await told(page, "readBack", "on");
      await contact(1, "closed");
      await page.getByText(/^Front door, until acknowledged/).waitFor();
      const { alarms } = await api.get("alarms");
      for (const { id } of alarms) await api.post(`alarms/${id}/acknowledge`);
      await told(page, "readBack", "off");
      await page.getByText("Nothing holds it.").waitFor();
      await page.getByText(/^Switched \d+ times/).waitFor();
    },
  );

  await t.test("forced off is a trouble that says when it ends", async () => {
    await page.getByRole("radiogroup", { name: "Mode" }).getByText("Off", { exact: true }).click();
    await page.getByText(/^Stays at rest, no alarm switches it; back to auto at \d/).waitFor();
    await page.getByRole("button", { name: /^Troubles: / }).click();
    await page.getByText(/Siren is forced off/).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("radiogroup", { name: "Mode" }).getByText("Auto", { exact: true }).click();
    await page.getByText(/^Stays at rest/).waitFor({ state: "detached" });
  });

  await t.test("a board that dies is a trouble and its contacts are at fault, until it comes back", async () => {
    await page.getByRole("link", { name: /Cabinet/ }).click();
    await level(page, 1, "closed");
    await board.send({ do: "down" });
    await page.getByText("This board is not reached").waitFor();
    await level(page, 1, "fault");
    await page.getByRole("button", { name: /^Troubles: / }).click();
    await page.getByText(/board lost: Cabinet/).waitFor();
    await fine();
    await board.send({ do: "up" });
    await level(page, 1, "closed");
    await page.getByText("This board is not reached").waitFor({ state: "detached" });
  });

  await t.test(
    "a supervised loop is drawn as it is read: rest, alarm, cut, short; at its cable it is a trouble",
    async () => {
      const { driver } = await api.get("boards/1");
      const loop = { wiring: "double", eolOhm: 5600, pullUpOhm: 5600, fullScale: 4095 };
      const inputs = [...driver.inputs, { point: 9, area: "input-bit", address: 300, loop }];
      await api.patch("boards/1", { driver: { ...driver, inputs } });
      const back = { name: "Back window", kind: "window", board: 1, point: 9, type: "NC", debounceMs: 100 };
      await api.post("inputs", { ...back, recordChannels: [], zone: "instant", swingerAlarms: 0 });
      await page.getByRole("link", { name: "Alarm in", exact: true }).click();
      await page
        .getByRole("link", { name: "Back window" })
        .or(page.getByRole("button", { name: "Back window" }))
        .click();
      const now = page.getByRole("table", { name: "What the loop says" }).locator('tr[data-now="true"]');
      const reads = async (counts: number, says: string) => {
        await board.send({ do: "read", analogue: 0, counts });
        await now.filter({ hasText: says }).waitFor();
        assert.equal(await now.count(), 1);
      };
      await reads(2047, "contact closed (rest)");
      await reads(2730, "contact open (tripped)");
      await page.locator('[data-state="active"]').first().waitFor();
      await reads(4095, "tampering: loop cut");
      await reads(0, "tampering: loop shorted");
      await page.getByRole("button", { name: /^Troubles: / }).click();
      await page.getByText("Back window: loop shorted", { exact: true }).waitFor();
      await page.keyboard.press("Escape");
      await fine();
      await reads(2047, "contact closed (rest)");
      await page.locator('[data-state="rest"]').first().waitFor();
    },
  );
  assert.deepEqual(errors, []);
});
