/** An evidence pack in the hands of somebody who has a browser and no network. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { assertFitsWidth, seriousFindings } from "./browser.ts";

/** Green with the site's fingerprint, yellow without, red and named after one bit was changed, red for a foreign key. */
export async function checkedOffline(
  browser: Browser,
  folder: string,
  zip: string,
  fingerprint: string,
): Promise<void> {
  await using context = await browser.newContext({ offline: true, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(pathToFileURL(join(folder, "verify.html")).href);
  const verdict = (colour: string) => page.locator(`#verdict[data-colour="${colour}"]:visible`);
  const choose = (path: string) => page.getByLabel("The ZIP").setInputFiles(path);
  await choose(zip);
  await verdict("yellow").getByText("Nothing was changed since it was signed").waitFor();
  await page.getByLabel(/Fingerprint/).fill(fingerprint);
  await page.keyboard.press("Tab");
  await verdict("green")
    .getByText(/Signed by the key that was named/)
    .waitFor();
  await assertFitsWidth(page);
  assert.deepEqual(await seriousFindings(page), []);

  const bytes = readFileSync(zip);
  const at = bytes.indexOf("camera-02-hall.mp4") + 2000;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const changed = join(folder, "..", "changed.zip");
  writeFileSync(changed, bytes);
  await choose(changed);
  await verdict("red").getByText("camera-02-hall.mp4 was changed.").waitFor();
  assert.equal(
    await verdict("red")
      .getByText(/camera-01/)
      .count(),
    0,
  );

  await page.getByLabel(/Fingerprint/).fill("0000-0000");
  await choose(zip);
  await verdict("red")
    .getByText(/foreign key/)
    .waitFor();
  assert.deepEqual(errors, []);
}
