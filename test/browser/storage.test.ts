/** Storage: what is on a volume and what goes next, a new one, and one that is full. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { startReed, until, type Api, type Json } from "../support/reed.ts";
import { live, smallSource } from "../support/site.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { logIn } from "./support/site.ts";

/** A small disk of its own at `path`; undefined where this user may not mount. */
function smallDisk(t: TestContext, path: string): Disposable | undefined {
  mkdirSync(path);
  const made = spawnSync("mount", ["-t", "tmpfs", "-o", "size=60000000", "tmpfs", path]);
  if (made.status === 0) return { [Symbol.dispose]: () => void spawnSync("umount", ["-l", path]) };
  if (process.env["CI"] === "true") throw new Error(`no tmpfs: ${made.stderr.toString()}`);
  t.skip("needs the right to mount a tmpfs");
  return undefined;
}

const stateOf = async (api: Api, path: string): Promise<string> =>
  ((await api.get("volumes")) as Json[]).find((row) => row.path === path)?.live?.state;

test("the storage page", { timeout: 300_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  await using folder = await temporaryFolder();
  await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.post("channels", { name: "Yard", url: cameras.urls[0], preRecordS: 1 });
  await live(api, 1, 500);
  const first = join(reed.data, "footage");

  await t.test("a volume shows its state, its room and what is kept; its days are changed", async () => {
    await using looking = await look(`${reed.url}/login`);
    const { page, errors } = looking;
    await logIn(looking, reed);
    await page.goto(`${reed.url}/storage`);
    const card = page.getByRole("region", { name: first });
    await card.getByText(/Takes footage/).waitFor();
    await card.getByText(/Free [\d.]+ [GT]B/).waitFor();
    await card.getByText(/, mounted at \//).waitFor();
    await card.getByRole("button", { name: "Measure" }).click();
    await card.getByText(/^Measured .*: writes /).waitFor();
    await card.getByText(/^Enough for \d+ cameras? of/).waitFor();
    await page.getByRole("region", { name: "Bytes a camera and day" }).getByText("Yard").waitFor();
    await card.getByRole("button", { name: "Days and cap" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Keep footage, days").fill("30");
    await dialog.getByRole("button", { name: "Apply" }).click();
    await card.getByText(/kept 30 days/).waitFor();
    assert.equal(((await api.get("volumes")) as Json[])[0].keepDays, 30);
    const keep = page.locator("section", { hasText: "Days by camera and type" });
    await keep.getByRole("button", { name: "Add days" }).click();
    await keep.getByRole("textbox", { name: "At least, days" }).fill("9");
    await page.getByText("A line keeps at least longer than at most.").waitFor();
    await keep.getByRole("textbox", { name: "At most, days" }).fill("21");
    await page.getByRole("button", { name: "Apply" }).click();
    // the word "Saved" of the change before may still be there
    await until(async () => (await api.get("storage/keep")).rules.length > 0, "the days are set");
    assert.deepEqual(await api.get("storage/keep"), {
      rules: [{ cause: "continuous", minDays: 9, maxDays: 21 }],
    });
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(errors, []);
  });

  await t.test(
    "a folder is looked at while it is typed, added as an archive, and removed again by its name",
    async () => {
      await using looking = await look(`${reed.url}/login`);
      const { page, errors } = looking;
      await logIn(looking, reed);
      await page.goto(`${reed.url}/storage`);
      await page.getByRole("button", { name: "Add a volume" }).click();
      const dialog = page.getByRole("dialog");
      const wanted = join(folder.path, "disk");
      await dialog.getByLabel("Folder").fill(join(folder.path, "not", "there"));
      await dialog.getByText(/There is no folder .* Mount the disk first/).waitFor();
      assert.equal(await dialog.getByRole("button", { name: "Add" }).isDisabled(), true);
      await dialog.getByLabel("Folder").fill(wanted);
      await dialog.getByText(/This folder fits/).waitFor();
      await dialog.getByText("an archive", { exact: true }).click();
      await dialog.getByText("footage of alarms only").click();
      await dialog.getByRole("button", { name: "Add" }).click();
      const card = page.getByRole("region", { name: wanted });
      await card.getByText("Archive: takes copies", { exact: false }).waitFor();
      await card.getByText(/Alarm footage is copied here; the originals stay/).waitFor();
      await card.getByRole("button", { name: "Remove" }).click();
      await dialog.getByLabel(/Type/).fill(wanted);
      await dialog.getByRole("button", { name: "Remove" }).click();
      await card.waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Add a volume" }).click();
      await dialog.getByText("S3 archive").click();
      await dialog.getByLabel("Address of the S3 server").fill("http://127.0.0.1:1");
      await dialog.getByLabel("Bucket", { exact: true }).fill("reed");
      await dialog.getByLabel("Access key").fill("AK");
      await dialog.getByLabel("Secret key").fill("secret");
      await dialog.getByRole("button", { name: "Try it" }).click();
      await dialog.getByText("Nothing answers at 127.0.0.1:1: the connection was refused.").waitFor();
      assert.deepEqual(errors, []);
    },
  );

  await t.test("a full volume says so, and what to do, on a phone too", async (step) => {
    const path = join(folder.path, "small");
    using disk = smallDisk(step, path);
    if (disk === undefined) return;
    await api.post("volumes", { path });
    await until(async () => (await stateOf(api, path)) === "ready", "the small volume is ready");
    writeFileSync(join(path, "others"), Buffer.alloc(50_000_000));
    await until(async () => (await stateOf(api, path)) === "full", "it is full");
    await using looking = await look(`${reed.url}/login`, { width: 390, height: 844 });
    const { page, errors } = looking;
    await logIn(looking, reed);
    await page.goto(`${reed.url}/storage`);
    const card = page.getByRole("region", { name: path });
    await card.getByText("Full", { exact: true }).waitFor();
    await card.getByText(/Unlock footage, raise the cap, keep fewer days, or add a volume/).waitFor();
    await card.getByText("It is in memory: all footage is lost when the power goes.").waitFor();
    await page.getByRole("button", { name: "Add a group" }).click();
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText(`None of its volumes takes footage: recorded to ${first} meanwhile.`).waitFor();
    await page.getByRole("button", { name: "Troubles: 1" }).click();
    await page
      .getByRole("dialog")
      .getByText(/no space left/)
      .waitFor();
    await page.keyboard.press("Escape");
    await assertFitsWidth(page);
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(errors, []);
  });
});
