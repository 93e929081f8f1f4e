import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Pixels } from "../../domain/detection/object-model.ts";
import type { RgbPicture } from "../ports.ts";
import { fitOf, inputOf, seenIn } from "./fit-picture.ts";
import type { ModelSpec } from "./model.ts";

const spec = (pixels: Partial<Pixels>, width = 4, height = 4): ModelSpec => ({
  kind: "nanodet",
  input: { name: "input", width, height },
  pixels: { order: "rgb", mean: [0, 0, 0], deviation: [1, 1, 1], fit: "middle", fill: 7, ...pixels },
  labels: ["person"],
});

/** Each pixel its own: red counts up, green is 100, blue 200. */
function picture(width: number, height: number): RgbPicture {
  const bytes = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) bytes.set([at % 256, 100, 200], at * 3);
  return { width, height, bytes };
}

const plane = (data: Float32Array, number: number, side = 4) => [
  ...data.subarray(number * side * side, (number + 1) * side * side),
];

test("a picture of the model's size goes in as it is, plane by plane, in the model's order", () => {
  const whole = { x: 0, y: 0, width: 4, height: 4 };
  const rgb = inputOf(picture(4, 4), whole, spec({}));
  assert.deepEqual(
    plane(rgb, 0),
    Array.from({ length: 16 }, (_, at) => at),
  );
  assert.deepEqual([...new Set(plane(rgb, 1)), ...new Set(plane(rgb, 2))], [100, 200]);
  const bgr = inputOf(picture(4, 4), whole, spec({ order: "bgr", mean: [200, 0, 0], deviation: [1, 50, 2] }));
  assert.deepEqual([...new Set(plane(bgr, 0)), ...new Set(plane(bgr, 1))], [0, 2]);
  assert.equal(plane(bgr, 2)[4], 2);
});

test("a wide picture keeps its shape: filled above and below, or below alone, or stretched", () => {
  const wide = picture(4, 2);
  const whole = { x: 0, y: 0, width: 4, height: 2 };
  const rows = (fit: Pixels["fit"]) => {
    const green = plane(inputOf(wide, whole, spec({ fit })), 1);
    return [0, 1, 2, 3].map((row) => green[row * 4]);
  };
  assert.deepEqual(rows("middle"), [7, 100, 100, 7]);
  assert.deepEqual(rows("corner"), [100, 100, 7, 7]);
  assert.deepEqual(rows("stretch"), [100, 100, 100, 100]);
});

test("a crop takes its own pixels and no others", () => {
  const red = plane(inputOf(picture(8, 8), { x: 4, y: 2, width: 4, height: 4 }, spec({})), 0);
  assert.deepEqual(red.slice(0, 5), [20, 21, 22, 23, 28]);
});

test("between pixels it is in between", () => {
  const red = plane(inputOf(picture(2, 1), { x: 0, y: 0, width: 2, height: 1 }, spec({ fit: "stretch" })), 0);
  assert.deepEqual(red.slice(0, 4), [0, 0.25, 0.75, 1]);
});

test("a box that is laid into the model's input and read back is where it was", () => {
  const sizes = fc.record({
    width: fc.integer({ min: 100, max: 2000 }),
    height: fc.integer({ min: 100, max: 2000 }),
    fit: fc.constantFrom("middle", "corner", "stretch"),
    part: fc.tuple(...[0, 1, 2, 3].map(() => fc.double({ min: 0.1, max: 0.9, noNaN: true }))),
  });
  fc.assert(
    fc.property(sizes, ({ width, height, fit, part: [a, b, c, d] }) => {
      const made = spec({ fit }, 416, 320);
      const crop = { x: 10, y: 20, width: width - 10, height: height - 20 };
      const fitted = fitOf(crop, made);
      const box = {
        x: crop.x + (a ?? 0) * 20,
        y: crop.y + (b ?? 0) * 20,
        width: 10 + (c ?? 0) * 50,
        height: 5 + (d ?? 0) * 50,
      };
      const found = {
        label: 0,
        confidence: 0.5,
        left: (box.x - crop.x) * fitted.scaleX + fitted.left,
        top: (box.y - crop.y) * fitted.scaleY + fitted.top,
        right: (box.x + box.width - crop.x) * fitted.scaleX + fitted.left,
        bottom: (box.y + box.height - crop.y) * fitted.scaleY + fitted.top,
      };
      const [back] = seenIn([found], crop, { width, height }, made);
      const isNear = (one: number | undefined, other: number) => Math.abs((one ?? NaN) - other) < 1e-6;
      assert.ok(isNear(back?.box.x, box.x / width) && isNear(back?.box.y, box.y / height));
      assert.ok(isNear(back?.box.width, box.width / width) && isNear(back?.box.height, box.height / height));
    }),
  );
});

test("boxes without a size, outside of the crop or of a class without a name are none", () => {
  const made = spec({}, 100, 100);
  const crop = { x: 0, y: 0, width: 100, height: 100 };
  const box = (left: number, right: number, label = 0) => ({ label, confidence: 1, left, top: 10, right, bottom: 20 });
  const seen = seenIn([box(20, 20), box(30, 10), box(-50, -20), box(NaN, 5), box(1, 5, 3)], crop, crop, made);
  assert.deepEqual(seen, []);
});
