/** The live page: pictures of now, troubles that say what to do, arranging, alarms that come to the front. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { CameraOptions } from "../../src/testkit/camera/options.ts";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { sentUnits } from "../support/footage.ts";
import { startReed, until, type Api } from "../support/reed.ts";
import { live, openContact } from "../support/site.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { drawnOver, showWalker } from "./support/drawn-walker.ts";
import { delayOf, seenPicture } from "./support/picture-number.ts";
import { logIn } from "./support/site.ts";

const clip = (name: string) => ({ kind: "clip", name, audio: "none" }) as CameraOptions["source"];
const names = ["Front door", "Yard", "Garage", "Loading bay"] as const;
/** Pictures of the demo scenes. */
const sceneFrames = 180;

async function configure(api: Api, urls: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    const [url, subUrl] = [urls[2 * index], urls[2 * index + 1]];
    await api.post("channels", { name, url, ...(index < 2 ? { subUrl, audio: true } : {}), preRecordS: 2 });
  }
  await api.post("boards", { name: "Door board", driver: { kind: "virtual", inputs: 1, outputs: 1 } });
  await api.post("outputs", { name: "Siren", kind: "siren", board: 1, point: 1 });
  const linkage = { recordChannels: [2], postRecordS: 1, outputs: [{ output: 1, holdS: 60 }] };
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    name: "Back door",
    kind: "door",
    board: 1,
    point: 1,
    debounceMs: 50,
    ...linkage,
  });
  await openContact(api, 1, 1, "closed");
  for (let channel = 1; channel <= names.length; channel++) await live(api, channel);
}

const tile = (page: Page, name: string) => page.getByRole("group", { name, exact: true });
const playing = (page: Page, name: string, stream = "sub") =>
  tile(page, name).locator(`video[data-stream=${stream}][data-status=playing]`).waitFor();
const order = (page: Page): Promise<string[]> =>
  page.evaluate('[...document.querySelectorAll("[data-channel]")].map((one) => one.getAttribute("aria-label"))');

