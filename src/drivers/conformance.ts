/**
 * What every driver owes, as one suite that runs against each family with its virtual device. A family's manifest says
 * which tests apply; a test that does not apply is not registered.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Clock } from "../kernel/time.ts";
import type { OutputState } from "../domain/level.ts";
import type { BoardDriver } from "./board-driver.ts";
import type { DriverDeps } from "./driver.ts";
import type { TestLine } from "./conformance-line.ts";
import { isOnline, levelsOf, linksOf, recorder, type Heard, type Recorder } from "./conformance-recorder.ts";
import type { DriverManifest } from "./manifest.ts";

/** The supervised contact that a family with analogue inputs brings besides the others. */
export const testLoop = { wiring: "double", eolOhm: 5600, pullUpOhm: 5600, fullScale: 4095 } as const;
export const loopPoint = 3;

/** A virtual device with contacts `inputs`, all open at the start, and relays `outputs`, all off. */
export interface TestBoard extends AsyncDisposable {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  start(deps: DriverDeps): BoardDriver;
  /** Moves a contact, at the device or through the driver's own door. */
  contact(driver: BoardDriver, point: number, level: "closed" | "open"): void;
  /** What a relay really is, asked at the device. */
  relay(point: number): OutputState | undefined | Promise<OutputState>;
  /** The device restarts: all its relays are off. */
  dropRelays(): void;
  readonly line?: TestLine;
  /** What the input of `testLoop`, point `loopPoint`, reads from now on; 2047 at the start. */
  readonly loop?: (counts: number) => void;
  /** From now on no login is accepted. */
  readonly refuseLogin?: () => void;
}

const lastLevel = (heard: readonly Heard[], point: number) =>
  levelsOf(heard)
    .filter((report) => report.point === point)
    .at(-1);
const lastReadBack = (heard: readonly Heard[], point: number) =>
  heard.flatMap((entry) => (entry.kind === "read-back" && entry.point === point ? [entry.state] : [])).at(-1);
const known = (heard: readonly Heard[], points: readonly number[]) =>
  points.every((point) => ["open", "closed"].includes(lastLevel(heard, point)?.level ?? ""));

interface Stage extends AsyncDisposable {
  readonly board: TestBoard;
  readonly heard: Recorder;
  readonly driver: BoardDriver;
}

/** The suite for one family. `clock` is the real one: drivers with sockets wait for real answers. */
export function conformance(manifest: DriverManifest, clock: Clock, open: () => Promise<TestBoard>): void {
  const stage = async (before: (board: TestBoard) => void = () => undefined): Promise<Stage> => {
    const board = await open();
    before(board);
    const heard = recorder();
    const driver = board.start({ clock, events: heard.events, log: () => undefined });
    return {
      board,
      heard,
      driver,
      async [Symbol.asyncDispose]() {
        await driver[Symbol.asyncDispose]();
        await board[Symbol.asyncDispose]();
      },
    };
  };
  const settled = async (before?: (board: TestBoard) => void): Promise<Stage> => {
    const on = await stage(before);
    const points = [...on.board.inputs, ...(on.board.loop === undefined ? [] : [loopPoint])];
    await on.heard.until("online, all levels known", (heard) => isOnline(heard) && known(heard, points));
    return on;
  };
  describe(`every driver: ${manifest.title}`, { concurrency: 4 }, () => {
    inputTests(settled);
    stopTests(settled);
    if (manifest.supervised === true) loopTests(settled);
    if (manifest.outputs !== "none") outputTests(stage, settled);
    if (manifest.connection) connectionTests(settled);
    if (manifest.login) loginTests(stage);
  });
}

type Settled = () => Promise<Stage>;

