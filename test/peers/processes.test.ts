/** Each process killed in turn, a clean stop, and the commands that look after a data folder. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getPriority } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nutServer } from "../../src/drivers/nut/test-server.ts";
import { isAlive } from "../../src/platform/other-process.ts";
import { joinMs } from "../../src/store/spans.ts";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { startBoardProgram, type BoardProgram } from "../support/board.ts";
import { breaks, recorded } from "../support/footage.ts";
import { pause, startReed, until, type Api, type Json, type RunningReed } from "../support/reed.ts";
import {
  addAlarmInput,
  actionOf,
  closedReceipt,
  live,
  openContact,
  smallSource,
  troubleKeys,
} from "../support/site.ts";

const password = "camera-secret-4711";

function command(data: string, ...words: string[]): { code: number | null; out: string } {
  const ran = spawnSync(process.execPath, ["dist/cli/main.js", ...words, "--data", data], { encoding: "utf8" });
  return { code: ran.status, out: ran.stdout + ran.stderr };
}

/** Every process whose command line names this data folder. */
const processesOf = (data: string): string[] =>
  globSync("/proc/[0-9]*/cmdline").flatMap((file) => {
    try {
      const text = readFileSync(file, "utf8").replaceAll("\0", " ");
      return text.includes(data) ? [text] : [];
    } catch {
      return [];
    }
  });

const relay = async (board: BoardProgram): Promise<boolean | undefined> =>
  ((await board.send({ do: "status" })) as { relays: boolean[] }).relays[0];

async function configure(api: Api, url: string | undefined, port: number): Promise<void> {
  await api.post("channels", { url, preRecordS: 2, username: "viewer", password });
  const outputs = [{ point: 1, address: 0 }];
  await api.post("boards", { name: "Cabinet", driver: { kind: "modbus-tcp", host: "127.0.0.1", port, outputs } });
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 1, outputs: 0 } });
  await api.post("outputs", { name: "Siren", kind: "siren", board: 1, point: 1 });
  const links = { recordChannels: [1], outputs: [{ output: 1, holdS: 1 }], postRecordS: 1, antiDitherS: 0 };
  await addAlarmInput(api, {
    ...links,
    board: 2,
    debounceMs: 50,
  });
  await api.post("arming", { armed: true });
}

/** Kills a process and waits until another one has taken its place; the others keep their process ids. */
async function killAndReturn(reed: RunningReed, api: Api, name: string): Promise<Json> {
  const names = ["core", "recorder-0", "api", "analysis"];
  const before = names.map((one) => reed.pid(one));
  process.kill(reed.pid(name), "SIGKILL");
  let state: Json;
  await until(async () => {
    const { processes } = await api.get("system");
    state = (processes as Json[]).find((one) => one.name === name);
    return reed.pid(name) !== before[names.indexOf(name)] && state?.state === "running" && state.restarts > 0;
  }, `${name} is started again, and /api/system says so`);
  assert.deepEqual(
    names.filter((one) => one !== name).map((one) => reed.pid(one)),
    before.filter((_, i) => names[i] !== name),
    "the others go on",
  );
  return state;
}

const receiptsOf = async (api: Api): Promise<Json> => (await api.get("receipts?limit=100")).receipts;
const config = async (api: Api): Promise<Json> => {
  const parts = await Promise.all(["channels", "boards", "inputs", "outputs", "volumes"].map((part) => api.get(part)));
  return parts.map((rows: Json[]) => rows.map((row) => ({ ...row, live: undefined })));
};

