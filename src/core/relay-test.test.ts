import assert from "node:assert/strict";
import { test } from "node:test";
import type { SiteConfig } from "../domain/site-config.ts";
import type { LiveState } from "../messages/api.ts";
import { whyNoRelayTest } from "./relay-test.ts";
import { site } from "./test-rooms.test.ts";

const free: SiteConfig = { ...site, outputs: site.outputs.filter(({ point }) => point !== 2) };
const board: LiveState["boards"][number] = {
  ...{ board: 1, state: "online", since: 0, reason: "", measuredPollMs: 0, points: [], warnings: [] },
  health: { exchanges: 0, errorRate: 0, pollMedianMs: 0, pollP99Ms: 0 },
};
const why = (point: number, confirmed: boolean, state: typeof board.state = "online", number = 1) =>
  whyNoRelayTest(free, { boards: [{ ...board, state }] }, { kind: "relay-test", board: number, point, confirmed });

test("a relay without a name is tested once somebody has said that what hangs on it may move", () => {
  assert.match(why(2, false)?.message ?? "", /nobody said yet what hangs on relay 2; confirm/);
  assert.equal(why(2, true), undefined);
});

test("a relay that is an output is tested as such; one that is not there, or not reached, is not tested", () => {
  assert.match(why(1, true)?.message ?? "", /is output 1 "Siren"/);
  assert.equal(why(9, true)?.code, "not-found");
  assert.equal(why(2, true, "online", 7)?.code, "not-found");
  assert.match(why(2, true, "lost")?.message ?? "", /is not reached/);
});
