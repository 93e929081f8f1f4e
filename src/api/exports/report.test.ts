import assert from "node:assert/strict";
import { test } from "node:test";
import { reportHtml, type Report } from "./report.ts";
import { siteTime } from "./site-time.ts";

const at = Date.parse("2026-11-22T01:10:04.120Z");
const report: Report = {
  language: "en",
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

test("a page asked for in German is German from the first to the last line", () => {
  const zeit = siteTime("Europe/Berlin", "de");
  const html = reportHtml(
    {
      ...{ ...report, language: "de", clockOffsetMs: 2500, title: `Front door, ${zeit.exact(at)}` },
      alarm:
        "Front door 02:10:04 × 2 · 2 of 3 cameras recorded, 12.0 s before · channel 3: short: 2.0 s missing: camera down: 192.0.2.7 stopped answering. · message 1: not delivered within 5 min",
      receipts: [
        `Front door raised(found) ${zeit.exact(at)} (at rest until ${zeit.exact(at - 5000)}) · 1 camera recorded, 12.0 s before, durable after 84 ms, input still open · 1 output switched · output 2: disarmed · 1 message for when nobody acknowledges`,
      ],
      missing: [`Camera 3 "Yard": nothing from ${zeit.exact(at)} to ${zeit.exact(at)}: the recorder was not running.`],
    },
    zeit,
  );
  assert.match(html, /<html lang="de">/);
  assert.match(html, /22\. November 2026, 02:10:04,120 \(GMT\+01:00\)/);
  assert.match(html, /2,5 s vor\./);
  assert.match(
    html,
    /2 von 3 Kameras haben aufgezeichnet, 12,0 s davor · Kanal 3: unvollständig: 2,0 s fehlen: Kamera weg: 192\.0\.2\.7 antwortet nicht mehr\. · Nachricht 1: nicht innerhalb von 5 min zugestellt/,
  );
  assert.match(
    html,
    /1 Kamera hat aufgezeichnet, 12,0 s davor, auf dem Datenträger nach 84 ms, Eingang noch offen · 1 Ausgang geschaltet · Ausgang 2: unscharf · 1 Nachricht für den Fall/,
  );
  assert.match(html, /Kamera 3 „Yard“: nichts von 22\..*: der Rekorder lief nicht\./);
  const plain = html.replaceAll(/<style>.*<\/style>/gs, "").replaceAll(/<[^>]*>/g, " ");
  assert.doesNotMatch(plain, /\b(the|of|and|is|File|Camera|Kept|Site|recorded|nothing|by)\b/);
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
