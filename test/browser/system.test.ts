/** System: what is wrong and how fast edges are, messages that tell the truth, logs, settings as a file and back. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { test } from "node:test";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startReed, until, type Api } from "../support/reed.ts";
import { addAlarmInput, closedReceipt, live, openContact, smallSource } from "../support/site.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { logIn } from "./support/site.ts";

const passphrase = "a long sentence for this backup";

/** What stands in a browser for its maker's push service, and for HTTP without TLS when the test says so. */
const virtualPush = `
  if (localStorage.getItem("insecure") !== null) Object.defineProperty(window, "isSecureContext", { value: false });
  let now = null;
  const keys = { p256dh: "B".repeat(87), auth: "a".repeat(22) };
  const made = {
    endpoint: "https://push.example.org/here",
    options: {},
    unsubscribe: async () => (now = null) === null,
    toJSON: () => ({ endpoint: made.endpoint, keys }),
  };
  Object.assign(PushManager.prototype, { getSubscription: async () => now, subscribe: async () => (now = made) });
  Object.assign(Notification, { requestPermission: async () => "granted" });
  Object.defineProperty(Notification, "permission", { value: "default" });
`;

/** A receiver of web hooks that answers as it is told. */
async function receiver() {
  const told: string[] = [];
  const answer = { status: 200, text: "thank you" };
  const bodyOf = async (request: IncomingMessage) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    return body;
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      told.push(body);
      response.writeHead(answer.status).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const url = `http://127.0.0.1:${port}/hook`;
  return { url, told, answer, [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())) };
}

/** Longer than its debounce. */
async function trip(api: Api): Promise<void> {
  const active = async () => (await api.get("inputs/1")).live?.active;
  await openContact(api, 1, 1, "closed");
  await until(async () => (await active()) === true, "the door is open");
  await openContact(api, 1, 1, "open");
  await until(async () => (await active()) === false, "the door is shut");
}

