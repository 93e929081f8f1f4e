import type { Page } from "playwright-core";
import type { Looking } from "./browser.ts";
import type { RunningReed } from "../../support/reed.ts";

/** Whom `RunningReed.administrator()` creates. */
export const administrator = { name: "admin", password: "a long sentence for tests" };

/** Logs in on the page and waits for what comes after. */
export async function logIn(looking: Looking, reed: RunningReed, user = administrator): Promise<void> {
  const { page } = looking;
  await page.goto(`${reed.url}/login`);
  await page.getByLabel("Name").fill(user.name);
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL((url) => url.pathname !== "/login");
}

/** Chooses a mode in the top bar; a site that is not ready asks then. */
export async function chooseMode(page: Page, mode: string): Promise<void> {
  await page
    .getByRole("banner")
    .getByRole("button", { name: /^Arming: / })
    .click();
  await page.getByRole("menuitem", { name: mode }).click();
}
