import assert from "node:assert/strict";
import { test } from "node:test";
import { createReviewBook } from "./review-book.ts";

test("until core has said which events nobody has looked at, all count as such", () => {
  const book = createReviewBook();
  book.unreviewed(["a"], false);
  assert.deepEqual([book.isUnreviewed("a"), book.isUnreviewed("b")], [true, true]);
  book.unreviewed(["a"], true);
  assert.deepEqual([book.isUnreviewed("a"), book.isUnreviewed("b")], [true, false]);
});

test("new events come in, acknowledged ones go out, and a whole list takes the place of what was known", () => {
  const book = createReviewBook();
  book.unreviewed(["a", "b"], true);
  const before = book.version;
  book.unreviewed(["c"], false);
  book.reviewed(["a"]);
  assert.deepEqual(
    ["a", "b", "c"].map((event) => book.isUnreviewed(event)),
    [false, true, true],
  );
  assert.ok(book.version > before);
  book.unreviewed(["d"], true);
  assert.deepEqual(
    ["b", "d"].map((event) => book.isUnreviewed(event)),
    [false, true],
  );
});
