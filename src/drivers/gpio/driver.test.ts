import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { instant } from "../../kernel/time.ts";
import { systemClock } from "../../platform/clock.ts";
import { conformance, type TestBoard } from "../conformance.ts";
import { isOnline, levelsOf, linksOf, recorder, type Heard } from "../conformance-recorder.ts";
import { instantOf, startGpioDriver } from "./driver.ts";
import { gpioManifest } from "./manifest.ts";
import { gpioSettings, testChip, type TestChip } from "./test-bench.ts";

const clock = systemClock();
const versions = ["1", "2", "2.2"] as const;

for (const version of versions) {
  conformance({ ...gpioManifest, title: `${gpioManifest.title}, tools ${version}` }, clock, (): Promise<TestBoard> => {
    const chip = testChip(version);
    return Promise.resolve({
      inputs: [1, 2],
      outputs: [1],
      start: (deps) => startGpioDriver(gpioSettings, deps, chip.folder),
      contact: (_driver, point, level) => chip.set(point + 3, level === "closed" ? 0 : 1),
      relay: () => (chip.driven(17) === 1 ? "on" : "off"),
      dropRelays: () => undefined,
      [Symbol.asyncDispose]() {
        chip[Symbol.dispose]();
        return Promise.resolve();
      },
    });
  });
}

const lostReason = (heard: readonly Heard[]): string | undefined => {
  const link = linksOf(heard).at(-1);
  return link?.kind === "lost" ? link.reason : undefined;
};

function start(chip: TestChip, folder = chip.folder) {
  const heard = recorder();
  const logged: string[] = [];
  const log = (message: string) => void logged.push(message);
  const driver = startGpioDriver(gpioSettings, { clock, events: heard.events, log }, folder);
  return { heard, logged, driver, [Symbol.asyncDispose]: () => driver[Symbol.asyncDispose]() };
}

test("a chip that goes away is a lost board with a reason, and all is a state when it is back", async () => {
  using chip = testChip("2.2");
  await using on = start(chip);
  await on.heard.until("online", (all) => isOnline(all) && levelsOf(all).length === 2);
  chip.trouble("gone", true);
  await on.heard.until("lost", (all) => lostReason(all) !== undefined);
  assert.match(lostReason(on.heard.heard) ?? "", /^there is no gpiochip0/);
  chip.set(4, 0);
  chip.trouble("gone", false);
  await on.heard.until("back", (all) => isOnline(all) && levelsOf(all).length === 4);
  assert.deepEqual(
    levelsOf(on.heard.heard).map(({ point, level, how }) => [point, level, how]),
    [
      [1, "open", "state"],
      [2, "open", "state"],
      [1, "closed", "state"],
      [2, "open", "state"],
    ],
  );
});

test("tools that are missing, and lines that this user may not have, are said with what to do", async () => {
  using chip = testChip("1");
  await using missing = start(chip, `${chip.folder}/nowhere`);
  await missing.heard.until("lost", (all) => lostReason(all) !== undefined);
  assert.equal(lostReason(missing.heard.heard), "the program gpiomon is missing: install Debian's package gpiod");
  chip.trouble("denied", true);
  await using denied = start(chip);
  await denied.heard.until("lost", (all) => lostReason(all) !== undefined);
  assert.match(lostReason(denied.heard.heard) ?? "", /add its user to the group gpio/);
});

test("an output that somebody else holds is not called switched, is told why, and is taken once it is free", async () => {
  using chip = testChip("1");
  chip.trouble("busy17", true);
  await using on = start(chip);
  on.driver.want(1, "on");
  await on.heard.until("tried", (all) => all.some((entry) => entry.kind === "heard" && !entry.ok));
  assert.match(on.logged.join("\n"), /another program has one of the lines of gpiochip0/);
  assert.equal(
    on.heard.heard.some((entry) => entry.kind === "read-back"),
    false,
  );
  chip.trouble("busy17", false);
  await on.heard.until("held", (all) => all.some((entry) => entry.kind === "read-back" && entry.state === "on"));
  assert.equal(chip.driven(17), 1);
});

test("a wish that changes before the first was settled is followed at once, by the newest", async () => {
  using chip = testChip("2");
  await using on = start(chip);
  await on.heard.until("online", isOnline);
  on.driver.want(1, "off");
  on.driver.want(1, "on");
  on.driver.want(1, "off");
  on.driver.want(1, "on");
  await on.heard.until("held", (all) => all.some((entry) => entry.kind === "read-back"));
  const backs = on.heard.heard.flatMap((entry) => (entry.kind === "read-back" ? [entry.state] : []));
  assert.deepEqual(backs, ["on"]);
  assert.equal(chip.driven(17), 1);
});

test("an edge has the time that the kernel gave it, unless that can't be of this clock", () => {
  const now = instant(10_000);
  assert.equal(instantOf(9990.5, now), 9990.5);
  assert.equal(instantOf(10_001, now), now, "from the future");
  assert.equal(instantOf(1500, now), now, "too old: another clock");
});

test("killed, Reed takes its tools with it: no forgotten gpioset keeps a siren on", async () => {
  using chip = testChip("1");
  const tool = new URL("tool.ts", import.meta.url).href;
  const script = `import { startTool } from ${JSON.stringify(tool)};
    const held = startTool(${JSON.stringify(chip.folder)}, ["gpioset", "--mode=signal", "gpiochip0", "17=1"], () => {});
    held.ended.then(() => {});
    setInterval(() => {}, 1000);`;
  const life = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], { stdio: "ignore" });
  const heard = recorder();
  const look = setInterval(() => heard.events.heard(true), 5);
  try {
    await heard.until("held", () => chip.driven(17) === 1);
    life.kill("SIGKILL");
    await once(life, "close");
    await using on = start(chip);
    on.driver.want(1, "off");
    await on.heard.until("taken over", (all) => all.some((entry) => entry.kind === "read-back"));
    assert.equal(chip.driven(17), 0);
  } finally {
    clearInterval(look);
  }
});
