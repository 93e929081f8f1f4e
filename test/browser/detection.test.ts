/** Video detection as an installer sets it up: a region drawn where somebody walks, what it records, and finding it again. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { noCells, packCells } from "../../src/domain/detection/motion-grid.ts";
import { modelSaying } from "../../src/testkit/made-up-models.ts";
import { writeMotion } from "../../src/testkit/motion-day.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startReed, until, type Json } from "../support/reed.ts";
import { live } from "../support/site.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { logIn } from "./support/site.ts";

/** Drags over a part of what is drawn on, in parts of its width and height. */
async function drag(page: Page, grid: Locator, from: readonly [number, number], to: readonly [number, number]) {
  await grid.scrollIntoViewIfNeeded();
  const box = (await grid.boundingBox()) ?? assert.fail("there is nothing to draw on");
  const at = ([x, y]: readonly [number, number]) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at(to), { steps: 3 });
  await page.mouse.up();
}

test("video detection", { timeout: 120_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  await using cameras = await startCameraProgram({
    cameras: [{ source: { kind: "clip", name: "front-door", audio: "none" } }],
    ownPorts: true,
    eventsPort: 0,
  });
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.post("channels", { url: cameras.urls[0], name: "Door", username: "admin", password: "admin" });
  await live(api, 1);
  await using looking = await look(reed.url);
  const { page, errors } = looking;
  await logIn(looking, reed);

  await t.test("a camera that is watched for nothing says so, and has the button that begins", async () => {
    await page.goto(`${reed.url}/detection`);
    await page.getByText("Not watched: nothing is switched on").waitFor();
    await page.goto(`${reed.url}/detection/1`);
    await page.getByRole("button", { name: "Watch for motion" }).click();
  });

  const grid = page.getByRole("application");
  const painted = async () => Number(await grid.getAttribute("data-painted"));

  await t.test("a region is drawn by pointer and keyboard, and a stroke is taken back", async () => {
    await grid.waitFor();
    assert.equal(await painted(), 396);
    await page.getByRole("button", { name: "None", exact: true }).click();
    await page.getByText("Rectangle", { exact: true }).click();
    await drag(page, grid, [0.02, 0.3], [0.98, 0.9]);
    const drawn = await painted();
    assert.ok(drawn > 200 && drawn < 396, String(drawn));
    await grid.focus();
    await page.keyboard.press("Space");
    assert.equal(Math.abs((await painted()) - drawn), 1);
    await page.keyboard.press("Control+z");
    assert.equal(await painted(), drawn);
  });

  await t.test(
    "applied, the camera is watched, the meter moves with the picture, and its alarm input is raised",
    async () => {
      await page.getByLabel("Name of the region").fill("Path");
      await page.getByRole("button", { name: "Apply" }).click();
      await page.locator('[data-watch="watching"]').waitFor();
      const [input] = (await api.get("inputs")) as readonly Json[];
      assert.deepEqual(
        [input.name, input.kind, input.type, input.recordChannels],
        ["Door: Path", "video-motion", "NO", [1]],
      );
      await page.locator('[role="meter"][data-moves]').waitFor();
      await page.locator('[data-seen="seen"]').waitFor();
      await until(async () => (await api.get("receipts?input=1&limit=1")).receipts.length > 0, "motion has a receipt");
      assert.deepEqual(await seriousFindings(page), []);
      await page.setViewportSize({ width: 360, height: 740 });
      await assertFitsWidth(page);
      await page.setViewportSize({ width: 1280, height: 800 });
    },
  );

  await t.test("playback shows when it moved, and a search in a part of the picture finds it", async () => {
    await until(async () => {
      const to = Date.now();
      const found: Json = await api.post("footage/motion-search", {
        channels: [1],
        cells: "f".repeat(99),
        from: 0 + to - 600_000,
        to,
      });
      return found.runs.length > 0;
    }, "the motion is noted");
    await page.goto(`${reed.url}/playback`);
    await page.locator('[data-motion="1"] path[d*="v-"]').waitFor({ state: "attached" });
    await page.getByRole("button", { name: "What moved…" }).click();
    await page.locator('[data-picture="there"]').waitFor();
    await drag(page, grid, [0.02, 0.3], [0.98, 0.9]);
    const results = page.getByRole("list", { name: "When something moved there" }).getByRole("button");
    await results.first().waitFor();
    await page.locator('[data-edge^="motion 1"]').first().waitFor({ state: "attached" });
    await results.first().click();
    await page.locator('[data-channel="1"][data-state="ready"]').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
  });

  await t.test("several cameras are searched at once, each where its own rectangle is", async () => {
    await api.post("channels", { url: cameras.urls[0], name: "Yard", username: "admin", password: "admin" });
    await live(api, 2);
    const now = Math.floor(Date.now() / 1000) * 1000;
    const cell = (at: number) => packCells(noCells().map((_, one) => (one === at ? 1 : 0)));
    await writeMotion(join(reed.data, "detection", "2"), {
      ...{ from: now - 120_000, to: now - 60_000 },
      moved: [
        { wall: now - 110_000, intensity: 9, cells: cell(0) },
        { wall: now - 90_000, intensity: 9, cells: cell(22 * 18 - 1) },
      ],
    });
    await page.goto(`${reed.url}/playback?channels=1`);
    await page.getByRole("button", { name: "What moved…" }).click();
    await page.getByRole("button", { name: "Cameras to search: Door" }).click();
    await page.getByRole("checkbox", { name: "Yard" }).check();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Cameras to search: All cameras/ }).waitFor();
    await page.locator('[data-picture="there"]').waitFor();
    await drag(page, grid, [0.01, 0.01], [0.2, 0.2]);
    const results = page.getByRole("list", { name: "When something moved there" }).getByRole("button");
    const ofYard = results.filter({ hasText: "Yard" });
    await ofYard.first().waitFor();
    await page.getByRole("combobox", { name: "Camera to draw on" }).click();
    await page.getByRole("option", { name: "Yard" }).click();
    await page.getByRole("switch", { name: "Another area for Yard" }).click();
    const before = await ofYard.first().textContent();
    await page.getByRole("button", { name: "Clear" }).click();
    await ofYard.first().waitFor({ state: "detached" });
    await drag(page, grid, [0.8, 0.8], [0.99, 0.99]);
    await ofYard.first().waitFor();
    assert.notEqual(await ofYard.first().textContent(), before);
    await page.getByText("By camera").click();
    assert.deepEqual(await seriousFindings(page), []);
    await ofYard.first().click();
    await page.locator('[data-channel="2"]').first().waitFor();
    await page.locator('[data-edge^="motion 2"]').first().waitFor({ state: "attached" });
    await page.setViewportSize({ width: 360, height: 740 });
    await assertFitsWidth(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await api.remove("channels/2");
  });

  await t.test("listened to, the camera's own word counts, and what it says is shown as it comes", async () => {
    await page.goto(`${reed.url}/detection/1`);
    await page.getByRole("tab", { name: "The camera's own" }).click();
    await page.getByLabel("Listen to the camera").click();
    await page.getByLabel("HTTP port").fill(String(cameras.eventsPort));
    await page.getByRole("button", { name: "Apply" }).click();
    await page.locator('[data-own="online"]').first().waitFor();
    await page.getByText("Now: the camera itself").waitFor();
    await cameras.send({ do: "event", camera: 1, code: "VideoMotion", action: "Start" });
    await page.locator('[data-heard="start"]').getByText("Motion", { exact: true }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.setViewportSize({ width: 360, height: 740 });
    await assertFitsWidth(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByLabel("Listen to the camera").click();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.locator("[data-own]").waitFor({ state: "detached" });
  });

  await t.test("switched off, the camera is not watched any more, and the alarm input is gone", async () => {
    await page.goto(`${reed.url}/detection/1`);
    await page.getByRole("button", { name: "Remove this region" }).click();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.locator('[data-watch="off"]').waitFor();
    await until(async () => ((await api.get("inputs")) as readonly Json[]).length === 0, "the input is removed");
  });

  await t.test("who closes the dialog while a model is sent leaves nothing of it behind", async () => {
    const uploads = join(reed.data, "models", ".uploads");
    const files = () => readdirSync(uploads, { withFileTypes: true }).length;
    await page.goto(`${reed.url}/models`);
    await page.getByRole("button", { name: "Add a model" }).click();
    const dialog = page.getByRole("dialog");
    // three parts, of which the second is on a line that stands still
    const buffer = Buffer.alloc(9 * 1024 * 1024);
    await page.route(/models\/uploads\/.*at=4194304/, () => undefined);
    const second = page.waitForRequest(/at=4194304/);
    const file = { name: "slow.onnx", mimeType: "application/octet-stream", buffer };
    await dialog.locator('input[type="file"]').first().setInputFiles(file);
    await dialog.getByRole("button", { name: "Send and check" }).click();
    await second;
    assert.equal(files(), 1);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await until(() => files() === 0, "what was sent is removed");
    await page.unroute(/models\/uploads\/.*at=4194304/);
  });

  await t.test(
    "a model of one's own is sent, tried on a picture, used, and removed when another one runs",
    async () => {
      // of COCO's classes it has none: its labels have to be said
      const values = { 0: 16, 1: 8, 2: 48, 3: 56, 4: 0.8, 5: 1 };
      const buffer = Buffer.from(modelSaying([{ name: "output0", dims: [1, 300, 6], values }]));
      await api.put("channels/1/detection", { smart: { human: true, vehicle: false, sensitivity: "middle" } });
      await page.goto(`${reed.url}/models`);
      const card = (model: string) => page.locator(`[data-model="${model}"]`);
      await card("nanodet").getByText("In use and running").waitFor();
      await page.getByRole("button", { name: "Add a model" }).click();
      const dialog = page.getByRole("dialog");
      const file = { name: "yard.onnx", mimeType: "application/octet-stream", buffer };
      await dialog.locator('input[type="file"]').first().setInputFiles(file);
      await dialog.getByLabel("Licence").fill("ours alone");
      await dialog.getByRole("textbox", { name: "Labels" }).fill("person\nforklift");
      await dialog.getByRole("button", { name: "Send and check" }).click();
      await card("yard").getByText("Person, forklift").waitFor();
      await card("yard").getByText("ours alone").waitFor();

      await page.getByRole("combobox", { name: "Model" }).click();
      await page.getByRole("option", { name: "yard" }).click();
      await page.getByRole("combobox", { name: "Newest picture of" }).click();
      await page.getByRole("option", { name: "Door" }).click();
      await page.getByRole("button", { name: "Try it" }).click();
      await page.getByRole("img", { name: "forklift 80 %" }).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await page.setViewportSize({ width: 360, height: 740 });
      await assertFitsWidth(page);
      await page.setViewportSize({ width: 1280, height: 800 });

      await card("yard").getByRole("button", { name: "Use this model" }).click();
      await card("yard").getByText("In use and running").waitFor();
      const rows = (await api.get("models")) as readonly Json[];
      assert.deepEqual(
        rows.map(({ model, chosen, running }) => [model, chosen, running?.state]),
        [
          ["nanodet", false, undefined],
          ["yard", true, "open"],
        ],
      );
      await card("nanodet").getByRole("button", { name: "Use this model" }).click();
      await card("nanodet").getByText("In use and running").waitFor();
      await card("yard").getByRole("button", { name: "Remove" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
      await card("yard").waitFor({ state: "detached" });
    },
  );
  assert.deepEqual(errors, []);
});
