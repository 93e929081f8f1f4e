import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../../kernel/time.ts";
import { createRateMeter } from "./rate-meter.ts";

test("rates are those of the last five seconds: all bytes, but pictures only count as pictures", () => {
  const meter = createRateMeter(instant(0));
  assert.deepEqual(meter.rates, { bitsPerSecond: 0 });
  for (let n = 0; n < 50; n++) meter.unit({ track: "video", data: new Uint8Array(1000) });
  for (let n = 0; n < 25; n++) meter.unit({ track: "audio", data: new Uint8Array(100) });
  assert.equal(meter.tick(instant(4999)), false);
  assert.equal(meter.tick(instant(5000)), true);
  assert.deepEqual(meter.rates, { bitsPerSecond: 84_000, picturesPerSecond: 10 });
  assert.equal(meter.tick(instant(10_000)), true);
  assert.deepEqual(meter.rates, { bitsPerSecond: 0, picturesPerSecond: 0 });
});