test("the live page", { timeout: 300_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  await using logs = await temporaryFolder();
  const scene = (main: string, sub?: string): CameraOptions => ({
    source: clip(main),
    ...(sub === undefined ? {} : { sub: clip(sub) }),
  });
  await using cameras = await startCameraProgram({
    cameras: [
      { ...scene("front-door", "aac"), source: { kind: "clip", name: "front-door", audio: "pcma" } },
      { ...scene("yard", "aac"), source: { kind: "clip", name: "aac" } },
      scene("garage"),
      scene("h265"),
    ],
    ownPorts: true,
    logFolder: logs.path,
  });
  await using reed = await startReed();
  const api = await reed.administrator();
  const urls = [1, 2, 3, 4].flatMap((number) => {
    const main = cameras.urls.find((url) => url.endsWith(`/cam${number}`)) ?? "";
    return [main, `${main}/sub`];
  });
  await configure(api, urls);
  await using looking = await look(`${reed.url}/login`, { width: 1280, height: 860 });
  const { page, errors } = looking;
  await logIn(looking, reed);
  await page.goto(`${reed.url}/live`);

  await t.test("all cameras play at once, and what is seen is what the camera just sent", async (t) => {
    for (const name of ["Front door", "Yard"]) await playing(page, name);
    await playing(page, "Garage", "main");
    const garage = '[data-channel="3"] video';
    await until(async () => (await seenPicture(page, garage)).number !== undefined, "the picture's number is read");
    const seen = await seenPicture(page, garage);
    await cameras.send({ do: "flush" });
    const delay = delayOf(seen, sentUnits(logs.path, 3), sceneFrames);
    t.diagnostic(`picture ${seen.number} was seen ${delay?.toFixed(0)} ms after the camera sent it`);
    assert.ok(delay !== undefined && delay < 5000, `seen ${delay} ms after it was sent`);
    assert.equal((await seenPicture(page, '[data-channel="1"] video')).width, 320, "the grid has the sub stream");
    assert.deepEqual(await seriousFindings(page), []);
    await assertFitsWidth(page);
  });

  await t.test(
    "sound is off until it is pressed, one camera at a time, AAC and G.711; others have no such button",
    async () => {
      assert.equal(await page.locator("audio").count(), 0);
      assert.equal(await tile(page, "Garage").getByRole("button", { name: "Sound" }).count(), 0);
      await tile(page, "Yard").focus();
      await page.keyboard.press("m");
      await tile(page, "Yard").locator("audio[data-status=playing]:not([data-law])").waitFor({ state: "attached" });
      await tile(page, "Front door").focus();
      await page.keyboard.press("m");
      await tile(page, "Front door")
        .locator("audio[data-status=playing][data-law=g711]")
        .waitFor({ state: "attached" });
      assert.equal(await page.locator("audio").count(), 1);
      await tile(page, "Front door").getByRole("button", { name: "Sound", pressed: true }).click();
      assert.equal(await page.locator("audio").count(), 0);
    },
  );

  await t.test("H.265 is converted, and says so", async () => {
    await playing(page, "Loading bay", "main");
    await tile(page, "Loading bay").getByText("Converted").waitFor();
    const number = async () => (await seenPicture(page, '[data-channel="4"] video')).number;
    await until(async () => (await number()) !== undefined, "the converted picture is whole");
  });

  await t.test("Enter enlarges the main stream, Escape goes back, by keyboard alone", async () => {
    await tile(page, "Front door").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Enter");
    await playing(page, "Front door", "main");
    const large = '[data-channel="1"] video[data-stream=main]';
    await until(async () => (await seenPicture(page, large)).width === 640, "the main stream is shown");
    assert.equal(await tile(page, "Yard").isVisible(), false);
    await page.keyboard.press("Escape");
    await tile(page, "Yard").waitFor();
    assert.equal(await page.locator(large).count(), 0);
  });

  await t.test("what the detector sees is switched on of one camera, by its button and by D", async () => {
    const drawn = page.locator("[data-objects]");
    const inFront = tile(page, "Front door");
    await inFront.focus();
    await inFront.getByRole("button", { name: "What the detector sees (D)", pressed: false }).click();
    await inFront.locator(drawn).waitFor({ state: "attached" });
    assert.equal(await drawn.count(), 1);
    await page.keyboard.press("d");
    await drawn.waitFor({ state: "detached" });
  });

  await t.test(
    "boxes and ways go with the picture that is shown, not with what the detector knows already",
    async (t) => {
      await api.put("channels/3/detection", { videoLoss: true });
      const walker = await showWalker(page, 3);
      await page.reload();
      await playing(page, "Garage", "main");
      await tile(page, "Garage").focus();
      await page.keyboard.press("d");
      const drawn = tile(page, "Garage").getByRole("img", { name: "Person 80 %", exact: true });
      await drawn.waitFor();
      const off = async (): Promise<number> => {
        const { seen, box, trail } = await drawnOver(page, 3);
        await cameras.send({ do: "flush" });
        const delay = delayOf(seen, sentUnits(logs.path, 3), sceneFrames);
        if (delay === undefined || box === undefined || trail === undefined) return Infinity;
        const taken = walker.takenAt(seen, delay);
        t.diagnostic(`drawn for ${(walker.at(box) - taken).toFixed(0)} ms after the picture was taken`);
        assert.ok(Math.abs(trail - box) < 0.02, "the way ends at the box");
        return Math.abs(walker.at(box) - taken);
      };
      await until(async () => (await off()) < 250, "the box is where the walker was when the picture was taken");
      await page.keyboard.press("d");
      await drawn.waitFor({ state: "detached" });
      await page.unrouteAll();
      await api.put("channels/3/detection", {});
    },
  );

  await t.test(
    "cameras change places by keyboard and by dragging, and the arrangement is saved and found again",
    async () => {
      const grip = page.getByRole("button", { name: /^Move Front door/ });
      await tile(page, "Front door").focus();
      await grip.focus();
      await page.keyboard.press("ArrowRight");
      assert.deepEqual(await order(page), ["Yard", "Front door", "Garage", "Loading bay"]);
      const [from, to] = [await tile(page, "Loading bay").boundingBox(), await tile(page, "Yard").boundingBox()];
      assert.ok(from !== null && to !== null);
      await page.mouse.move(from.x + 50, from.y + 50);
      await page.mouse.down();
      await page.mouse.move(to.x + 60, to.y + 60, { steps: 4 });
      await page.mouse.up();
      const mine = ["Loading bay", "Front door", "Garage", "Yard"];
      assert.deepEqual(await order(page), mine);
      await page.getByRole("button", { name: "All cameras (changed)" }).click();
      await page.getByRole("menuitem", { name: "Save as a new view…" }).click();
      await page.getByLabel("Name of the view").fill("Night");
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByRole("button", { name: "Night" }).click();
      await page.getByRole("menuitem", { name: "All cameras" }).click();
      await until(async () => (await order(page))[0] === "Front door", "all cameras again");
      await page.reload();
      await page.getByRole("button", { name: "All cameras" }).click();
      await page.getByRole("menuitem", { name: "Night" }).click();
      await until(async () => (await order(page)).join() === mine.join(), "the saved order");
      assert.equal((await api.get("views")).length, 0, "it is not everybody's");
    },
  );

  await t.test("digits choose how many, F is full screen, and ? says all keys", async () => {
    await tile(page, "Garage").focus();
    await page.keyboard.press("3");
    await until(async () => (await page.locator("[data-place]").count()) === 9, "nine places");
    await page.getByRole("button", { name: "Choose a camera" }).last().click();
    await page.getByRole("menuitem", { name: "3 · Garage" }).click();
    await tile(page, "Garage").and(page.locator('[data-place="8"]')).focus();
    await page.getByRole("button", { name: "Night (changed)" }).click();
    await page.getByRole("menuitem", { name: "All cameras" }).click();
    await page.keyboard.press("Escape");
    await until(async () => (await page.locator("[data-place]").count()) === 4, "as many as there are cameras");
    await tile(page, "Front door").focus();
    await page.keyboard.press("f");
    await until(() => page.evaluate<boolean>("document.fullscreenElement !== null"), "full screen");
    await page.keyboard.press("f");
    await until(() => page.evaluate<boolean>("document.fullscreenElement === null"), "the window again");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keys" }).waitFor({ state: "detached" });
  });

  await t.test("a camera that dies says since when and what to do, and its picture comes back by itself", async () => {
    await playing(page, "Garage", "main");
    await cameras.send({ do: "down", camera: 3 });
    await tile(page, "Garage")
      .getByText(/^No picture since/)
      .waitFor();
    await tile(page, "Garage")
      .getByText(/Check its power and network cable/)
      .waitFor();
    await cameras.send({ do: "up", camera: 3 });
    await tile(page, "Garage").getByRole("button", { name: "Try now" }).click();
    await tile(page, "Garage")
      .getByText(/^No picture since/)
      .waitFor({ state: "detached" });
    await moves(page, '[data-channel="3"] video');
  });

  await t.test("a hidden page holds no connection, and comes back to the picture of now", async () => {
    await hide(page, true);
    await page.locator('[data-channel="3"] video[data-status=stopped]').waitFor();
    await hide(page, false);
    await playing(page, "Garage", "main");
    await moves(page, '[data-channel="3"] video');
  });

  await t.test("record now keeps the camera, shows how long, and stops; the timeline shows it as manual", async () => {
    const since = Date.now() - 60_000;
    await tile(page, "Garage").focus();
    await page.keyboard.press("r");
    await tile(page, "Garage")
      .getByText(/^Recording, /)
      .waitFor();
    await tile(page, "Garage").getByRole("button", { name: "Stop recording" }).click();
    await tile(page, "Garage")
      .getByText(/^Recording, /)
      .waitFor({ state: "detached" });
    await until(async () => {
      const { spans } = await api.get(`timeline?from=${since}&to=${Date.now()}&channels=3`);
      return spans.some(({ cause }: { cause: string }) => cause === "manual");
    }, "the timeline has a manual recording");
  });

  await t.test("a picture is saved under the camera's name and the site's time", async () => {
    await tile(page, "Front door").focus();
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("s")]);
    assert.match(download.suggestedFilename(), /^Front door \d{4}-\d\d-\d\d \d\d-\d\d-\d\d\.jpg$/);
  });

  await t.test(
    "an alarm comes to the front with its camera and takes no focus; here and on the other pages",
    async () => {
      await tile(page, "Front door").focus();
      await api.post("arming", { armed: true });
      await openContact(api, 1, 1, "open");
      const card = page.getByRole("group", { name: "Alarm: Back door" });
      await card.getByText(/^Back door \d\d:/).waitFor();
      await card.locator("video[data-status=playing]").waitFor();
      assert.equal(await page.evaluate("document.activeElement.ariaLabel"), "Front door");
      assert.deepEqual(await seriousFindings(page), []);
      await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Storage" }).click();
      await card.getByText(/^Back door \d\d:/).waitFor();
      await card.getByRole("button", { name: "Silence" }).click();
      await card.getByRole("button", { name: "Silence" }).waitFor({ state: "detached" });
      await card.getByRole("button", { name: "Acknowledge" }).click();
      await card.waitFor({ state: "detached" });
      await openContact(api, 1, 1, "closed");
    },
  );

  await t.test(
    "an alarm sounds on a page only where that was chosen; one that must keep silent says so, and the siren sounds",
    async () => {
      await using asked = await look(reed.url, { silent: true });
      await logIn(asked, reed);
      // nobody touched this page, and playwright's own questions count as a touch
      const quiet = await asked.context.newPage();
      await quiet.addInitScript(countTones);
      const shows = await watcher(quiet);
      await quiet.goto(`${reed.url}/storage`);
      await shows("document.querySelector('main h1') !== null");
      await api.patch("inputs/1", { antiDitherS: 0 });
      await backDoorTripped(api);
      await shows(`document.querySelector('[aria-label="Alarm: Back door"]') !== null`);
      await backDoorOver(api);
      await shows(`document.querySelector('[aria-label="Alarm: Back door"]') === null`);
      await api.patch("inputs/1", { page: { popup: true, sound: "siren", voice: "" } });
      await backDoorTripped(api);
      await shows(`document.querySelector('[role=alert]')?.textContent.includes("This browser keeps silent")`);
      await shows("tones === 0");
      assert.equal((await api.get("outputs"))[0].live.wanted, "on", "a page is never the only sounder");
      assert.deepEqual(await seriousFindings(quiet), []);
      await quiet.getByRole("button", { name: "Allow sound" }).click();
      await quiet.getByText("This browser keeps silent").waitFor({ state: "detached" });
      await shows("tones === 1");
      await backDoorOver(api);
      await backDoorTripped(api);
      await shows("tones === 2");
      await backDoorOver(api);
      await quiet.goto(`${reed.url}/alarm-in/1`);
      await quiet.getByText("never rely on it alone").waitFor();
      assert.deepEqual(asked.errors, []);
    },
  );

  await t.test("when the recorder is killed the pictures come back by themselves", async () => {
    await page.goto(`${reed.url}/live`);
    await playing(page, "Garage", "main");
    process.kill(reed.pid("recorder-0"), "SIGKILL");
    await page.locator('[data-channel="3"] video:not([data-status=playing])').waitFor();
    await playing(page, "Garage", "main");
    await moves(page, '[data-channel="3"] video');
  });
  assert.deepEqual(errors, []);

  await t.test("where the sub stream can't be had the tile shows the main stream and says why", async () => {
    await api.patch("channels/3", { subUrl: `${urls[4]}/nothing-here` });
    await playing(page, "Garage", "sub");
    await tile(page, "Garage").getByText("Main stream").hover();
    await page.getByRole("tooltip", { name: /sub stream can't be had.*: .+/ }).waitFor();
  });

  await t.test(
    "on a phone, in German and dark, it fits and axe finds nothing; without conversions H.265 says why",
    async () => {
      // who looks at it already would share the conversion
      await page.goto("about:blank");
      await api.patch("site", { liveConversions: 0 });
      await using phone = await look(`${reed.url}/login`, { width: 390, height: 844, dark: true });
      await logIn(phone, reed);
      await phone.page.evaluate('localStorage.setItem("reed-language", "de")');
      await phone.page.goto(`${reed.url}/live`);
      await playing(phone.page, "Garage", "sub");
      await tile(phone.page, "Loading bay").getByText("H.265 kann hier nicht gezeigt werden").waitFor();
      await assertFitsWidth(phone.page);
      assert.deepEqual(await seriousFindings(phone.page), []);
      assert.deepEqual(phone.errors, []);
    },
  );
});

