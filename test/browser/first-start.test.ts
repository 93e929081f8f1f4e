/** From an empty folder to a proven alarm, as somebody new would: by mouse on a wide screen, by keyboard on a phone. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startReed } from "../support/reed.ts";
import { smallSource } from "../support/site.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings, type Looking } from "./support/browser.ts";

const password = "a long sentence for tests";

/** What must hold on every step, wherever one stands. */
async function isFine({ page }: Looking): Promise<void> {
  await assertFitsWidth(page);
  assert.deepEqual(await seriousFindings(page), []);
}

test("from an empty folder to an alarm that was seen, by mouse", async (t: TestContext) => {
  if (!hasBrowser(t)) return;
  await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
  await using reed = await startReed();
  const { token } = reed;
  await using looking = await look(`${reed.url}/setup?token=${token}`);
  const { page, errors } = looking;

  await page.getByRole("heading", { name: "Create the administrator" }).waitFor();
  await page.getByText("not a certified intruder").waitFor();
  const create = page.getByRole("button", { name: "Create and go on" });
  assert.equal(await create.isDisabled(), true);
  await page.getByLabel("Name", { exact: true }).fill("ann");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByText("At least 10 characters (now 5)").waitFor();
  assert.equal(await create.isDisabled(), true);
  await isFine(looking);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await create.click();

  await page.getByRole("heading", { name: "Time and site" }).waitFor();
  assert.equal(page.url().includes(token), false);
  await page.getByText("The clocks agree").waitFor();
  await page.getByLabel("Name of the site").fill("Harbour 7");
  await page.getByRole("combobox", { name: "Time zone" }).fill("Berlin");
  await page.getByRole("option", { name: "Europe/Berlin" }).click();
  await isFine(looking);
  await page.getByRole("button", { name: "Go on" }).click();

  await page.getByRole("heading", { name: "Storage" }).waitFor();
  assert.equal(await page.getByLabel("14 days").isChecked(), true);
  await page.getByLabel("7 days", { exact: true }).check();
  await page.getByText(/Up to .* of .*; .* are free now/).waitFor();
  await isFine(looking);
  await page.getByRole("button", { name: "Go on" }).click();

  await page.getByRole("heading", { name: "Cameras" }).waitFor();
  await page.getByRole("combobox", { name: "Make" }).click();
  await page.getByRole("option", { name: /Other/ }).click();
  await page.getByLabel(/^RTSP address( \*)?$/).fill(cameras.urls[0] ?? "");
  await page.getByLabel("Name", { exact: true }).fill("Front door");
  await isFine(looking);
  await page.getByRole("button", { name: "Save without a test" }).click();
  await page.getByText("Live, recording").waitFor();
  await page.getByText(/320 × 192/).waitFor();
  await isFine(looking);
  await page.getByRole("button", { name: "Go on" }).click();

  await page.getByRole("heading", { name: "First alarm, tripped and seen" }).waitFor();
  await page.getByRole("button", { name: "Make a door to try" }).click();
  await page.getByText("At rest").waitFor();
  await isFine(looking);
  await page.getByRole("button", { name: "Open the door" }).click();
  await page.getByText(/Try-out door raised/).waitFor();
  await page.getByRole("button", { name: "Shut the door" }).click();
  // a camera that is there for some seconds only has less before the edge than was asked, and the receipt says so
  await page.getByText(/Try-out door raised .* (1 camera recorded|channel 1: short)/).waitFor();
  await page.getByRole("button", { name: "Finish" }).click();

  await page.waitForURL("**/live");
  await page.getByText("Harbour 7").waitFor();
  assert.equal(await page.getByText("What is left of the first start").count(), 0);
  assert.deepEqual(errors, []);
});

test("the same path by keyboard alone on a phone; what was skipped is found on the start page and put away", async (t) => {
  if (!hasBrowser(t)) return;
  await using reed = await startReed();
  await using looking = await look(reed.url, { width: 390, height: 844, dark: true });
  const { page, errors } = looking;
  /** Tabs until what has the focus is called so, and presses it. */
  const press = async (name: string, key = "Enter") => {
    for (let stop = 0; stop < 60; stop++) {
      const here = await page.evaluate<string>(
        "document.activeElement === document.body ? '' : (document.activeElement?.ariaLabel ?? '') + document.activeElement?.textContent",
      );
      if (here.includes(name)) return page.keyboard.press(key);
      await page.keyboard.press("Tab");
    }
    assert.fail(`"${name}" is not reached by Tab`);
  };

  // nobody can log in yet: every address leads to the first start
  await page.getByRole("heading", { name: "Create the administrator" }).waitFor();
  await page.goto(`${reed.url}/setup?token=${reed.token}`);
  await page.getByRole("heading", { name: "Create the administrator" }).waitFor();
  await page.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.type("ann");
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");

  await page.getByRole("heading", { name: "Time and site" }).waitFor();
  await isFine(looking);
  await page.keyboard.press("Tab");
  await page.keyboard.type("Farm");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Storage" }).waitFor();
  await isFine(looking);
  await press("Skip for now");
  await page.getByRole("heading", { name: "Cameras" }).waitFor();
  await isFine(looking);
  await press("Skip for now");
  await page.getByRole("heading", { name: "First alarm, tripped and seen" }).waitFor();
  await press("Make a door to try");
  await page.getByText("At rest").waitFor();
  await press("Open the door");
  await page.getByText(/Try-out door raised/).waitFor();
  await isFine(looking);
  await press("Finish");

  await page.waitForURL("**/live");
  const card = page.getByRole("region", { name: "What is left of the first start" });
  await card.waitFor();
  await isFine(looking);
  await card.getByRole("link", { name: "Storage" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Storage" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Cameras" }).waitFor();
  await page.goto(`${reed.url}/live`);
  await card.waitFor();
  assert.deepEqual(await card.getByRole("link").allTextContents(), ["Cameras"]);
  await press("Put away");
  await card.waitFor({ state: "detached" });
  assert.deepEqual(errors, []);
});
