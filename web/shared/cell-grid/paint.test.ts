import assert from "node:assert/strict";
import { test } from "node:test";
import { allCells, cells, columns, noCells, rows } from "../../../src/domain/detection/motion-grid.ts";
import {
  beginStroke,
  borderOf,
  cellAt,
  cellsBetween,
  cellsOfRectangle,
  countOf,
  goOn,
  inverted,
  painted,
  pathOf,
  placeOf,
  stepCell,
  strengthsOf,
} from "./paint.ts";

test("a place on the picture is in one cell, and one beside it in the nearest", () => {
  assert.equal(cellAt(0, 0), 0);
  assert.equal(cellAt(0.999, 0.999), cells - 1);
  assert.equal(cellAt(1.4, -3), columns - 1);
  assert.deepEqual(placeOf(cellAt(0.5, 0.5)), { x: 11, y: 9 });
});

test("a pointer that moves fast leaves no cell out on its way", () => {
  for (const [from, to] of [
    [0, cells - 1],
    [columns - 1, (rows - 1) * columns],
    [5, 9],
    [9, 9 + 7 * columns],
  ] as const) {
    for (const way of [cellsBetween(from, to), cellsBetween(to, from).reverse()]) {
      assert.deepEqual([way[0], way.at(-1)], [from, to]);
      for (const [index, cell] of way.slice(1).entries()) {
        const [a, b] = [placeOf(way[index] ?? 0), placeOf(cell)];
        assert.ok(Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) === 1, `${from} ${to}`);
      }
    }
  }
});

test("pressed on an empty cell it paints over all that it passes, pressed on a painted one it erases", () => {
  const drawn = goOn(beginStroke(noCells(), 0, "cells"), 3).now;
  assert.deepEqual([countOf(drawn), drawn[0], drawn[3]], [4, 1, 1]);
  const erased = goOn(beginStroke(drawn, 3, "cells"), 1).now;
  assert.deepEqual([countOf(erased), erased[0], erased[1]], [1, 1, 0]);
  // what was erased on the way stays so, also where the pointer goes over empty cells
  assert.equal(countOf(goOn(goOn(beginStroke(drawn, 3, "cells"), 10), 0).now), 0);
});

test("a rectangle follows the pointer, and gives back what it no longer covers", () => {
  const start = painted(noCells(), [2 * columns + 2], true);
  const large = goOn(beginStroke(start, 0, "rectangle"), 5 * columns + 5);
  assert.equal(countOf(large.now), 36);
  const small = goOn(large, columns + 1);
  assert.equal(countOf(small.now), 5);
  assert.equal(small.now[2 * columns + 2], 1);
  assert.equal(cellsOfRectangle(columns + 1, 0).length, 4);
});

test("inverted, all is none", () => {
  assert.equal(countOf(inverted(allCells())), 0);
  assert.equal(countOf(inverted(painted(noCells(), [7], true))), cells - 1);
});

test("arrow keys go from cell to cell and not out of the picture", () => {
  assert.equal(stepCell(0, "ArrowRight"), 1);
  assert.equal(stepCell(0, "ArrowDown"), columns);
  assert.equal(stepCell(columns - 1, "ArrowRight"), undefined);
  assert.equal(stepCell(0, "ArrowUp"), undefined);
  assert.equal(stepCell(0, "End"), columns - 1);
  assert.equal(stepCell(3, "PageDown"), (rows - 1) * columns + 3);
  assert.equal(stepCell(3, "x"), undefined);
});

test("cells are drawn as runs of rows, and their border is a line around them", () => {
  const map = painted(noCells(), [0, 1, columns], true);
  assert.equal(pathOf(map), "M0 0h2v1h-2zM0 1h1v1h-1z");
  // five cells' sides above and below, three at the left and right of each row: a border of eight pieces
  assert.equal(borderOf(map).match(/M/g)?.length, 8);
  assert.equal(pathOf(allCells()).match(/M/g)?.length, rows);
  assert.equal(borderOf(allCells()).match(/M/g)?.length, 2 * (rows + columns));
  // a run ends at the right edge
  assert.equal(pathOf(painted(noCells(), [columns - 1, columns], true)), "M21 0h1v1h-1zM0 1h1v1h-1z");
});

test("strengths are read from two digits a cell; what is none says that nothing moves", () => {
  const hex = `ff80${"00".repeat(cells - 2)}`;
  assert.deepEqual(
    strengthsOf(hex)
      .slice(0, 3)
      .map((value) => Math.round(value * 100)),
    [100, 50, 0],
  );
  assert.ok(strengthsOf("zz").every((value) => value === 0));
});
