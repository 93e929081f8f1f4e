/** AI rules: drawn over the way of people who nobody here filmed, applied, seen by the detector, and in the receipt. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startReed, until } from "../support/reed.ts";
import { live, raisedReceipts } from "../support/site.ts";
import { streetClip } from "../support/street-clip.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { logIn } from "./support/site.ts";

/** Presses on a part of the picture, 0–1. */
async function press(page: Page, over: Locator, [x, y]: readonly [number, number], times = 1): Promise<void> {
  const box = await over.boundingBox();
  assert.ok(box !== null);
  await page.mouse.click(box.x + x * box.width, box.y + y * box.height, { clickCount: times });
}

async function addRule(page: Page, kind: string): Promise<Locator> {
  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.getByRole("menuitem", { name: kind }).click();
  return page.locator("[data-drawing]");
}

const apply = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Apply" }).click();
  await page.getByText("Saved").first().waitFor();
};

const sizeOfJpeg = (page: Page, base64: string): Promise<{ width: number; height: number }> =>
  page.evaluate(`(async () => {
    const picture = new Image();
    picture.src = "data:image/jpeg;base64,${base64}";
    await picture.decode();
    return { width: picture.naturalWidth, height: picture.naturalHeight };
  })()`);

test("AI rules", { timeout: 200_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  await using cameras = await startCameraProgram({
    cameras: [{ source: { kind: "file", path: streetClip() } }],
    ownPorts: true,
  });
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.post("channels", { name: "Square", url: cameras.urls[0], preRecordS: 2 });
  await live(api, 1);
  await using looking = await look(`${reed.url}/login`, { width: 1280, height: 900 });
  const { page, errors } = looking;
  await logIn(looking, reed);
  await page.goto(`${reed.url}/ai-rules`);
  await page.getByRole("main").getByRole("link", { name: "Square" }).click();
  await page.locator("[data-picture=playing]").waitFor();

  await t.test(
    "a line is drawn with the mouse, an area with the keyboard; what crosses itself can't be applied",
    async () => {
      const line = await addRule(page, "Tripwire");
      await page.getByLabel("Name of the rule").fill("Lamp post");
      await press(page, line, [0.55, 0.95]);
      await press(page, line, [0.55, 0.2], 2);
      await page.locator("[data-direction=both]").waitFor();
      const area = await addRule(page, "Intrusion");
      for (const key of [
        "Space",
        "Shift+ArrowRight",
        "Shift+ArrowDown",
        "Space",
        "Shift+ArrowLeft",
        "Space",
        "Shift+ArrowUp",
        "Shift+ArrowRight",
        "Space",
        "Enter",
      ])
        // prettier-ignore
        await area.press(key);
      await page
        .getByText(/The border of “Intrusion 2” crosses itself/)
        .first()
        .waitFor();
      assert.equal(await page.getByRole("button", { name: "Apply" }).isDisabled(), true);
      const third = page.getByRole("button", { name: /^Point 3 of 4/ });
      for (let n = 0; n < 3; n++) await third.press("Shift+ArrowDown");
      await third.press("Delete");
      await page.getByRole("button", { name: /^Point 3 of 3/ }).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await page.getByRole("button", { name: "Remove Intrusion 2 and its alarm input" }).click();
    },
  );

  await t.test(
    "applied, the rule is the camera's and has its alarm input; the boxes are what the detector sees",
    async () => {
      await page.getByRole("button", { name: /^Lamp post/ }).click();
      await page.getByRole("slider", { name: "Sensitivity" }).press("End");
      await apply(page);
      const { rules } = await api.get("channels/1/detection");
      assert.deepEqual(
        rules.map((rule: { name: string; kind: string; sensitivity: number }) => [
          rule.name,
          rule.kind,
          rule.sensitivity,
        ]),
        [["Lamp post", "tripwire", 10]],
      );
      const [input] = await api.get("inputs");
      assert.deepEqual(
        [input.name, input.kind, input.point, input.type, input.recordChannels],
        ["Square: Lamp post", "video-rule", 11, "NO", [1]],
      );
      await page.locator("[data-objects]:not([data-objects='0'])").waitFor({ timeout: 60_000 });
    },
  );

  await t.test("who crosses the line raises the input, and it is said in words", async () => {
    const { input } = (await api.get("inputs"))[0];
    await until(async () => (await raisedReceipts(api, input)).length > 0, "somebody crosses the line");
    assert.match(
      JSON.stringify(await raisedReceipts(api, input)),
      /a person crossed \\"Lamp post\\" from [AB] to [AB]/,
    );
  });

  await t.test("a message about it carries the picture of who crossed, before that of the camera", async () => {
    const told: { readonly snapshots?: readonly { readonly name: string; readonly base64: string }[] }[] = [];
    const receiver = createServer((request, response) => {
      void json(request).then((body) => told.push(body as (typeof told)[number]));
      response.end();
    }).listen(0, "127.0.0.1");
    await once(receiver, "listening");
    t.after(() => receiver.close());
    const { port } = receiver.address() as AddressInfo;
    const hook = { kind: "webhook", name: "Hook", url: `http://127.0.0.1:${port}/`, secret: "", snapshot: true };
    const { notifier } = await api.post("notifiers", { ...hook, troubles: "none" });
    const [input] = await api.get("inputs");
    await api.patch(`inputs/${input.input}`, { notifiers: [notifier], zone: "instant", swingerAlarms: 0 });
    await api.post("arming", { armed: true });
    const firsts = () => told.flatMap(({ snapshots = [] }) => snapshots.slice(0, 1));
    const ofThem = () => firsts().find(({ name }) => name === "square-person-1.jpg");
    await until(() => ofThem() !== undefined, "their picture is in a message");
    const { width, height } = await sizeOfJpeg(page, ofThem()?.base64 ?? "");
    assert.ok(width <= 320 && height <= 320 && height > width, `${width} × ${height}: somebody who stands`);
    await api.post("arming", { armed: false });
  });

  await t.test("boxes over live, where they are asked for", async () => {
    await page.goto(`${reed.url}/live`);
    assert.equal(await page.locator("[data-objects]").count(), 0);
    await page.getByRole("button", { name: "Show what the detector sees" }).click();
    await page.locator("[data-objects]:not([data-objects='0'])").waitFor({ timeout: 60_000 });
    await page.goto(`${reed.url}/ai-rules/1`);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.locator("[data-picture=playing]").waitFor();
    await assertFitsWidth(page);
    assert.deepEqual(await seriousFindings(page), []);
    await until(() => errors.length === 0, "no error of the page");
    assert.deepEqual(errors, []);
  });
});
