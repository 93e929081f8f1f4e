import assert from "node:assert/strict";
import { test } from "node:test";
import type { SiteConfig } from "../domain/site-config.ts";
import type { LiveState } from "../messages/api.ts";
import { whyNoTest } from "./output-test.ts";
import { site } from "./test-rooms.test.ts";

type Live = Pick<LiveState, "outputs" | "boards">;
const health = { exchanges: 0, errorRate: 0, pollMedianMs: 0, pollP99Ms: 0 };
const status = { board: 1, since: 1, reason: "", measuredPollMs: 0, health, points: [], warnings: [] };
const online: Live["boards"][number] = { ...status, state: "online" };
const siren = { output: 1, mode: "auto", wanted: "off", commanded: "off", readBack: "off", holds: [] } as const;

const why = (live: Partial<Live>, output = 1, confirmed = false, config: SiteConfig = site) =>
  whyNoTest(
    config,
    { boards: [online], outputs: [siren], ...live },
    { kind: "output-test", output, seconds: 1, confirmed },
  )?.message;

test("an output at rest whose board is reached can be tested, also while somebody else tests it", () => {
  assert.equal(why({}), undefined);
  assert.equal(why({ outputs: [{ ...siren, holds: [{ by: "test:1", input: 0, until: 9 }] }] }), undefined);
});

test("a test is refused while an alarm holds the output, and the sentence names whose", () => {
  const held = { ...siren, holds: [{ by: "a1", input: 1, until: 9 }] };
  assert.equal(why({ outputs: [held] }), '"Siren" is held on by the alarm of "Front door"; silence it first');
});

test("a lock or gate moves only when somebody confirmed it", () => {
  assert.match(why({}, 2) ?? "", /would move "Gate" \(gate\) for 1 s; confirm/);
  assert.equal(why({}, 2, true), undefined);
});

test("a test that could not be seen is refused: board away, mode on, mode off", () => {
  assert.match(why({ boards: [{ ...online, state: "lost" }] }) ?? "", /its board "Board" is not reached/);
  assert.match(why({ boards: [] }) ?? "", /not reached/);
  assert.match(why({ outputs: [{ ...siren, mode: "off" }] }) ?? "", /set to off/);
  assert.match(why({ outputs: [{ ...siren, mode: "on" }] }) ?? "", /set to on/);
  assert.match(why({}, 9) ?? "", /no output 9/);
});
