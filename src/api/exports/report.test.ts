import assert from "node:assert/strict";
import { test } from "node:test";
import { reportHtml, type Report } from "./report.ts";
import { siteTime } from "./site-time.ts";

const at = Date.parse("2026-11-22T01:10:04.120Z");
const report: Report = {
  ...{ title: "Front door", site: "Shop", alarm: "Front door 02:10", receipts: ["Front door raised"], missing: [] },
  ...{ from: at, to: at + 30_000, reason: "burglary", recipient: "police", by: "anna", at: at + 60_000 },
  ...{ locked: true, version: "1.2.3", clockOffsetMs: 400 },
  files: [
    {
      ...{ name: "camera-01.mp4", channel: 1, camera: "1 Yard", from: at, to: at + 30_000 },
      ...{ bytes: 1_234_567, sha256: "ab".repeat(32), codec: "avc1.42c01e 640×360" },
    },
  ],
};
const berlin = siteTime("Europe/Berlin");

test("the page says what, when with the zone's offset, the hashes and what it does not prove", () => {
  const html = reportHtml(report, berlin);
  assert.match(html, /22 November 2026, 02:10:04\.120 \(GMT\+01:00\)/);
  assert.match(html, /Europe\/Berlin/);
  assert.match(html, new RegExp("ab".repeat(32)));
  assert.match(html, /does not show who wrote the page/);
  assert.match(html, /not a certified intruder, hold-up or fire alarm/);
  assert.match(html, /the same to within a second as the clock of the device/);
});

test("how far the clocks are apart is said with its direction, and that nothing was compared when nothing was", () => {
  assert.match(reportHtml({ ...report, clockOffsetMs: -90_000 }, berlin), /90 s behind the clock/);
  assert.match(reportHtml({ ...report, clockOffsetMs: 2500 }, berlin), /2\.5 s ahead of the clock/);
  assert.match(reportHtml({ ...report, clockOffsetMs: undefined }, berlin), /compared with no other/);
});

test("a name that tries to be markup stays a name", () => {
  const html = reportHtml({ ...report, site: `<script>alert("x")</script>`, reason: "a'b & c" }, berlin);
  assert.ok(!html.includes("<script"));
  assert.match(html, /&lt;script&gt;alert\(&quot;x&quot;\)/);
  assert.match(html, /a&#39;b &amp; c/);
});

test("each hour of the night when summer time ends has its own offset", () => {
  assert.match(berlin.exact(Date.parse("2026-10-25T00:30:00Z")), /02:30:00\.000 \(GMT\+02:00\)/);
  assert.match(berlin.exact(Date.parse("2026-10-25T01:30:00Z")), /02:30:00\.000 \(GMT\+01:00\)/);
  assert.equal(berlin.stamp(at), "20261122-021004");
});