function inputTests(settled: Settled): void {
  test("reports every input once it is connected, as a state and never as a change", async () => {
    await using on = await settled();
    const first = on.heard.heard.findIndex(({ kind }) => kind === "level");
    const online = on.heard.heard.findIndex((entry) => entry.kind === "link" && entry.link.kind === "online");
    assert.ok(online >= 0 && online < first, "the link is told before the levels");
    assert.deepEqual(
      levelsOf(on.heard.heard).filter(({ how }) => how === "change"),
      [],
    );
    for (const point of on.board.inputs) assert.equal(lastLevel(on.heard.heard, point)?.level, "open");
  });

  test("reports changes in the order in which they happened, each once", async () => {
    await using on = await settled();
    const [point = 0, other = 0] = on.board.inputs;
    const from = levelsOf(on.heard.heard).length;
    const moves = [
      [point, "closed"],
      [other, "closed"],
      [point, "open"],
      [other, "open"],
      [point, "closed"],
    ] as const;
    for (const [moved, level] of moves) {
      on.board.contact(on.driver, moved, level);
      await on.heard.until(`${moved} ${level}`, (heard) => lastLevel(heard, moved)?.level === level);
    }
    const seen = levelsOf(on.heard.heard).slice(from);
    assert.deepEqual(
      seen.map(({ point: moved, level }) => [moved, level]),
      moves,
    );
    assert.deepEqual(new Set(seen.map(({ how }) => how)), new Set(["change"]));
    assert.ok(seen.every(({ at }, index) => index === 0 || at >= (seen[index - 1]?.at ?? Infinity)));
  });
}

function loopTests(settled: Settled): void {
  test("a supervised loop is its contact; cut and shorted it is a fault that says which; outside of the scale a fault alone", async () => {
    await using on = await settled();
    const { loop } = on.board;
    assert.ok(loop, "a family with analogue inputs brings a loop that can be moved");
    const told = () => lastLevel(on.heard.heard, loopPoint);
    for (const [counts, level, tamper] of [
      [2047, "closed", undefined],
      [2730, "open", undefined],
      [4095, "fault", "cut"],
      [0, "fault", "short"],
      [5000, "fault", undefined],
      [2047, "closed", undefined],
    ] as const) {
      loop(counts);
      await on.heard.until(`${counts} counts`, () => told()?.level === level && told()?.tamper === tamper);
      assert.equal(told()?.reason === undefined, level !== "fault");
    }
    const measured = on.heard.heard.flatMap((entry) => (entry.kind === "measured" ? [entry.reading] : []));
    assert.ok(Math.abs((measured.at(-1)?.ohms ?? 0) - 5600) < 20);
  });
}

function outputTests(stage: Settled, settled: Settled): void {
  test("switches a relay, says when the command went out and what it reads back as", async () => {
    await using on = await settled();
    const [point = 0] = on.board.outputs;
    for (const state of ["on", "off"] as const) {
      on.driver.want(point, state);
      await on.heard.until(`reads back ${state}`, (heard) => lastReadBack(heard, point) === state);
      assert.equal(await on.board.relay(point), state);
      const command = on.heard.heard.findIndex((entry) => entry.kind === "commanded" && entry.state === state);
      const readBack = on.heard.heard.findLastIndex((entry) => entry.kind === "read-back" && entry.state === state);
      assert.ok(command >= 0 && command < readBack);
    }
  });

  test("takes a repeated wish without harm", async () => {
    await using on = await settled();
    const [point = 0] = on.board.outputs;
    for (let n = 0; n < 20; n++) on.driver.want(point, "on");
    await on.heard.until("reads back on", (heard) => lastReadBack(heard, point) === "on");
    on.driver.want(point, "on");
    await on.heard.until("goes on", (heard) => isOnline(heard));
    assert.equal(await on.board.relay(point), "on");
    const states = on.heard.heard.filter((entry) => entry.kind === "read-back" && entry.point === point);
    assert.ok(states.every((entry, index) => index === 0 || (entry.kind === "read-back" && entry.state !== "unknown")));
  });

  test("sends what was wanted before it was connected", async () => {
    await using on = await stage();
    const [point = 0] = on.board.outputs;
    on.driver.want(point, "on");
    await on.heard.until("reads back on", (heard) => lastReadBack(heard, point) === "on");
    assert.equal(await on.board.relay(point), "on");
  });

  test("sends a last wish out before it stops, so that a siren comes to rest", async () => {
    await using on = await settled();
    const [point = 0] = on.board.outputs;
    on.driver.want(point, "on");
    await on.heard.until("reads back on", (heard) => lastReadBack(heard, point) === "on");
    on.driver.want(point, "off");
    await on.driver[Symbol.asyncDispose]();
    assert.equal(await on.board.relay(point), "off");
  });
}

