import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { levelsOf, linksOf, recorder } from "../conformance-recorder.ts";
import { startCameraOfflineDriver } from "./driver.ts";

test("the source is online at once and says no level: what it held before a restart is not over by it", async () => {
  const heard = recorder();
  const driver = startCameraOfflineDriver({ clock: fakeClock(), events: heard.events, log: () => undefined });
  await heard.until("online", (all) => linksOf(all).length > 0);
  driver.want(1, "on");
  await driver[Symbol.asyncDispose]();
  assert.deepEqual([linksOf(heard.heard).at(-1)?.kind, levelsOf(heard.heard)], ["online", []]);
});
