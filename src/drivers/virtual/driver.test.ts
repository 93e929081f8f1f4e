import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { conformance } from "../conformance.ts";
import { levelsOf, recorder } from "../conformance-recorder.ts";
import type { DriverDeps } from "../driver.ts";
import { startVirtualDriver } from "./driver.ts";
import { virtualManifest } from "./manifest.ts";

const settings = { kind: "virtual", inputs: 2, outputs: 1 } as const;

conformance(virtualManifest, fakeClock(), () => {
  const relays = new Map<number, "on" | "off">();
  return Promise.resolve({
    inputs: [1, 2],
    outputs: [1],
    start: (deps: DriverDeps) =>
      startVirtualDriver(settings, {
        ...deps,
        events: {
          ...deps.events,
          commanded(point, state, at) {
            relays.set(point, state);
            deps.events.commanded(point, state, at);
          },
        },
      }),
    contact: (driver, point, level) => driver.setLevel?.(point, level),
    relay: (point: number) => relays.get(point),
    dropRelays: () => relays.clear(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
});

test("a virtual contact can be set to fault, and coming back from it is a state", async () => {
  const heard = recorder();
  await using driver = startVirtualDriver(settings, { clock: fakeClock(), events: heard.events, log: () => undefined });
  driver.setLevel?.(1, "fault");
  driver.setLevel?.(1, "closed");
  driver.setLevel?.(9, "closed");
  assert.deepEqual(
    levelsOf(heard.heard).map(({ point, level, how }) => [point, level, how]),
    [
      [1, "open", "state"],
      [2, "open", "state"],
      [1, "fault", "change"],
      [1, "closed", "state"],
    ],
  );
});
