import assert from "node:assert/strict";
import { test } from "node:test";
import { drawStamp } from "./stamp.ts";

function picture(width: number, height: number) {
  const stride = width + 32;
  const planes = [new Uint8Array(stride * height).fill(90), new Uint8Array(stride * height).fill(50)];
  return {
    width,
    height,
    planes: [...planes, new Uint8Array(stride * height).fill(60)],
    strides: [stride, stride, stride],
  };
}

/** The luma as text: `#` white, `.` black, a blank where nothing was drawn. */
const shown = ({ planes, strides, width }: ReturnType<typeof picture>, rows: number): string[] =>
  Array.from({ length: rows }, (_, row) =>
    [...(planes[0] ?? []).slice(row * (strides[0] ?? 0), row * (strides[0] ?? 0) + width)]
      .map((value) => (value === 235 ? "#" : value === 16 ? "." : " "))
      .join("")
      .trimEnd(),
  );

test("letters stand white on black in the corner, without colour", () => {
  const one = picture(40, 24);
  drawStamp(one, "1:C");
  assert.deepEqual(shown(one, 10), [
    "...................",
    "...#..........###..",
    "..##.....#...#...#.",
    "...#.....#...#.....",
    "...#.........#.....",
    "...#.....#...#.....",
    "...#.....#...#...#.",
    "..###.........###..",
    "...................",
    "",
  ]);
  assert.deepEqual([one.planes[1]?.[0], one.planes[2]?.[9], one.planes[1]?.[10]], [128, 128, 50]);
});

test("the text is larger in larger pictures, and never wider than the picture", () => {
  const text = "COPY 2026-11-22 14:05:09 +01:00";
  for (const [width, height] of [
    [320, 180],
    [640, 360],
    [3840, 2160],
    [64, 64],
  ] as const) {
    const one = picture(width, height);
    drawStamp(one, text);
    const outside = (one.planes[0] ?? []).filter((_, i) => i % (width + 32) >= width);
    assert.ok(
      outside.every((value) => value === 90),
      `${width}×${height}`,
    );
  }
});