test("the system's pages", { timeout: 300_000 }, async (t) => {
  if (!hasBrowser(t)) return;
  await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
  await using reed = await startReed();
  await using hook = await receiver();
  const api = await reed.administrator();
  await api.put("site", { name: "Farm shop", timeZone: "Europe/Berlin" });
  await api.post("channels", { name: "Yard", url: cameras.urls[0], preRecordS: 1 });
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 1, outputs: 0 } });
  const links = { recordChannels: [1], postRecordS: 1 };
  await addAlarmInput(api, {
    ...links,
    debounceMs: 50,
  });
  await live(api, 1, 500);
  await trip(api);
  await closedReceipt(api, 1, 1);

  await t.test("health counts the edge, and a camera that dies is a trouble with what to do next", async () => {
    await using looking = await look(`${reed.url}/login`);
    const { page, errors } = looking;
    await logIn(looking, reed);
    await page.goto(`${reed.url}/system/health`);
    await page.getByText("Nothing is wrong.").waitFor();
    await page
      .getByText(/2 edges: p50 ≤/)
      .first()
      .waitFor();
    const recorder = page.getByRole("row", { name: /recorder-0.*Runs.* MB.*of one core/ });
    await recorder.waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await cameras.send({ do: "down", camera: "all" });
    const troubles = page.getByRole("region", { name: "Troubles" });
    await troubles.getByText(/Yard/).waitFor({ timeout: 30_000 });
    await troubles.getByText(/Look whether the camera has power and network/).waitFor();
    await page.getByRole("button", { name: "Troubles: 1" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Go there" }).click();
    await page.waitForURL("**/cameras/1");
    await cameras.send({ do: "up", camera: "all" });
    await page.goto(`${reed.url}/system/health`);
    await page.getByText("Nothing is wrong.").waitFor({ timeout: 30_000 });
    await page.getByText("1 trouble that is over").click();
    assert.deepEqual(errors, []);
  });

  await t.test(
    "a browser is subscribed for push, listed as this one, and removed; plain HTTP says why not",
    async () => {
      await using looking = await look(`${reed.url}/login`);
      const { page, errors } = looking;
      // the makers' push services are out of reach: what the browser would give is given here
      await page.addInitScript({ content: virtualPush });
      await logIn(looking, reed);
      await page.evaluate(() => localStorage.setItem("insecure", "yes"));
      await page.goto(`${reed.url}/people/me`);
      await page.getByText("This page is not secure, so the browser does not allow push").waitFor();
      await page.evaluate(() => localStorage.removeItem("insecure"));
      await page.goto(`${reed.url}/system/notifications`);
      await page.getByRole("button", { name: "Subscribe this browser" }).click();
      await page.getByText("this browser", { exact: true }).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      const people = (await api.get("push/people")) as unknown as { subscriptions: number }[];
      assert.deepEqual(
        people.map(({ subscriptions }) => subscriptions),
        [1],
      );
      await page.getByRole("button", { name: /Remove Chrome/ }).click();
      await page.getByRole("button", { name: "Subscribe this browser" }).waitFor();
      assert.deepEqual(errors, []);
    },
  );

  await t.test("a test message tells what the receiver really answered", async () => {
    await using looking = await look(`${reed.url}/login`);
    const { page, errors } = looking;
    await logIn(looking, reed);
    await page.goto(`${reed.url}/system/notifications`);
    await page.getByText("Nobody is told yet").waitFor();
    await page.getByRole("button", { name: "Add a notifier" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Kind").click();
    await page.getByRole("option", { name: "Webhook" }).click();
    await form.getByLabel("Name").fill("House");
    await form.getByLabel("Address").fill(hook.url);
    await form.getByRole("button", { name: "Save" }).click();
    const card = page.getByRole("region", { name: "House" });
    await card.getByRole("button", { name: "Send test" }).click();
    await card.getByText("The test message arrived").waitFor();
    await card.getByText(/The receiver answered 200/).waitFor();
    await card.getByText("thank you").waitFor();
    assert.match(hook.told.at(-1) ?? "", /Farm shop: test message/);
    Object.assign(hook.answer, { status: 403, text: "not from you" });
    await card.getByRole("button", { name: "Send test" }).click();
    await card.getByText("The test message did not arrive").waitFor();
    await card.getByText(/The receiver answered 403/).waitFor();
    await card.getByText("not from you", { exact: true }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(errors, []);
  });

  await t.test("logs are found by their text, without passwords, and followed", async () => {
    await using looking = await look(`${reed.url}/login`);
    const { page, errors } = looking;
    await logIn(looking, reed);
    await page.goto(`${reed.url}/system/logs`);
    await page.getByLabel("Holds the text").fill("receipt closed");
    const log = page.getByRole("log");
    await log.getByText(/receipt closed: Door raised/).waitFor();
    await log
      .getByText(/camera is live/)
      .first()
      .waitFor({ state: "detached" });
    await trip(api);
    await log
      .getByText(/receipt closed: Door raised/)
      .nth(1)
      .waitFor({ timeout: 30_000 });
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(errors, []);
  });

  await t.test("a message that did not arrive is seen with its reason, in German too, and sent again", async () => {
    await api.patch("inputs/1", { notifiers: [1] });
    await api.post("arming", { armed: true });
    await trip(api);
    await using looking = await look(`${reed.url}/login`);
    const { page, errors } = looking;
    await logIn(looking, reed);
    await page.evaluate("localStorage.setItem('reed-language', 'de')");
    await page.goto(`${reed.url}/system/notifications`);
    const letters = page.locator("section[aria-labelledby=dead-letters]");
    const letter = letters.getByRole("group", { name: /Door/ });
    await letter.getByText(/House antwortete 403 \(not from you\); Adresse und Schlüssel prüfen/).waitFor();
    await page.getByRole("button", { name: /^Störungen: / }).click();
    await page.getByText("eine Nachricht kam nicht an").waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.keyboard.press("Escape");
    await letter.getByRole("button", { name: "Noch einmal senden" }).click();
    await letter.getByText(/403/).nth(1).waitFor();
    Object.assign(hook.answer, { status: 200, text: "thank you" });
    await letter.getByRole("button", { name: "Noch einmal senden" }).click();
    await letter.waitFor({ state: "detached" });
    assert.match(hook.told.at(-1) ?? "", /Door/);
    await until(async () => ((await api.get("troubles")) as unknown[]).length === 0, "no trouble is left");
    await api.post("arming", { armed: false });
    assert.deepEqual(errors, []);
  });

  await t.test("a backup is downloaded here and restored on another, empty Reed", async () => {
    await using looking = await look(`${reed.url}/login`);
    await logIn(looking, reed);
    await looking.page.goto(`${reed.url}/system/backup`);
    const make = looking.page.getByRole("region", { name: "Make a backup" });
    await make.getByLabel("Passphrase", { exact: true }).fill(passphrase);
    await make.getByLabel("Passphrase again").fill(passphrase);
    const downloading = looking.page.waitForEvent("download");
    await make.getByRole("button", { name: "Make and download" }).click();
    const download = await downloading;
    assert.match(download.suggestedFilename(), /^reed-farm-shop-\d{4}-\d\d-\d\d\.json$/);
    const file = await download.path();
    assert.match(readFileSync(file, "utf8"), /reed-backup/);

    await using empty = await startReed();
    const other = await empty.administrator();
    await using elsewhere = await look(`${empty.url}/login`);
    const { page, errors } = elsewhere;
    await logIn(elsewhere, empty);
    await page.goto(`${empty.url}/system/backup`);
    const restore = page.getByRole("region", { name: "Restore a backup" });
    await page.locator("input[type=file]").setInputFiles(file);
    await restore.getByText(/1 camera · 1 board · 1 input/).waitFor();
    const go = async (words: string) => {
      await restore.getByLabel("Passphrase of the backup").fill(words);
      await restore.getByRole("button", { name: "Restore" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(/Type/).fill("Farm shop");
      await dialog.getByRole("button", { name: "Restore" }).click();
    };
    await go("a wrong sentence");
    await restore
      .getByRole("alert")
      .getByText(/does not open this backup/)
      .waitFor();
    assert.deepEqual(await other.get("channels"), []);
    await go(passphrase);
    await restore.getByText(/^Restored: /).waitFor();
    await page.getByText("Farm shop").first().waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    const key = empty.withKey(api.key);
    await until(async () => ((await key.get("channels")) as unknown[]).length === 1, "the camera is back");
    const refused = /Failed to load resource: the server responded with a status of 400/;
    assert.deepEqual(
      errors.filter((error) => !refused.test(error)),
      [],
    );
  });

  await t.test("every section fits a phone, in German and dark, and About says what Reed is not", async () => {
    await using looking = await look(`${reed.url}/login`, { width: 390, height: 844, dark: true, language: "de-DE" });
    const { page, errors } = looking;
    await page.getByLabel("Name").fill("admin");
    await page.getByLabel("Passwort", { exact: true }).fill("a long sentence for tests");
    await page.getByRole("button", { name: "Anmelden" }).click();
    await page.waitForURL((url) => url.pathname !== "/login");
    const sections = {
      health: "Prozesse",
      logs: "Mitlesen",
      notifications: "House",
      network: "Zeitzone",
      backup: "Kennsatz",
      about: "keine zertifizierte",
    };
    for (const [section, text] of Object.entries(sections)) {
      await page.goto(`${reed.url}/system/${section}`);
      await page.getByText(text).first().waitFor();
      await assertFitsWidth(page);
      assert.deepEqual(await seriousFindings(page), [], section);
    }
    await page.getByLabel("Filter").fill("fastify");
    await page.getByRole("button", { name: "fastify", exact: true }).click();
    await page.getByText(/Permission is hereby granted/).waitFor();
    assert.deepEqual(errors, []);
  });
});
