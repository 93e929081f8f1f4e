import assert from "node:assert/strict";
import { test } from "node:test";
import { createUnitPlaces } from "./unit-place.ts";

/** Length-prefixed: first NAL units that are no pictures, then one with this first byte. */
const unit = (head: number, pts: number, key = false) => {
  const sei = [0, 0, 0, 2, 0x4e, 1];
  return { key, pts, data: Buffer.from([...sei, 0, 0, 0, 3, head, 1, 2]) };
};
const h264 = { idr: 0x65, p: 0x61, b: 0x01 };

test("units of one place in the group of pictures are alike; those coded from both sides and unused ones are apart", () => {
  const places = createUnitPlaces("h264");
  const group = (from: number): number[] => [
    places.next(unit(h264.idr, from, true)),
    places.next(unit(h264.p, from + 3)),
    places.next(unit(h264.b, from + 1)),
    places.next(unit(h264.b, from + 2)),
    places.next(unit(h264.p, from + 6)),
  ];
  const first = group(0);
  assert.deepEqual(group(10), first);
  assert.equal(new Set(first).size, first.length);
  const used = createUnitPlaces("h264");
  used.next(unit(h264.idr, 0, true));
  used.next(unit(h264.p, 3));
  assert.notEqual(used.next(unit(h264.p, 1)), first[2], "a B-picture that others are coded from");
});

test("of H.265 the kind of the NAL unit says whether others are coded from it", () => {
  const [trailN, trailR] = [0 << 1, 1 << 1];
  const after = (head: number): number => {
    const places = createUnitPlaces("h265");
    places.next(unit(19 << 1, 0, true));
    return places.next(unit(head, 1));
  };
  assert.notEqual(after(trailN), after(trailR));
});

test("units far behind a key one are one place, and one without pictures has a place too", () => {
  const places = createUnitPlaces("h264");
  const far = Array.from({ length: 400 }, (_, n) => places.next(unit(h264.p, n, n === 0)));
  assert.equal(far[300], far[399]);
  assert.equal(new Set(far).size, 257);
  assert.equal(
    typeof createUnitPlaces("h264").next({ key: false, pts: 0, data: Buffer.from([0, 0, 0, 9, 1]) }),
    "number",
  );
});
