import assert from "node:assert/strict";
import { test } from "node:test";
import { createFormat } from "../format.ts";
import { ohmsText } from "./ohms.ts";

test("a resistance is written as on a resistor", () => {
  const format = createFormat("en", "UTC");
  assert.deepEqual(
    [0, 560, 1000, 2200, 5594, 10_020, 11_200, 120_000].map((ohms) => ohmsText(ohms, format)),
    ["0 Ω", "560 Ω", "1 kΩ", "2.2 kΩ", "5.6 kΩ", "10 kΩ", "11.2 kΩ", "120 kΩ"],
  );
});