test("processes: killed one by one, stopped, checked, rebuilt", { timeout: 240_000 }, async (t) => {
  await using logs = await temporaryFolder();
  await using cameras = await startCameraProgram({
    cameras: [{ source: smallSource(), auth: ["digest-md5"], username: "viewer", password }],
    logFolder: logs.path,
  });
  await using board = await startBoardProgram({ contacts: 0, relays: 1 });
  const started = performance.now();
  await using reed = await startReed({ wrap: ["env", "-u", "UV_THREADPOOL_SIZE"] });
  const upAfterMs = performance.now() - started;
  let api = await reed.administrator();
  await configure(api, cameras.urls[0], board.port);
  await live(api, 1, 1000);
  const volume = join(reed.data, "footage");

  await t.test("it is up within seconds", () => {
    t.diagnostic(`ready after ${Math.round(upAfterMs)} ms`);
    // a program that does nothing says how fast this machine is just now
    const before = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    assert.ok(upAfterMs < Math.max(10_000, 100 * (performance.now() - before)));
  });

  await t.test("the recorder has threads enough for disks that hang, whoever started Reed", () => {
    const environment = readFileSync(`/proc/${reed.pid("recorder-0")}/environ`, "utf8").split("\0");
    assert.ok(environment.includes("UV_THREADPOOL_SIZE=64"), environment.filter((one) => /^UV/.test(one)).join());
  });

  await t.test("a second one on the same data folder is refused", () => {
    const { code, out } = command(reed.data, "run", "--port", "0");
    assert.equal(code, 1);
    assert.match(out, /already runs/);
    for (const words of [["rebuild"], ["admin", "reset"]]) assert.equal(command(reed.data, ...words).code, 1);
  });

  for (const name of ["analysis", "api"]) {
    await t.test(`${name} is killed: it is started again, and recording has no hole`, async () => {
      await killAndReturn(reed, api, name);
      assert.ok((await api.bytes("channels/1/snapshot.jpg")).length > 500);
      assert.deepEqual(breaks(recorded(volume, 1)), []);
    });
  }

  await t.test("the recorder is killed in an alarm: it is back, and the receipt says what is missing", async () => {
    await openContact(api, 2, 1, "closed");
    await until(async () => (await relay(board)) === true, "the siren is on");
    const killed = Date.now();
    await killAndReturn(reed, api, "recorder-0");
    assert.equal(await relay(board), true, "the siren does not care");
    await live(api, 1, 500);
    const back = Date.now();
    await until(async () => (await troubleKeys(api)).length === 0, "no trouble is left");
    await pause(500);
    await openContact(api, 2, 1, "open");
    const receipt = await closedReceipt(api, 1, 1);
    const { outcome, record } = actionOf(receipt, "record", 1);
    t.diagnostic(receipt.sentence);
    assert.equal(outcome.kind, "short");
    assert.match(outcome.reason, /recorder was not running|camera/);
    assert.equal(record.gaps.length, 1, JSON.stringify(record.gaps));
    // an alarm loses a second at most; what was on its way to the recorder is lost with it
    const [gap] = record.gaps;
    assert.ok(gap.from >= killed - 2000 && gap.to <= back, `${JSON.stringify(gap)}, ${killed} to ${back}`);
  });

  await t.test(
    "core is killed with the siren on: the recorder goes on, and the new core ends what was begun",
    async () => {
      await openContact(api, 2, 1, "closed");
      await until(async () => (await relay(board)) === true, "the siren is on");
      const recorder = reed.pid("recorder-0");
      const core = reed.pid("core");
      const holes = breaks(recorded(volume, 1)).length;
      process.kill(core, "SIGKILL");
      await until(() => reed.pid("core") !== core, "another core is there");
      const privileged = process.getuid?.() === 0 && getPriority() > -20;
      const before = () => getPriority(reed.pid("recorder-0")) - getPriority(reed.pid("core"));
      if (privileged) await until(() => before() > 0, "the relay's process comes before the recorder's");
      await until(
        async () => ((await api.get("system")).processes as Json[]).length >= 3,
        "the api has found it",
        30_000,
      );
      await until(async () => (await relay(board)) === false, "after a crash relays are at rest");
      assert.equal(reed.pid("recorder-0"), recorder, "the recorder was adopted");
      assert.ok(isAlive(recorder));
      assert.equal((await api.get("arming")).armed, true);
      const receipt = await closedReceipt(api, 1, 2, 60_000);
      t.diagnostic(receipt.sentence);
      assert.deepEqual(actionOf(receipt, "record", 1).outcome, { kind: "done" });
      await pause(1500);
      assert.equal(breaks(recorded(volume, 1)).length, holes, "not one access unit was lost");
      const running = async () =>
        ((await api.get("system")).processes as Json[]).every((one) => one.state === "running");
      await until(running, "all run");
      const left = async () => (await troubleKeys(api)).join();
      await until(async () => (await left()) === "restart:armed", "only that it was armed when it died is left");
    },
  );

  await t.test("a stop: sirens to rest, exit code 0, no process left, and all fits", async () => {
    await openContact(api, 2, 1, "closed");
    await until(async () => (await relay(board)) === true, "the siren is on");
    assert.equal(await reed.stop(), 0);
    assert.equal(await relay(board), false);
    assert.deepEqual(processesOf(reed.data), []);
    const { code, out } = command(reed.data, "check");
    assert.equal(code, 0, out);
    assert.match(out, /Everything fits/);
    assert.doesNotMatch(reed.output(), new RegExp(password));
  });

  await t.test("rebuilt from the journals, the database gives the same answers", async () => {
    await reed.start();
    await closedReceipt(api, 1, 3);
    const moment = Date.now() - 5000;
    await api.post("locks", { channels: [1], from: moment, to: moment + 1000, reason: "police" });
    await api.post("bookmarks", { channels: [1], at: moment, note: "van" });
    const range = `from=${Date.now() - 600_000}&to=${Date.now() + 1000}`;
    await live(api, 1, 500);
    assert.equal(await reed.stop(), 0);
    const stopped = Date.now();
    // footage of one cause that is nearer than this is one span, and what is compared is what there was by then
    await pause(joinMs);
    await reed.start();
    const kept = async () => ({
      ...{ receipts: await receiptsOf(api), config: await config(api) },
      alarms: await api.get("alarms"),
      locks: await api.get("locks"),
      bookmarks: await api.get(`bookmarks?${range}`),
    });
    const before = await kept();
    const spans = await api.get(`timeline?${range}`);
    assert.equal(await reed.stop(), 0);
    for (const file of globSync(join(reed.data, "reed.db*"))) rmSync(file);
    const rebuilt = command(reed.data, "rebuild");
    assert.equal(rebuilt.code, 0, rebuilt.out);
    await reed.start();
    api = await reed.administrator();
    assert.deepEqual(await kept(), before);
    const again = await api.get(`timeline?${range}`);
    const bounds = (answer: Json) =>
      (answer.spans as Json[]).map(({ cause, eventId, from, to }) => [
        cause,
        eventId,
        Math.round(from),
        Math.round(to),
      ]);
    const old = (answer: Json) => bounds(answer).filter((span) => Number(span[3]) <= stopped);
    assert.ok(old(spans).length > 0);
    assert.deepEqual(old(again), old(spans));
    await live(api, 1);
  });

  await t.test("`reed admin reset` forgets the logins and prints the way back in", async () => {
    assert.equal(await reed.stop(), 0);
    const { code, out } = command(reed.data, "admin", "reset");
    assert.equal(code, 0, out);
    assert.match(out, /Removed 1 user/);
    await reed.start();
    assert.notEqual(reed.token, "");
    const fresh = await reed.administrator();
    assert.equal((await fresh.get("channels")).length, 1);
  });
});

