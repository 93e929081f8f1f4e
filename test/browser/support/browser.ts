/** Debian's Chromium, driven as a user would: what the page shows, what it says to the console, and axe's findings. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { TestContext } from "node:test";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const program = "/usr/bin/chromium";

/** False where no Chromium is installed; with CI=true it must be. */
export function hasBrowser(t: TestContext): boolean {
  if (existsSync(program)) return true;
  if (process.env["CI"] === "true") throw new Error("Chromium is not installed (Debian package `chromium`)");
  t.skip("Chromium is not installed (Debian package `chromium`)");
  return false;
}

export interface Looking extends AsyncDisposable {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the console and of scripts so far; a test ends with `assert.deepEqual(errors, [])`. */
  readonly errors: string[];
}

export interface LookOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly language?: string;
  /** As Chromium comes: a page sounds nothing before somebody touched it. */
  readonly silent?: boolean;
}

/** A browser with an empty profile at `url`. */
export async function look(url: string, options: LookOptions = {}): Promise<Looking> {
  const browser = await chromium.launch({
    executablePath: program,
    args: [
      "--no-sandbox",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-dev-shm-usage",
      ...(options.silent === true ? [] : ["--autoplay-policy=no-user-gesture-required"]),
      "--mute-audio",
    ],
  });
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.dark === true ? "dark" : "light",
    locale: options.language ?? "en-GB",
    acceptDownloads: true,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const errors: string[] = [];
  // a refused login or a camera without a picture is an answer, not a fault of the page
  const expected = /Failed to load resource: the server responded with a status of (401|404|409|503)/;
  page.on("console", (message) => {
    if (message.type() === "error" && !expected.test(message.text())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  return {
    browser,
    context,
    page,
    errors,
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

interface Axe {
  run(options: object): Promise<{ readonly violations: readonly Finding[] }>;
}

/**
 * axe's serious and critical findings on the page as it is now, each with the element; empty when all is well.
 *
 * @param rules only these, where the rest was looked at already
 */
export async function seriousFindings(page: Page, rules?: readonly string[]): Promise<string[]> {
  const there = await page.evaluate("typeof axe");
  if (there === "undefined") await page.evaluate(axeSource);
  const options = { resultTypes: ["violations"], ...(rules === undefined ? {} : { runOnly: rules }) };
  const found = await page.evaluate(async (given) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    return (await axe.run(given)).violations;
  }, options);
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ""}`));
}

/** Nothing reaches out of the screen sideways. */
export async function assertFitsWidth(page: Page): Promise<void> {
  const widths = "[document.documentElement.scrollWidth, innerWidth]";
  const [needed, have] = await page.evaluate<readonly [number, number]>(widths);
  assert.ok(needed <= have, `the page is ${needed} px wide on a screen of ${have}`);
}
