/** Playback as somebody watches it: two cameras in step, sought, stepped, over a change of settings and over a gap. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { addObject } from "../../src/platform/object-file.ts";
import { addPieces } from "../../src/platform/path-file.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { pause, startReed, until, type Json } from "../support/reed.ts";
import { live, openContact } from "../support/site.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { numberOf, settledNumbers, shownNumbers } from "./support/shown-numbers.ts";
import { logIn } from "./support/site.ts";

const clip = (name: "front-door" | "yard" | "aac") => ({ kind: "clip", name, audio: "none" }) as const;
/** Pictures of the clips "front-door" and "yard" until they begin anew; 12 a second. */
const inClip = 180;
const behind = (later: number, earlier: number): number => (later - earlier + inClip) % inClip;

const names = ["Door", "Yard", "Gate", "Lane", "Shop", "Dock"];

/** The numbers once the pictures stand still; -1 where a player has none. */
const settled = async (page: Page, before?: string): Promise<number[]> =>
  (await settledNumbers(page, before)).map((number) => number ?? -1);

/** Presses a key and waits for other pictures. */
async function press(page: Page, key: string): Promise<number[]> {
  const before = JSON.stringify(await shownNumbers(page));
  await page.keyboard.press(key);
  return settled(page, before);
}

/** Zooms in to seconds and holds the pointer over the first row where the players are. */
async function pointAtPlayhead(page: Page): Promise<void> {
  const slider = page.getByRole("slider", { name: "Timeline" });
  await slider.focus();
  for (let press = 0; press < 14; press++) await page.keyboard.press("+");
  const value = async (name: string) => Number(await slider.getAttribute(`aria-value${name}`));
  const [min, max, now] = [await value("min"), await value("max"), await value("now")];
  const box = (await slider.boundingBox()) ?? assert.fail("the timeline is not drawn");
  await slider.hover({ position: { x: (box.width * (now - min)) / (max - min), y: 30 } });
}