test("mains lost is a trouble at once; an empty battery closes every file, is told, and ends Reed for good", async () => {
  await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
  await using ups = await nutServer();
  const told: string[] = [];
  const phone = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      told.push((JSON.parse(text) as { title: string }).title);
      response.end();
    });
  }).listen(0, "127.0.0.1");
  await using reed = await startReed();
  const api = await reed.administrator();
  const url = `http://127.0.0.1:${(phone.address() as AddressInfo).port}/`;
  await api.post("notifiers", { name: "Phone", kind: "webhook", url });
  await api.post("channels", { url: cameras.urls[0] });
  await live(api, 1, 1500);
  const driver = { kind: "nut", host: "127.0.0.1", port: ups.port, pollS: 1 };
  await api.post("boards", { name: "UPS", driver });
  await until(() => ups.heard.length > 0, "the UPS is asked");
  ups.status = "OB DISCHRG";
  await until(async () => (await troubleKeys(api)).includes("power:1"), "the mains is lost");
  ups.status = "OB DISCHRG LB";
  await until(() => processesOf(reed.data).length === 0, "Reed has ended");
  assert.equal(await reed.stop(), 3);
  phone.close();
  assert.match(told.join(), /the mains is lost, running on battery.*the battery is nearly empty; Reed stops now/);
  const journal = (...at: string[]) =>
    globSync(join(reed.data, ...at))
      .map((file) => readFileSync(file, "utf8"))
      .join();
  const footage = journal("footage", "journal", "*.rec.log");
  assert.match(footage, /"segment-close"/);
  for (const text of [footage, journal("journal", "*.core.log")])
    assert.match(text.trimEnd().split("\n").at(-1) ?? "", /"clean-stop"/);
});
