/** A backup made on one machine and restored on an empty one: everything is back, and an alarm works. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { startBoardProgram } from "../support/board.ts";
import { startReed, until, type Api, type Json, type RunningReed } from "../support/reed.ts";
import { addAlarmInput, actionOf, closedReceipt, live, openContact, smallSource } from "../support/site.ts";

const passphrase = "a long sentence for this backup";
const camera = { username: "viewer", password: "camera-secret-4711" };

const parts = ["site", "channels", "boards", "inputs", "outputs", "notifiers"];
const settings = async (api: Api): Promise<Json> => {
  const all: Json[] = await Promise.all(parts.map((part) => api.get(part)));
  return all.map((rows: Json) => (Array.isArray(rows) ? rows.map((row: Json) => ({ ...row, live: undefined })) : rows));
};

/** Backup and restore are for a person who is logged in, never for a key. */
async function asPerson(reed: RunningReed, password = "a long sentence for tests") {
  const json = { "content-type": "application/json" };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${reed.url}/api/${path}`, { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) });
  const login = await post("login", { name: "admin", password });
  assert.equal(login.status, 200);
  const cookie = login.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return async (path: string, body: unknown): Promise<{ status: number; body: Json }> => {
    const answer = await post(path, body, { cookie });
    return { status: answer.status, body: await answer.json() };
  };
}

async function configure(api: Api, url: string | undefined, port: number): Promise<void> {
  await api.put("site", { name: "Farm shop", timeZone: "Europe/Berlin" });
  await api.post("channels", { name: "Yard", url, preRecordS: 1, ...camera });
  const outputs = [{ point: 1, address: 0 }];
  await api.post("boards", { name: "Cabinet", driver: { kind: "modbus-tcp", host: "127.0.0.1", port, outputs } });
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 1, outputs: 0 } });
  await api.post("outputs", { name: "Siren", kind: "siren", board: 1, point: 1 });
  await api.post("notifiers", { kind: "webhook", name: "House", url: "http://127.0.0.1:9/hook", enabled: false });
  const links = { recordChannels: [1], outputs: [{ output: 1, holdS: 1 }], notifiers: [1], postRecordS: 1 };
  await addAlarmInput(api, {
    ...links,
    board: 2,
    debounceMs: 50,
  });
}

test("a backup restored on an empty machine", { timeout: 120_000 }, async (t) => {
  await using logs = await temporaryFolder();
  await using cameras = await startCameraProgram({
    cameras: [{ source: smallSource(), auth: ["digest-md5"], ...camera }],
    logFolder: logs.path,
  });
  await using board = await startBoardProgram({ contacts: 0, relays: 1 });
  let backup: Json;
  let before: Json;
  let key = "";
  {
    await using old = await startReed();
    const api = await old.administrator();
    key = api.key;
    await configure(api, cameras.urls[0], board.port);
    const person = await asPerson(old);
    const user = { name: "hall", role: "viewer", password: "a display in the hall" };
    assert.equal((await person("users", user)).status, 201);
    before = await settings(api);
    backup = (await person("backup", { passphrase })).body;
    assert.doesNotMatch(JSON.stringify(backup), /camera-secret/);
    assert.equal(await old.stop(), 0);
  }

  await using reed = await startReed();
  const stranger = await reed.administrator();
  await stranger.post("boards", { name: "Was here before", driver: { kind: "virtual", inputs: 9, outputs: 9 } });
  const own = { settings: await settings(stranger), volumes: await stranger.get("volumes") };
  const person = await asPerson(reed);

  await t.test("a wrong passphrase, a newer file and one that was changed change nothing", async () => {
    for (const [body, sentence] of [
      [{ passphrase: "another sentence", backup }, /does not open this backup/],
      [{ passphrase, backup: { ...backup, version: 99 } }, /newer Reed.*Update this Reed first/],
      [{ passphrase, backup: { ...backup, site: "Other" } }, /the file was changed/],
    ] as const) {
      const answer = await person("restore", body);
      assert.equal(answer.status, 400);
      assert.match(answer.body.error.message, sentence);
    }
    assert.deepEqual(await settings(stranger), own.settings);
  });

  await t.test("boards, inputs, outputs, channels, notifiers, users and keys are back", async () => {
    const answer = await person("restore", { passphrase, backup });
    assert.deepEqual(answer, { status: 200, body: { rows: 7, users: 2, keys: 1 } });
    const api = reed.withKey(key);
    assert.deepEqual(await settings(api), before);
    const login = { method: "POST", headers: { "content-type": "application/json" } };
    const body = JSON.stringify({ name: "hall", password: "a display in the hall" });
    assert.equal((await fetch(`${reed.url}/api/login`, { ...login, body })).status, 200);
    const paths = (volumes: Json[]) => volumes.map((volume) => volume.path);
    assert.deepEqual(paths(await api.get("volumes")), paths(own.volumes), "the machine keeps its own volumes");
  });

  await t.test("an alarm works: the camera records and the siren sounds", async () => {
    const api = reed.withKey(key);
    await live(api, 1, 1500);
    await api.post("arming", { armed: true });
    await openContact(api, 2, 1, "closed");
    const relay = async () => ((await board.send({ do: "status" })) as { relays: boolean[] }).relays[0];
    await until(async () => (await relay()) === true, "the siren is on");
    await openContact(api, 2, 1, "open");
    const receipt = await closedReceipt(api, 1, 1);
    assert.deepEqual(actionOf(receipt, "record", 1).outcome, { kind: "done" });
    assert.deepEqual(actionOf(receipt, "output", 1).outcome, { kind: "done" });
  });

  await t.test("what was restored stands in the journal: a database that is lost is rebuilt with it", async () => {
    assert.equal(await reed.stop(), 0);
    for (const file of globSync(join(reed.data, "reed.db*"))) rmSync(file);
    const rebuilt = spawnSync(process.execPath, ["dist/cli/main.js", "rebuild", "--data", reed.data]);
    assert.equal(rebuilt.status, 0, String(rebuilt.stderr));
    await reed.start();
    assert.deepEqual(await settings(await reed.administrator()), before);
  });
});
