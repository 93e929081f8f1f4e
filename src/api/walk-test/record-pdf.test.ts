import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import type { WalkRow } from "../../domain/walk-ticks.ts";
import { picturesIn, wordsOf } from "../../testkit/pdf-words.ts";
import { pictureKey, type RecordData } from "./record-data.ts";
import { recordPdf } from "./record-pdf.ts";

/** The smallest baseline JPEG: one grey pixel. */
const jpeg = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==",
  "base64",
);

const at = Date.UTC(2026, 10, 22, 20, 15, 4, 120);
const row = (input: number, name: string, over: Partial<WalkRow> = {}): WalkRow => ({
  ...{ input, name, kind: "door", zone: "entry-exit", wiring: "NC", board: "Schaltschrank", point: input },
  trips: [at],
  footage: { kind: "proved", ms: 84 },
  relay: { kind: "proved", ms: 12 },
  message: { kind: "untested", reason: "walk test: Handy can't be proved without sending" },
  cameras: [{ id: 1, name: "Hof", tick: { kind: "proved", ms: 84 }, eventId: "e1" }],
  relays: [{ id: 1, name: "Sirene", tick: { kind: "proved", ms: 12 }, eventId: "e1" }],
  messages: [
    { id: 1, name: "Handy", tick: { kind: "untested", reason: "walk test: Handy can't be proved without sending" } },
  ],
  verdict: "partly",
  ...over,
});

const data: RecordData = {
  ...{ site: "Bäckerei Größl", timeZone: "Europe/Berlin", language: "de", version: "0.1.0" },
  walk: {
    ...{ walkId: "019a-walk", by: "user Jürgen", inputs: [1, 2], minutes: 30, pulse: true, locks: [], send: [] },
    ...{ since: wallTime(at - 60_000), until: wallTime(at + 1_740_000) },
    ended: { at: wallTime(at + 300_000), why: "stopped", by: "user Jürgen" },
  },
  rows: [
    row(1, "Haustür"),
    row(2, "Kellerfenster", {
      ...{ trips: [], verdict: "untripped", footage: { kind: "untripped" }, relay: { kind: "none" }, relays: [] },
      ...{ cameras: [{ id: 2, name: "Küche", tick: { kind: "untripped" } }], message: { kind: "none" }, messages: [] },
    }),
  ],
  clock: { trusted: true, synchronised: "yes", by: "chrony" },
  madeAt: at + 310_000,
  pictures: [{ input: 1, channel: 1, edgeAt: at, at: at + 400 }],
};

const made = async (over: Partial<RecordData> = {}) => {
  const all = { ...data, ...over };
  const json = JSON.stringify(all);
  const pdf = await recordPdf(all, new Map([[pictureKey(1, 1), jpeg]]), json);
  const kept = process.env["REED_KEEP_PDF"];
  if (kept !== undefined) writeFileSync(kept, pdf);
  return { pdf, json, words: wordsOf(pdf) };
};

test("a test record says in the site's language who tested what, how many inputs are proved, and which nobody tripped", async () => {
  const { words } = await made();
  for (const said of [
    "Prüfprotokoll: Gehtest",
    "Bäckerei Größl",
    "Jürgen",
    "0 von 2 Eingängen nachgewiesen",
    "Haustür",
  ])
    assert.ok(words.includes(said), `${said} is not in:\n${words}`);
  assert.match(words, /In diesem Test nicht ausgelöst: 2 Kellerfenster/);
  assert.match(words, /84 ms/);
  assert.match(words, /Handy ist ohne zu senden/);
  assert.match(words, /21:15:04,120/, "times are of the site's zone");
});

test("trips say their day, so that a test over midnight is told apart, and one more trip is not one more times", async () => {
  const twice = { rows: [row(1, "Haustür", { trips: [at, at + 4 * 3_600_000] })] };
  assert.match((await made(twice)).words, /Ausgelöst: 22\.11\.26, 21:15:04,120 und noch einmal/);
  assert.match((await made({ ...twice, language: "en" })).words, /Tripped: 22\/11\/2026, 21:15:04\.120 and once more/);
  const thrice = { rows: [row(1, "Haustür", { trips: [at, at + 1, at + 2] })] };
  assert.match((await made(thrice)).words, /und 2 weitere Male/);
});

test("each camera of a tripped input has its picture in the record, and one without says why", async () => {
  const { pdf, words } = await made();
  assert.equal(picturesIn(pdf), 1);
  assert.match(words, /1 Hof .*0,4 s nach der Auslösung/);
  const without = await made({
    language: "en",
    pictures: [{ input: 1, channel: 1, edgeAt: at, reason: "no footage" }],
  });
  assert.match(without.words, /Test record: walk test/);
  assert.match((await recordPdf(data, new Map(), "{}")).toString("latin1"), /^%PDF/);
});

test("the record carries the SHA-256 of the data that it was made of, and says when the clock was not to be believed", async () => {
  const { words, json } = await made({ clock: { trusted: false, synchronised: "no", by: "" } });
  assert.ok(words.includes(createHash("sha256").update(json).digest("hex")));
  assert.match(words, /NICHT glaubwürdig/);
});

test("names are in their own letters, from Polish to Arabic; what the font has not stands there by its number", async () => {
  const names = ["Łódź, żółta brama", "Příčná dveře", "Işık kapısı", "Αποθήκη", "Вхідні двері", "前門 3", "ประตู"];
  const { words, pdf } = await made({ rows: names.map((name, nth) => row(nth + 1, name)) });
  for (const name of names.slice(0, 5)) assert.ok(words.includes(name), `${name} is not in:\n${words}`);
  assert.match(words, /6 \[U\+524D U\+9580\] 3/);
  assert.match(words, /7 \[U\+0E1B U\+0E23/);
  assert.match(words, /stehen in Klammern mit ihrer Nummer/);
  assert.doesNotMatch(words, /\?|\ufffd/);
  assert.ok(pdf.length < 150_000, `${pdf.length} bytes: only the letters that are used are in it`);
  assert.doesNotMatch((await made()).words, /Klammern/, "where every letter is there nothing is said of them");
});

test("Hebrew and Arabic names run from right to left, their numbers do not", async () => {
  const { words } = await made({ rows: [row(1, "דלת ראשית 12"), row(2, "باب")] });
  const lines = words.split("\n").filter((one) => one.trim() !== "");
  const at = lines.indexOf("12");
  // drawn from left to right: the number, the second word, the first, each word by its last letter first
  const reversed = (word: string) => Array.from(word).reverse().join("");
  assert.deepEqual(lines.slice(at - 1, at + 3), ["1", "12", reversed("ראשית"), reversed("דלת")]);
  assert.ok(
    lines.some((one) => one.normalize("NFKC") === reversed("باب")),
    words,
  );
});

test("the title of the details stands on the page of the first of them, however long the overview is", async () => {
  for (const more of [0, 4, 8, 12]) {
    const never = Array.from({ length: more }, (_, at) => row(at + 3, "Fenster", { trips: [], verdict: "untripped" }));
    const { words } = await made({ rows: [...data.rows, ...never] });
    assert.match(words, /\nIm Einzelnen\n1 Haustür\n/, `${more} more`);
  }
  const { words } = await made({ rows: data.rows.slice(1) });
  assert.doesNotMatch(words, /Im Einzelnen/, "nothing was tripped");
});
