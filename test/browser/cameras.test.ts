/** Cameras: added by make with a test and its picture, a wrong password and its retry, one that dies, sound, removal. */
import assert from "node:assert/strict";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startPtzCamera } from "../../src/testkit/ptz-camera.ts";
import { startReed, until } from "../support/reed.ts";
import { live } from "../support/site.ts";
import { assertFitsWidth, hasBrowser, look, seriousFindings } from "./support/browser.ts";
import { logIn } from "./support/site.ts";

/** A wire on which the camera answers at the paths of a make: what is asked for `/stream1` reaches `/cam1`. */
async function asTapo(cameraPort: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(cameraPort, "127.0.0.1");
    near.on("data", (bytes: Buffer) => {
      const text = bytes.toString("latin1").replaceAll("/stream1", "/cam1").replaceAll("/stream2", "/cam1/sub");
      far.write(text, "latin1");
    });
    far.pipe(near);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function choose(page: Page, make: string): Promise<void> {
  await page
    .getByRole("combobox", { name: "Make" })
    .or(page.getByRole("textbox", { name: "Make" }))
    .first()
    .click();
  await page.getByRole("option", { name: make }).click();
}

test("the cameras of a site", async (t) => {
  if (!hasBrowser(t)) return;
  const login = { auth: ["basic" as const], username: "viewer", password: "right" };
  await using cameras = await startCameraProgram({
    cameras: [
      { source: { kind: "clip", name: "front-door" }, sub: { kind: "clip", name: "hall" }, ...login, reportSeconds: 1 },
      { source: { kind: "clip", name: "yard", audio: "pcma" } },
    ],
  });
  await using tapo = await asTapo(cameras.port);
  await using reed = await startReed();
  const api = await reed.administrator();
  const url = (n: number) => `rtsp://127.0.0.1:${cameras.port}/cam${n}`;

  await t.test(
    "a wrong password is told exactly and not tried a third time; then it is mended, seen and saved",
    async () => {
      await using looking = await look(reed.url);
      const { page, errors } = looking;
      await logIn(looking, reed);
      await page.goto(`${reed.url}/cameras`);
      await page.getByRole("heading", { name: "No camera yet" }).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await page.getByRole("link", { name: "Add a camera" }).click();
      const test = page.getByRole("button", { name: "Test", exact: true });
      await test.click();
      await page.getByText("Enter a name or an IP address").waitFor();
      await choose(page, "TP-Link Tapo");
      await page.getByLabel("Address").fill(tapo.address);
      await page.getByLabel("User", { exact: true }).fill("viewer");
      const password = page.getByRole("textbox", { name: "Password" });
      await password.fill("wrong");
      await password.press("Enter");
      await page.getByRole("alert").getByText("Password refused, or no free connection", { exact: true }).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await test.click();
      const steps = page.getByRole("list", { name: "Steps of the test" });
      await steps.getByRole("img", { name: "failed" }).waitFor();
      await test.click();
      await page.getByRole("alert").getByText("Password refused twice").waitFor();
      await password.fill("right");
      await page.getByLabel("Name", { exact: true }).fill("Front door");
      await page.getByRole("button", { name: "Try once now" }).click();
      await page.getByRole("img", { name: "What the camera sees" }).waitFor();
      const panel = page.getByRole("region", { name: "Test of the camera" });
      await panel.getByText("640 × 360").waitFor();
      await panel.getByText("H.264").waitFor();
      await panel.getByText(/^right \(within/).waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.waitForURL("**/cameras/1");
      await page.getByRole("heading", { name: "Front door" }).waitFor();
      await page.getByText("Live", { exact: true }).last().waitFor();
      await page.getByRole("img", { name: "Last picture of Front door" }).waitFor();
      const saved = await api.get("channels/1");
      assert.deepEqual([saved.url, saved.subUrl], [`rtsp://${tapo.address}/stream1`, `rtsp://${tapo.address}/stream2`]);
      assert.deepEqual(errors, []);
    },
  );

  await t.test("a camera that dies says so in the list, with the reason, and comes back by itself", async () => {
    await api.post("channels", { name: "Yard", url: url(2) });
    await live(api, 2);
    await using looking = await look(reed.url);
    const { page, errors } = looking;
    await logIn(looking, reed);
    await page.goto(`${reed.url}/cameras`);
    const yard = page.getByRole("row", { name: /Yard/ });
    await yard.getByText("Live", { exact: true }).waitFor();
    await yard.getByText(/H\.264 · 640/).waitFor();
    await page.getByRole("img", { name: "Last picture of Yard" }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await cameras.send({ do: "down", camera: 2 });
    await yard.getByText("Down", { exact: true }).waitFor();
    await yard.getByText(/closed the connection|broke the connection|refuses/).waitFor();
    await yard.getByText("nothing now (10 s wanted)").waitFor();
    await cameras.send({ do: "up", camera: 2 });
    await yard.getByText("Live", { exact: true }).waitFor();
    assert.deepEqual(errors, []);
  });

  await t.test("sound is switched on beside what the law says, on a phone", async () => {
    await using looking = await look(reed.url, { width: 390, height: 844, dark: true });
    const { page, errors } = looking;
    await logIn(looking, reed);
    await page.goto(`${reed.url}/cameras`);
    await page.getByRole("link", { name: /Yard/ }).click();
    await page.getByText(/sound may be recorded only when everybody/).waitFor();
    assert.equal((await api.get("channels/2")).audio, false);
    await page.getByRole("switch", { name: "Record sound" }).press("Space");
    await page.getByLabel("Time before an alarm").fill("30");
    await assertFitsWidth(page);
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Saved and applied.").waitFor();
    const { audio, preRecordS } = await api.get("channels/2");
    assert.deepEqual([audio, preRecordS], [true, 30]);
    await until(async () => (await api.get("channels/2")).live?.audio === "pcma", "sound is received");
    await page.goto(`${reed.url}/cameras`);
    await assertFitsWidth(page);
    assert.deepEqual(errors, []);
  });

  await t.test(
    "a camera that turns is sent to a preset by the camera's own name for it, from its page and an input's",
    async () => {
      await using dome = await startPtzCamera();
      const ptz = { kind: "dahua", port: dome.port };
      await api.patch("channels/2", { username: "admin", password: "open sesame", ptz });
      await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 1, outputs: 0 } });
      const gate = { name: "Gate", kind: "door", type: "NC", board: 1, point: 1, recordChannels: [2] };
      await api.post("inputs", { ...gate, ptz: [{ channel: 2, preset: 9 }] });
      await using looking = await look(reed.url, { width: 390, height: 844 });
      const { page, errors } = looking;
      await logIn(looking, reed);
      await page.goto(`${reed.url}/cameras/2`);
      const preset = page.getByRole("combobox", { name: "Preset", exact: true });
      await preset.click();
      await page.getByRole("option", { name: "7 · Gate & <yard>" }).click();
      await page.getByRole("button", { name: "Try preset" }).click();
      await page.getByText(/^The camera took it after/).waitFor();
      assert.deepEqual(dome.looked, [7]);
      await page.goto(`${reed.url}/alarm-in/1`);
      const linked = page.getByRole("combobox", { name: "Yard: look at preset" });
      assert.equal(await linked.inputValue(), "9");
      await linked.fill("home");
      await page.getByRole("option", { name: "1 · Home" }).waitFor();
      await linked.press("Tab");
      await page.getByRole("option", { name: "7 · Gate & <yard>" }).click();
      assert.equal(await linked.inputValue(), "1 · Home", "a name is as good as its number");
      await assertFitsWidth(page);
      assert.deepEqual(await seriousFindings(page), []);
      await page.getByRole("button", { name: "Apply" }).click();
      await page.getByText("Saved and applied.").waitFor();
      assert.deepEqual((await api.get("inputs/1")).ptz, [{ channel: 2, preset: 1, back: 7 }]);
      assert.deepEqual(errors, []);
    },
  );

  await t.test("a kept password tests both streams, never another host; a camera is removed by its name", async () => {
    await using looking = await look(reed.url);
    const { page, errors } = looking;
    await logIn(looking, reed);
    await page.goto(`${reed.url}/cameras/1`);
    await page.getByRole("button", { name: "Test the sub stream" }).click();
    await page.getByRole("img", { name: "What the camera sees" }).waitFor();
    await page.getByRole("region", { name: "Test of the camera" }).getByText("H.264").waitFor();
    const address = page.getByLabel("RTSP address", { exact: true });
    await address.fill("rtsp://192.0.2.1/stream1");
    await page.getByText("The address leads to another host").first().waitFor();
    assert.equal(await page.getByRole("button", { name: "Apply" }).isDisabled(), true);
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByRole("button", { name: "Remove…" }).click();
    const confirm = page.getByRole("dialog").getByRole("button", { name: "Remove" });
    assert.equal(await confirm.isDisabled(), true);
    await page.getByRole("dialog").getByRole("textbox").fill("Front door");
    await confirm.click();
    await page.waitForURL((at) => at.pathname === "/cameras");
    await page.getByRole("row", { name: /Yard/ }).waitFor();
    assert.deepEqual(
      (await api.get("channels")).map((row: { channel: number }) => row.channel),
      [2],
    );
    assert.deepEqual(errors, []);
  });
});
