import assert from "node:assert/strict";
import { test } from "node:test";
import { findingKinds } from "../../../../src/domain/coverage.ts";
import { findingPage } from "./finding-page.ts";

test("every finding leads to a page of what it is about", () => {
  const about = { input: 1, channel: 2, output: 3, notifier: 4, board: 5, schedule: 6 };
  for (const kind of findingKinds) {
    const page = findingPage({ kind, severity: "red", sentence: "", words: {}, ...about });
    assert.match(page, /^\/[a-z-]+(\/([1-6]|notifications))?$/, kind);
  }
});
