import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryBounds } from "../domain/detection/memory-bounds.ts";
import { createLog } from "../platform/log.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { openMemoryHold } from "./memory-hold.ts";

const MiB = 1024 * 1024;

test("the bound grows with the cameras, is half of a small machine, or what somebody set", () => {
  assert.deepEqual(memoryBounds(16, 64e9), { soft: 2560 * MiB, hard: 3840 * MiB, most: 4480 * MiB });
  assert.equal(memoryBounds(16, 1024 * MiB).soft, 512 * MiB);
  assert.equal(memoryBounds(16, 64e9, 300).soft, 300 * MiB);
  assert.equal(memoryBounds(0, 64e9, Number("")).soft, 512 * MiB);
});

test("above the soft bound the dearest camera is left out, one every ten seconds; above the hard one the process ends", () => {
  const clock = fakeClock();
  const happened: string[] = [];
  let used = 0;
  const decoded = [7, 4];
  const hold = openMemoryHold({
    ...{ clock, log: createLog("test", "silent") },
    channels: {
      get dearest() {
        return decoded[0];
      },
      leaveOut(channel, reason) {
        happened.push(`${channel} left out: ${reason}`);
        decoded.shift();
      },
    },
    suspects: { blame: (channel) => void happened.push(`${channel} blamed`), barred: () => "too much" },
    used: () => used,
    bounds: () => ({ soft: 100, hard: 150, most: 175 }),
    end: () => void happened.push("ends"),
  });
  const passes = (seconds: number): string[] => {
    for (let n = 0; n < seconds; n++) {
      clock.advance(1000);
      hold();
    }
    return happened.splice(0);
  };
  used = 100;
  assert.deepEqual(passes(3), []);
  used = 101;
  assert.deepEqual(passes(10), ["7 blamed", "7 left out: too much"]);
  assert.deepEqual(passes(1), ["4 blamed", "4 left out: too much"]);
  assert.deepEqual(passes(30), [], "nothing is decoded any more");
  decoded.push(9);
  used = 151;
  assert.deepEqual(passes(1), ["9 blamed", "9 left out: too much", "ends"]);
});
