import assert from "node:assert/strict";
import { test } from "node:test";
import { alarmSentence, summarize } from "../../domain/alarm-summary.ts";
import type { Outcome, Receipt, ReceiptAction } from "../../domain/receipt.ts";
import { sentence } from "../../domain/receipt-sentence.ts";
import { loopWords } from "../../domain/supervised-loop.ts";
import { receiptRow } from "../../testkit/store-rows.ts";
import { inGerman, sentencesInGerman } from "./index.ts";
import { lineInGerman } from "./lines.ts";
import { createReader } from "./read.ts";

const at = () => "02:10:04";
const targets = [
  { kind: "record", channel: 1, preS: 10 },
  { kind: "output", output: 1 },
  { kind: "notify", notifier: 1 },
  { kind: "snapshot", channel: 1, count: 1, intervalS: 1 },
  { kind: "ptz", channel: 2, preset: 7 },
] as const;
const outcomes: readonly (Outcome | undefined)[] = [
  { kind: "failed", reason: "channel 1 is switched off" },
  { kind: "failed", reason: "the camera has no preset 7" },
  { kind: "short", reason: "the camera has no preset 7" },
  { kind: "suppressed", gate: "disarmed" },
  { kind: "done" },
  undefined,
];
/** Words that are in our English lines and in no German one. */
const englishWords =
  /\b(channel|output|message|preset \d+ of|of|footage|camera|cameras|the|is|no|switched|raised|cleared|recorded|open|loop|cut|shorted|sent|saved|recording|pictures|linked|before|found|rest|hand)\b/;

test("that something else saw it, too, is said in both languages", () => {
  const seen = { input: 2, name: "Hof", eventId: "b", at: receiptRow("b", 0).edge.at.wall };
  const line = (severity: "warning" | "critical", afterMs: number) =>
    sentence({ ...receiptRow("a", 0), graver: { ...seen, severity, afterMs } }, at);
  assert.match(line("critical", 3000), / · raised to critical: Hof 3\.0 s after/);
  assert.match(lineInGerman(line("critical", 3000)), / · kritisch geworden: Hof 3,0 s danach/);
  assert.match(lineInGerman(line("warning", -200)), / · zur Warnung geworden: Hof 0,2 s davor · /);
});

test("every line of a receipt and of an alarm is German throughout, whatever it acted on and however that ended", () => {
  const heads: readonly Partial<Receipt["edge"]>[] = [
    ...(["raised", "cleared", "raised(found)", "tamper", "manual"] as const).map((kind) => ({ kind })),
    ...(["cut", "short"] as const).map((loop) => ({ kind: "tamper" as const, loop })),
  ];
  for (const head of heads) {
    for (const target of targets) {
      for (const outcome of outcomes) {
        const ended = outcome === undefined ? {} : { outcome };
        const action = { id: "x", target, because: { rule: "r", eventId: "e" }, ...ended } as ReceiptAction;
        const row = receiptRow("e", 1000, { actions: [action] });
        const receipt = { ...row, edge: { ...row.edge, inputName: "Tor", ...head } };
        const line = sentence(receipt, at);
        assert.doesNotMatch(lineInGerman(line), englishWords, line);
        const name = head.loop !== undefined ? `Tor: ${loopWords[head.loop]}` : "Tor";
        const alarm = alarmSentence({ name, at: receipt.edge.at.wall, count: 2 }, summarize([receipt]), at);
        assert.doesNotMatch(lineInGerman(alarm), englishWords, alarm);
      }
    }
  }
});

test("what stands against arming is said in German, for one input and for several", () => {
  const arm = "; close or bypass it, or arm all the same";
  const german = "; schließen oder überbrücken, oder trotzdem scharf schalten";
  assert.equal(inGerman(`"Tor" is open${arm}`), `„Tor“ ist offen${german}`);
  assert.equal(inGerman(`"Tor" is at fault and "Tür" is open${arm}`), `„Tor“ ist gestört und „Tür“ ist offen${german}`);
  assert.equal(
    inGerman("An input that this login may not see is open; have it closed, or arm all the same."),
    "Ein Eingang, den diese Anmeldung nicht sehen darf, ist offen; schließen lassen oder trotzdem scharf schalten.",
  );
  assert.equal(inGerman("This login may not see input 2."), "Diese Anmeldung darf Eingang 2 nicht sehen.");
  assert.equal(
    inGerman("This login may not see live pictures of channel 2."),
    "Diese Anmeldung darf keine Live-Bilder von Kanal 2 sehen.",
  );
});

test("a reason inside a receipt's line is taken whole by the form that says most of it", () => {
  assert.equal(
    lineInGerman("channel 1: no footage: channel 1 is switched off"),
    "Kanal 1: keine Aufnahme: Kanal 1 ist abgeschaltet",
  );
  const mixed = Object.entries(sentencesInGerman).flatMap(([english, german]) => {
    if (english.includes("{why}")) return [];
    const fill = (text: string) => text.replaceAll(/\{\w+\}/g, "7").replace(/\.$/, "");
    const line = `channel 1: no footage: ${fill(english)}`;
    const said = lineInGerman(line);
    return said.startsWith("Kanal 1: keine Aufnahme: ") && !said.includes("no footage") && german !== "" ? [] : [said];
  });
  assert.deepEqual(mixed, []);
});

test("words that a device nests without end are read in a moment, no deeper than our own sentences go", () => {
  const read = createReader({ "a {why}": "x {why}", end: "Ende" }, {});
  assert.equal(read("a a a a end"), "x x x x Ende");
  assert.equal(read(`${"a ".repeat(9)}end`), "x x x x x a a a a end");
  const long = `${"output 1: ".repeat(400)}x`;
  assert.match(lineInGerman(long), /^Ausgang 1: /);
});

test("what an input saw is said in German in a receipt's line, too", () => {
  assert.equal(
    lineInGerman("Yard: a person moves raised 02:10:04 · 1 camera recorded"),
    "Yard: eine Person bewegt sich ausgelöst 02:10:04 · 1 Kamera hat aufgezeichnet",
  );
});