function stopTests(settled: Settled): void {
  test("says nothing any more once it was stopped, and stops twice without harm", async () => {
    await using on = await settled();
    const [point = 0] = on.board.inputs;
    await on.driver[Symbol.asyncDispose]();
    const said = on.heard.heard.length;
    on.board.contact(on.driver, point, "closed");
    on.driver.want(1, "on");
    await on.driver[Symbol.asyncDispose]();
    assert.equal(on.heard.heard.length, said);
  });
}

function connectionTests(settled: Settled): void {
  const lineOf = (board: TestBoard): TestLine => {
    assert.ok(board.line, "a family with a connection brings a line that can be cut");
    return board.line;
  };
  const lost = (heard: readonly Heard[]) => linksOf(heard).at(-1)?.kind === "lost";

  test("a lost board is lost with a reason; no input is at rest meanwhile; on return all is a state, and sent again", async () => {
    await using on = await settled();
    const line = lineOf(on.board);
    const [point = 0] = on.board.inputs;
    const [relay = 0] = on.board.outputs;
    on.driver.want(relay, "on");
    await on.heard.until("reads back on", (heard) => lastReadBack(heard, relay) === "on");
    await line.cut();
    await on.heard.until("lost", lost);
    assert.equal(lastReadBack(on.heard.heard, relay), "unknown");
    const [link] = linksOf(on.heard.heard).slice(-1);
    assert.ok(link?.kind === "lost" && link.reason.length > 5);
    const before = on.heard.heard.length;
    on.board.dropRelays();
    on.board.contact(on.driver, point, "closed");
    await line.heal();
    await on.heard.until("all again", (heard) => isOnline(heard) && known(heard.slice(before), on.board.inputs));
    await on.heard.until("relay on again", (heard) => lastReadBack(heard, relay) === "on");
    assert.equal(await on.board.relay(relay), "on");
    const since = on.heard.heard.slice(before);
    const online = since.findIndex((entry) => entry.kind === "link" && entry.link.kind === "online");
    assert.deepEqual(levelsOf(since.slice(0, online)), [], "nothing is said of inputs while the board is lost");
    assert.equal(lastLevel(since, point)?.level, "closed");
    assert.deepEqual(new Set(levelsOf(since).map(({ how }) => how)), new Set(["state"]));
  });

  test("half a reply is no reply: lost with a reason, no level changed, and back again afterwards", async () => {
    await using on = await settled();
    const [point = 0] = on.board.inputs;
    const before = on.heard.heard.length;
    lineOf(on.board).truncate();
    on.board.contact(on.driver, point, "closed");
    await on.heard.until("lost", lost);
    assert.deepEqual(levelsOf(on.heard.heard.slice(before)), []);
    await on.heard.until("back", (heard) => isOnline(heard) && lastLevel(heard, point)?.level === "closed");
    assert.equal(lastLevel(on.heard.heard, point)?.how, "state");
  });

  const troubles = { "as usual": undefined, "that went silent": "mute", "that is gone": "cut" } as const;
  for (const [what, trouble] of Object.entries(troubles)) {
    test(`stops within a second with a board ${what}`, async () => {
      await using on = await settled();
      const line = lineOf(on.board);
      if (trouble === "mute") line.mute();
      if (trouble === "cut") await line.cut();
      if (trouble === "cut") await on.heard.until("lost", lost);
      const late = new AbortController();
      const limit = new Promise((resolve) => {
        const timer = setTimeout(() => resolve("late"), 1000);
        late.signal.addEventListener("abort", () => clearTimeout(timer));
      });
      const stopped = on.driver[Symbol.asyncDispose]();
      assert.notEqual(await Promise.race([stopped, limit]), "late");
      late.abort();
    });
  }
}

function loginTests(stage: (before: (board: TestBoard) => void) => Promise<Stage>): void {
  test("says that a login was refused, and does not call it a lost network", async () => {
    await using on = await stage((board) => {
      assert.ok(board.refuseLogin, "a family with a login brings one that can be refused");
      board.refuseLogin();
    });
    await on.heard.until("unauthorized", (heard) => linksOf(heard).at(-1)?.kind === "unauthorized");
    assert.deepEqual(
      linksOf(on.heard.heard).map(({ kind }) => kind),
      ["connecting", "unauthorized"],
    );
    assert.deepEqual(levelsOf(on.heard.heard), []);
  });
}