/** Runs before a page's own scripts: how often it began to sound. */
const countTones = `(() => {
  window.tones = 0;
  const begin = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...given) {
    window.tones++;
    return begin.apply(this, given);
  };
})()`;

/** Waits until something is true of a page without touching it. */
async function watcher(page: Page): Promise<(is: string) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const ask = (expression: string) => session.send("Runtime.evaluate", { expression, returnByValue: true });
  return (is) => until(async () => (await ask(`Boolean(${is})`)).result.value === true, is);
}

const backDoorTripped = (api: Api) => openContact(api, 1, 1, "open");

/** Shut and acknowledged: nothing is new and nothing is on. */
async function backDoorOver(api: Api): Promise<void> {
  await openContact(api, 1, 1, "closed");
  // a contact that opens again within its debounce was never shut
  await until(async () => (await api.get("inputs/1")).live.active === false, "the back door is shut");
  for (const { id } of (await api.get("alarms?state=new")).alarms) await api.post(`alarms/${id}/acknowledge`);
  await api.post("silence");
}

/** The picture of a video goes on: another one is seen after this one. */
async function moves(page: Page, selector: string): Promise<void> {
  const first = (await seenPicture(page, selector)).number;
  await until(async () => {
    const { number } = await seenPicture(page, selector);
    return number !== undefined && number !== first;
  }, "the picture goes on");
}

/** As a tab that goes to the background. */
const hide = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate(`
    Object.defineProperty(document, "visibilityState", { value: "${hidden ? "hidden" : "visible"}", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  `);