test("playback", { timeout: 200_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  await using cameras = await startCameraProgram({
    cameras: names.map((_, i) => ({ source: clip(i % 2 === 0 ? "front-door" : "yard") })),
    ownPorts: true,
  });
  await using reed = await startReed();
  const api = await reed.administrator();
  for (const [i, url] of cameras.urls.entries()) await api.post("channels", { url, name: names[i] });
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 1, outputs: 0 } });
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    name: "Back door",
    kind: "door",
    board: 1,
    point: 1,
    recordChannels: [1, 2],
    postRecordS: 2,
  });
  for (const channel of names.keys()) await live(api, channel + 1);
  await openContact(api, 1, 1, "closed");
  const start = Date.now();
  await pause(6000);
  await openContact(api, 1, 1, "open");
  await pause(2500);
  const changed = Date.now();
  await cameras.send({ do: "change-parameters", camera: 1, source: clip("aac") });
  await pause(3000);
  await cameras.send({ do: "down", camera: "all" });
  const down = Date.now();
  await until(async () => (await api.get("channels/2")).live.state === "down", "the cameras are missed");
  await pause(1500);
  await cameras.send({ do: "up", camera: "all" });
  for (const channel of [1, 2]) await live(api, channel);
  const up = Date.now();
  await pause(5000);
  const { receipts } = await api.get("receipts?limit=1");
  const edge: number = (receipts as Json[])[0].edge.at.wall;

  await using looking = await look(reed.url);
  const { page, errors } = looking;
  await logIn(looking, reed);
  const open = async (at: number) => {
    await page.goto(`${reed.url}/playback?at=${Math.round(at)}&channels=1,2`);
    return settled(page);
  };

  await t.test("two cameras show the same moment, also while they play", async () => {
    const [door = -1, yard = -1] = await open(start + 2500);
    assert.ok(behind(door + 1, yard) <= 2, `${door} beside ${yard}`);
    await page.keyboard.press("Space");
    await until(async () => behind((await shownNumbers(page))[0] ?? door, door) >= 6, "it plays");
    const apart: number[] = [];
    for (let look = 0; look < 25; look++) {
      const [a, b] = await shownNumbers(page);
      if (a !== undefined && b !== undefined) apart.push(Math.abs(behind(a + 90, b) - 90));
      await pause(40);
    }
    // a busy machine may be late with a picture once; it is never left behind
    const inStep = apart.filter((pictures) => pictures <= 1).length;
    assert.ok(apart.length > 10 && inStep >= 0.9 * apart.length && Math.max(...apart) <= 4, apart.join(" "));
    await page.keyboard.press("Space");
    const [after = -1, beside = -1] = await settled(page);
    assert.ok(behind(after, door) > 10 && behind(after + 1, beside) <= 2, `${door} to ${after} beside ${beside}`);
  });

  await t.test(
    "six cameras show the same moment; one is looked at alone, and fast ones by their key frames",
    async () => {
      await open(start + 1000);
      await page.keyboard.press("3");
      await page.locator('[data-players="6"]').waitFor();
      await settled(page);
      await page.keyboard.press("ArrowRight");
      const numbers = await settled(page);
      assert.equal(numbers.length, 6);
      const [first = -1] = numbers;
      assert.ok(
        numbers.every((number) => Math.abs(behind(number + 90, first) - 90) <= 1),
        numbers.join(" "),
      );
      await page.getByRole("button", { name: "Show Lane alone" }).click();
      await page.locator('[data-players="1"] [data-channel="4"][data-state="ready"]').waitFor();
      await page.keyboard.press("Escape");
      await page.locator('[data-players="6"]').waitFor();
      const back = await settled(page);
      assert.ok(Math.abs(behind((back[3] ?? -1) + 90, first) - 90) <= 1, back.join(" "));
      await page.getByRole("combobox", { name: "Speed" }).click();
      await page.getByRole("option", { name: "4 ×", exact: true }).click();
      await page.keyboard.press("Space");
      await page.getByText("Key frames only").waitFor();
      await page.keyboard.press("Space");
      assert.deepEqual(await seriousFindings(page), []);
    },
  );

  await t.test(
    "a picture on is the next number, a picture back the one before, also over the border of segments",
    async () => {
      let [shown = -1] = await open(start + 2000);
      for (let step = 0; step < 25; step++) {
        const [next = -1] = await press(page, ".");
        assert.equal(behind(next, shown), 1, `after ${shown}`);
        shown = next;
      }
      for (let step = 0; step < 3; step++) {
        const [back = -1] = await press(page, ",");
        assert.equal(behind(shown, back), 1, `before ${shown}`);
        shown = back;
      }
    },
  );

  await t.test("seeking shows the picture of that moment", async () => {
    const [early = -1] = await open(start + 2000);
    for (const seconds of [1, 3]) {
      const [later = -1] = await open(start + 2000 + seconds * 1000);
      assert.ok(Math.abs(behind(later, early) - 12 * seconds) <= 1, `${early}, ${seconds} s on ${later}`);
    }
    const [on = -1] = await press(page, "ArrowLeft");
    const [back = -1] = await press(page, "ArrowRight");
    assert.equal(behind(back, on), 60);
  });

  await t.test("stepping goes over a change of the camera's settings", async () => {
    await open(changed - 700);
    const numbers: number[] = [];
    for (let step = 0; step < 26; step++) numbers.push((await press(page, "."))[0] ?? -1);
    const jumps = numbers.filter((number, i) => i > 0 && number !== (numbers[i - 1] ?? 0) + 1);
    assert.equal(jumps.length, 1, numbers.join(" "));
  });

  await t.test(
    "a gap is a sentence with its reason, never a picture that stands; playing goes on behind it",
    async () => {
      await page.goto(`${reed.url}/playback?at=${Math.round((down + up) / 2)}&channels=1,2`);
      await page
        .getByText(/^No footage: camera down/)
        .first()
        .waitFor();
      assert.deepEqual(await shownNumbers(page), [undefined, undefined]);
      // as from an alarm whose cameras came only after its edge
      await page.goto(`${reed.url}/playback?at=${Math.round((down + up) / 2)}&channels=1,2&onward=true`);
      await settled(page);
      await page
        .getByRole("status")
        .getByText(/no footage from/)
        .waitFor();
      await page.goto(`${reed.url}/playback?at=${Math.round(down - 1500)}&channels=1,2`);
      const [before = -1] = await settled(page);
      await page.keyboard.press("Space");
      await page
        .getByRole("status")
        .getByText(/no footage from .* camera down.*goes on/)
        .waitFor();
      await until(async () => ((await shownNumbers(page))[0] ?? before) !== before, "it plays behind the gap");
      await page.keyboard.press("Space");
    },
  );

  await t.test(
    "a step over the gap shows the first picture behind it, a step back the last one before it",
    async () => {
      await open(down - 400);
      let crossed = 0;
      const clock = page.getByRole("timer");
      let last = "";
      let before = await settled(page);
      for (let step = 0; step < 10; step++) {
        last = (await clock.textContent()) ?? "";
        before = await settled(page);
        await page.keyboard.press(".");
        await until(async () => (await clock.textContent()) !== last, "the clock moves");
        const now = Date.parse(`${((await clock.textContent()) ?? "").replace(",", "")} UTC`);
        if (now - Date.parse(`${last.replace(",", "")} UTC`) > 2000) {
          crossed++;
          break;
        }
      }
      assert.equal(crossed, 1);
      await settled(page);
      await page.keyboard.press(",");
      await until(async () => (await clock.textContent()) === last, "the clock is where it was");
      assert.deepEqual(await settled(page), before);
    },
  );

  await t.test("the timeline shows the picture of the moment that is pointed at, or that there is none", async () => {
    const [shown = -1] = await open(start + 4000);
    await pointAtPlayhead(page);
    await page.locator('[data-thumb="picture"] img').waitFor();
    const thumb = await page.evaluate<number | undefined>(`(${numberOf})(document.querySelector("[data-thumb] img"))`);
    assert.ok(thumb !== undefined && behind(shown, thumb) <= 36, `${thumb} for ${shown}`);
    await page.mouse.move(0, 0);
    await page.locator("[data-thumb]").waitFor({ state: "detached" });
    await page.goto(`${reed.url}/playback?at=${Math.round((down + up) / 2)}&channels=1,2`);
    await page
      .getByText(/^No footage: camera down/)
      .first()
      .waitFor();
    await pointAtPlayhead(page);
    await page.locator('[data-thumb="none"]').waitFor();
  });

  await t.test("who was seen is found by class, and a press goes to where they came", async () => {
    for (const [channel, label, from] of [
      [1, "person", start + 1000],
      [1, "truck", start + 3000],
      [3, "bus", start + 2500],
    ] as const)
      // prettier-ignore
      await addObject(
        join(reed.data, "detection", String(channel)),
        { id: `${from}-1`, label, confidence: 0.8, from, to: from + 2000 },
        undefined,
      );
    await open(start + 5000);
    await page.getByRole("button", { name: "People and vehicles…" }).click();
    const seen = page.getByRole("list", { name: "Who was seen" });
    await seen.getByText("Person").waitFor();
    await page.getByText("Vehicles", { exact: true }).click();
    await seen.getByText("Person").waitFor({ state: "detached" });
    await seen.getByRole("button", { name: /Truck.*Door/s }).click();
    const slider = page.getByRole("slider", { name: "Timeline" });
    const at = async () => Number(await slider.getAttribute("aria-valuenow"));
    await until(async () => Math.abs((await at()) - (start + 1000)) < 260, "two seconds before the truck came");
    // cameras that do not play are searched too, and play once something of theirs is gone to
    await seen.getByRole("button", { name: /Bus.*Gate/s }).click();
    await page.locator("[data-channel='3'][data-state=ready]").waitFor();
    await page.getByRole("button", { name: /^Cameras to search: All cameras/ }).click();
    await page.getByRole("checkbox", { name: "Gate" }).uncheck();
    await seen.getByText("Bus").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
  });

  await t.test("boxes go with the picture that is shown, where somebody was at its time", async () => {
    // a tenth of the picture's width each second
    const steps = [0, 1500, 3000].map((ms) => ({
      at: start + 1000 + ms,
      box: { x: ms / 10_000, y: 0.4, width: 0.1, height: 0.3 },
    }));
    const piece = { id: `${start + 1000}-1`, label: "person", confidence: 0.8, steps, tripped: [] };
    await addPieces(join(reed.data, "detection", "1"), [piece]);
    await open(start + 2000);
    await page.locator("[data-channel='1'][data-state=ready]").waitFor();
    assert.equal(await page.locator("[data-objects]").count(), 0);
    await page.keyboard.press("b");
    const drawn = page.getByRole("img", { name: "Person", exact: true });
    await drawn.waitFor();
    const x = async () =>
      Number(await drawn.locator("rect").last().getAttribute("x")) / ((await drawn.boundingBox())?.width ?? 1);
    await until(async () => Math.abs((await x()) - 0.1) < 0.02, "a second after they came they are a tenth further");
    await page.keyboard.press(".");
    const slider = page.getByRole("slider", { name: "Timeline" });
    await until(async () => {
      const moved = (Number(await slider.getAttribute("aria-valuenow")) - (start + 1000)) / 10_000;
      return Math.abs((await x()) - moved) < 0.015;
    }, "with the next picture");
    await page.getByRole("button", { name: "Boxes around people and vehicles (B)" }).click();
    await drawn.waitFor({ state: "detached" });
  });

  await t.test("the next event is two seconds before the edge", async () => {
    await open(start + 500);
    await page.keyboard.press("ArrowDown");
    await page.getByText(/^Back door, /).waitFor();
    await settled(page);
    const at = (await page.getByRole("slider", { name: "Timeline" }).getAttribute("aria-valuenow")) ?? "";
    assert.ok(Math.abs(Number(at) - (edge - 2000)) < 260, `${at} for ${edge}`);
  });

  await t.test(
    "a moment is noted and found again, a stretch is locked; a month and one input are looked at",
    async () => {
      await open(start + 1000);
      await page.keyboard.press("n");
      await page.keyboard.type("the white van");
      await page.keyboard.press("Enter");
      const noted = page.getByRole("list", { name: "Bookmarks" });
      await noted.getByText("the white van").waitFor();
      await page.getByRole("button", { name: "Begin here (I)" }).click();
      await page.getByRole("textbox", { name: "Note" }).fill("burglary");
      await page.getByRole("button", { name: "Lock the stretch" }).click();
      await page.getByRole("list", { name: "Locks" }).getByText("burglary").first().waitFor();
      assert.equal((await api.get("locks")).locks.length, 2);
      await page.getByText("Month", { exact: true }).click();
      await page.getByRole("combobox", { name: "Events of one input" }).click();
      await page.getByRole("option", { name: "Back door" }).click();
      await page.locator("[data-edge]").first().waitFor({ state: "attached" });
      await page.getByRole("button", { name: "alarm", exact: true }).click();
      await page.locator('rect[data-kind="alarm"]').first().waitFor({ state: "detached" });
      await noted.getByRole("button", { name: /Remove/ }).click();
      await noted.waitFor({ state: "detached" });
    },
  );

  await t.test("the page has no serious finding, and fits a phone, which shows four cameras at most", async () => {
    assert.deepEqual(await seriousFindings(page), []);
    await using phone = await look(reed.url, { width: 390, height: 844, dark: true });
    await logIn(phone, reed);
    await phone.page.goto(`${reed.url}/playback?at=${start + 3000}&channels=1,2,3,4,5,6`);
    assert.equal((await settled(phone.page)).length, 4);
    await phone.page.getByText("2 more are chosen").waitFor();
    await assertFitsWidth(phone.page);
    assert.deepEqual(await seriousFindings(phone.page), []);
    assert.deepEqual([...errors, ...phone.errors], []);
  });
});
