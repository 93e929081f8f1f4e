import assert from "node:assert/strict";
import { test } from "node:test";
import { beside, byHour } from "./hours.ts";

const noon = Date.UTC(2026, 10, 23, 12);
const of = (...minutes: number[]) => minutes.map((minute) => ({ at: noon + minute * 60_000, bytes: 1 }));

test("pictures of a day are put together by the hour, in order", () => {
  const hours = byHour(of(61, 5, 0, 119, 180));
  assert.deepEqual(
    hours.map(({ from, pictures }) => [(from - noon) / 60_000, pictures.map(({ at }) => (at - noon) / 60_000)]),
    [
      [0, [0, 5]],
      [60, [61, 119]],
      [180, [180]],
    ],
  );
  assert.deepEqual(byHour([]), []);
});

test("a picture has neighbours, the first and the last one have one", () => {
  const all = of(0, 1, 2);
  const at = (minute: number) => noon + minute * 60_000;
  assert.deepEqual(beside(all, at(1)), { before: at(0), after: at(2) });
  assert.deepEqual(beside(all, at(0)), { before: undefined, after: at(1) });
  assert.deepEqual(beside(all, at(9)), { before: undefined, after: undefined });
});
