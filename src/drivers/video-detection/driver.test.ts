import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { instant } from "../../kernel/time.ts";
import type { Level } from "../../domain/level.ts";
import type { VideoDetectionSettings } from "../../domain/site-config.ts";
import { usualRegion } from "../../domain/detection/settings.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { conformance } from "../conformance.ts";
import { levelsOf, linksOf, recorder } from "../conformance-recorder.ts";
import type { DriverDeps } from "../driver.ts";
import { startVideoDetectionDriver } from "./driver.ts";
import { videoDetectionManifest } from "./manifest.ts";

const settings: VideoDetectionSettings = {
  kind: "video-detection",
  channel: 3,
  motion: { regions: [usualRegion("All"), usualRegion("Gate")], holdS: 5 },
  videoLoss: true,
};
const loss = 7;
const clock = fakeClock();
const seen = (point: number, level: Level, at = 1000) => ({ point, level, at: instant(at) });
const why = "no picture for 10 s";

conformance(videoDetectionManifest, clock, () =>
  Promise.resolve({
    inputs: [1, 2],
    outputs: [],
    start(deps: DriverDeps) {
      const driver = startVideoDetectionDriver(settings, deps);
      driver.detected?.({ kind: "levels", levels: [seen(1, "open"), seen(2, "open")] });
      return driver;
    },
    contact: (driver, point, level) => driver.detected?.({ kind: "levels", levels: [seen(point, level, clock.now())] }),
    relay: () => undefined,
    dropRelays: () => undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }),
);

function watched(t: TestContext, of = settings) {
  const heard = recorder();
  const driver = startVideoDetectionDriver(of, { clock: fakeClock(), events: heard.events, log: () => undefined });
  t.after(() => driver[Symbol.asyncDispose]());
  return {
    tell: (...levels: ReturnType<typeof seen>[]) => driver.detected?.({ kind: "levels", levels }),
    away: (reason: string) => driver.detected?.({ kind: "blind", reason }),
    links: () => linksOf(heard.heard).map((link) => ("reason" in link ? `${link.kind}: ${link.reason}` : link.kind)),
    levels: () => levelsOf(heard.heard).map(({ point, level, how }) => `${point} ${level} ${how}`),
    heard,
  };
}

test("a change counts from the arrival of its picture, with what was seen", (t) => {
  const on = watched(t);
  on.tell(seen(1, "open"), seen(2, "open"), seen(loss, "open"));
  on.tell({ ...seen(1, "closed", 1234), ...{ title: "a person" } });
  const [last] = levelsOf(on.heard.heard).slice(-1);
  assert.deepEqual(last, { point: 1, level: "closed", at: 1234, how: "change", title: "a person" });
});

test("a point that is not looked at is unknown; coming back into sight is a state, never a change", (t) => {
  const on = watched(t);
  on.tell(seen(1, "open"), seen(2, "open"), seen(loss, "open"));
  on.tell(
    { ...seen(1, "unknown"), ...{ reason: why } },
    { ...seen(2, "unknown"), ...{ reason: why } },
    seen(loss, "closed"),
  );
  on.tell(seen(1, "closed"), seen(loss, "open"));
  assert.deepEqual(on.levels().slice(3), [
    "1 unknown change",
    "2 unknown change",
    `${loss} closed change`,
    "1 closed state",
    `${loss} open change`,
  ]);
  assert.deepEqual(on.links(), ["connecting", "online"], "loss of the picture is something that is known");
});

test("when nothing of a camera is known the board is lost with the reason, and no point is at rest meanwhile", (t) => {
  const on = watched(t);
  on.tell(seen(1, "open"), seen(2, "open"), seen(loss, "open"));
  on.away("the detection process is away");
  assert.deepEqual(on.levels().slice(3), ["1 unknown state", "2 unknown state", `${loss} unknown state`]);
  on.tell(...[1, 2, loss].map((point) => ({ ...seen(point, "unknown" as const), reason: "no picture yet" })));
  on.tell(seen(1, "closed"));
  assert.deepEqual(on.links(), [
    "connecting",
    "online",
    "lost: the detection process is away",
    "lost: no picture yet",
    "online",
  ]);
  assert.equal(on.levels().at(-1), "1 closed state");
});

test("what was opened and closed in one report is two changes in their order; points that the board has not are dropped", (t) => {
  const on = watched(t);
  on.tell(seen(1, "open"), seen(2, "open"));
  on.tell(seen(2, "closed"), seen(99, "closed"), seen(2, "open"));
  assert.deepEqual(on.levels(), ["1 open state", "2 open state", "2 closed change", "2 open change"]);
});

test("a board on which nothing is switched on is there, and is never lost", (t) => {
  const on = watched(t, { kind: "video-detection", channel: 3 });
  on.away("the detection process is away");
  assert.deepEqual(on.links(), ["connecting", "online"]);
});
