import assert from "node:assert/strict";
import { test } from "node:test";
import type { LevelReport } from "../driver.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { trackLevels } from "../level-track.ts";
import { trackLoops } from "../loop-track.ts";
import { trackOutputs } from "../output-track.ts";
import type { ModbusConnection } from "./connection.ts";
import { startPoller } from "./poller.ts";
import type { Answer } from "./protocol.ts";
import { settingsFor } from "./test-board.ts";

/** A board with `count` contacts, all at rest, that lacks some addresses and reads at most `most` bits at once. */
function board(count: number, most = 2000) {
  const clock = fakeClock();
  const lacks = new Set<number>();
  const asked: { address: number; count: number }[] = [];
  const levels: LevelReport[] = [];
  const inputs = Array.from({ length: count }, (_, address) => ({
    point: address + 1,
    area: "discrete-input" as const,
    address,
    closedWhen: 1 as const,
  }));
  const events = {
    level: (report: LevelReport) => void levels.push(report),
    ...{
      readBack: () => undefined,
      commanded: () => undefined,
      polled: () => undefined,
      heard: () => undefined,
      link: () => undefined,
    },
  };
  const connection: ModbusConnection = {
    ask(request): Promise<Answer> {
      assert.ok(request.kind === "read");
      asked.push({ address: request.address, count: request.count });
      const refused =
        request.count > most ||
        [...lacks].some((address) => address >= request.address && address < request.address + request.count);
      return Promise.resolve(
        refused
          ? {
              kind: "exception",
              exception: { code: 2, text: `no such address in ${request.address}+${request.count}` },
            }
          : { kind: "values", values: new Array<number>(request.count).fill(0) },
      );
    },
    command: () => Promise.reject(new Error("no commands here")),
    ...{
      signal: new AbortController().signal,
      reason: "",
      commandsDone: () => Promise.resolve(),
      close: () => undefined,
    },
  };
  const poller = startPoller(
    {
      settings: settingsFor(502, { inputs, outputs: [] }),
      deps: { clock, events, log: () => undefined },
      levels: trackLevels(events),
      loops: trackLoops({}, trackLevels(events)),
      supplies: new Map(),
      outputs: trackOutputs(),
    },
    connection,
  );
  return {
    ...{ clock, lacks, levels },
    /** The reads of one poll. */
    poll: async () => {
      asked.length = 0;
      await poller.poll();
      return [...asked];
    },
  };
}

test("one refused address among 2000 costs a dozen reads a poll, and it alone is at fault, with the reason", async () => {
  const { poll, lacks, levels } = board(2000);
  lacks.add(1234);
  assert.ok((await poll()).length <= 2 * 12, "it is found by halving");
  const faults = levels.filter(({ level }) => level === "fault");
  assert.deepEqual(
    faults.map(({ point, reason }) => [point, reason]),
    [[1235, "no such address in 1234+1"]],
  );
  assert.equal(levels.filter(({ level }) => level === "open").length, 1999);
  const after = await poll();
  assert.ok(after.length <= 12, `${after.length} reads`);
  assert.equal(
    after.reduce((sum, { count }) => sum + count, 0),
    1999,
  );
});

test("a refused address is asked for again after a minute, one address a poll, and then the large reads are back", async () => {
  const { poll, lacks, levels, clock } = board(100);
  lacks.add(10).add(60);
  await poll();
  const healthy = (await poll()).length;
  clock.advance(59_000);
  assert.equal((await poll()).length, healthy);
  clock.advance(1000);
  assert.equal((await poll()).length, healthy + 1);
  assert.equal((await poll()).length, healthy + 1);
  assert.equal((await poll()).length, healthy, "both were asked");
  lacks.clear();
  clock.advance(60_000);
  await poll();
  await poll();
  assert.deepEqual(await poll(), [{ address: 0, count: 100 }]);
  assert.deepEqual(
    levels.filter(({ point }) => point === 11).map(({ level }) => level),
    ["fault", "open"],
  );
});

test("a board that takes only short reads is asked in reads that it takes, and no point is at fault", async () => {
  const { poll, levels } = board(100, 30);
  await poll();
  assert.deepEqual(
    (await poll()).map(({ count }) => count),
    [25, 25, 25, 25],
  );
  assert.ok(levels.every(({ level }) => level === "open"));
});
