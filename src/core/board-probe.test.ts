import assert from "node:assert/strict";
import { test } from "node:test";
import { seconds } from "../kernel/time.ts";
import type { DriverSettings } from "../domain/site-config.ts";
import type { DriverDeps } from "../drivers/driver.ts";
import { createLog } from "../platform/log.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { probeBoard } from "./board-probe.ts";

const settings: DriverSettings = {
  kind: "modbus-tcp",
  host: "h",
  port: 502,
  unit: 1,
  pollMs: 50,
  inputs: [1, 2].map((point) => ({ point, area: "discrete-input", address: point - 1, closedWhen: 1 })),
  outputs: [{ point: 1, address: 0, onWhen: 1 }],
};

function probing() {
  const clock = fakeClock();
  const drivers: DriverDeps[] = [];
  let stopped = 0;
  const wants: string[] = [];
  const answer = probeBoard(
    {
      clock,
      log: createLog("test", "silent"),
      createDriver(_, deps) {
        drivers.push(deps);
        return {
          want: (_point, state) => void wants.push(state),
          [Symbol.asyncDispose]() {
            stopped++;
            return Promise.resolve();
          },
        };
      },
    },
    settings,
  );
  const events = drivers[0]?.events;
  assert.ok(events);
  const level = (point: number) => events.level({ point, level: "open", at: clock.now(), how: "state" });
  const online = () => events.link({ kind: "online" }, clock.now());
  return { clock, events, level, online, answer, wants, stopped: () => stopped };
}

test("a board that is there is told with all its levels, was told to switch nothing, and is let go", async () => {
  const on = probing();
  on.online();
  on.level(1);
  on.clock.advance(40);
  on.level(2);
  assert.deepEqual(await on.answer, {
    ok: true,
    what: "The board is there.",
    tookMs: 40,
    points: [
      { point: 1, level: "open" },
      { point: 2, level: "open" },
    ],
  });
  assert.deepEqual([on.wants, on.stopped()], [[], 1]);
});

test("a board that is there with a silent contact says so after a second and a half", async () => {
  const on = probing();
  on.online();
  on.level(1);
  on.clock.advance(seconds(1.5));
  const { ok, what } = await on.answer;
  assert.deepEqual([ok, what], [true, "The board is there, but 1 of 2 contacts have not said anything yet."]);
});

test("a board that refuses is told with its reason; one that is silent after five seconds", async () => {
  const refused = probing();
  refused.events.link({ kind: "unauthorized", reason: "the broker refused the login" }, refused.clock.now());
  assert.deepEqual((await refused.answer).what, "the broker refused the login");
  const silent = probing();
  silent.clock.advance(seconds(5));
  assert.deepEqual([(await silent.answer).ok, (await silent.answer).what], [false, "no answer within 5 s"]);
  assert.equal(silent.stopped(), 1);
});
