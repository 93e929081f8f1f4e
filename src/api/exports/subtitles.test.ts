import assert from "node:assert/strict";
import { test } from "node:test";
import { siteTimeSubtitles } from "./subtitles.ts";

test("subtitles change with the second of the site's clock and end with the clip", () => {
  const from = Date.parse("2026-11-22T13:05:09.400Z");
  assert.equal(
    siteTimeSubtitles(from, from + 1700, "Europe/Berlin"),
    [
      "1\n00:00:00,000 --> 00:00:00,600\n2026-11-22 14:05:09 +01:00\n",
      "2\n00:00:00,600 --> 00:00:01,600\n2026-11-22 14:05:10 +01:00\n",
      "3\n00:00:01,600 --> 00:00:01,700\n2026-11-22 14:05:11 +01:00\n",
    ].join("\n"),
  );
});
