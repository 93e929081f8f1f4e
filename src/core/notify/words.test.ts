import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { channel, site } from "../../domain/testdata/site.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { messageFor, siteTime, troubleMessage } from "./message.ts";
import { walkMessage } from "./walk-proof.ts";
import { wordsOf } from "./words.ts";

const english = site({ channels: [channel(1, { name: "Yard" })] });
const usual = { name: "Laden", timeZone: "Europe/Berlin" };
const german = { ...english, site: { ...usual, language: "de" as const } };
const now = wallTime(1_790_000_000_000);

function receipt(part: Partial<Receipt["edge"]>, channels: readonly number[] = [1]): Receipt {
  const moment = { bootId: "b", instant: 1 as never, wall: now };
  return {
    edge: { eventId: "e1", input: 1, inputName: "Hintertür", kind: "raised", at: moment, decidedAt: moment, ...part },
    ...{ alarmId: "a1", armed: true },
    actions: channels.map((one) => ({
      id: `r${one}`,
      target: { kind: "record", channel: one, preS: 10 },
      because: { rule: "input:1", eventId: "e1" },
    })),
  };
}

const titleOf = (part: Partial<Receipt["edge"]>) => messageFor(receipt(part), german, []).title;

test("a message is in the language of the site: what happened, when, and what is recorded", () => {
  const { title, text } = messageFor(receipt({}), german, []);
  assert.equal(title, "Laden: Hintertür ausgelöst");
  assert.equal(text, "21.09.2026, 16:13:20 MESZ · Aufzeichnung: Yard");
  assert.match(messageFor(receipt({}, []), german, []).text, /· keine Kamera verknüpft$/);
  const seen = { inputName: 'Hof: Weg: a person entered "Weg"' };
  assert.equal(titleOf(seen), "Laden: Hof: Weg: eine Person betrat „Weg“ ausgelöst");
  assert.match(messageFor(receipt({}, [7]), german, []).text, /: Kanal 7$/);
  assert.equal(
    messageFor(receipt({}), { ...german, site: { ...usual, language: "en" } }, []).title,
    "Laden: Hintertür raised",
  );
});

test("of an alarm that became graver it says so: as loud as it is now, and who saw it when", () => {
  const seen = { input: 2, eventId: "e", at: receipt({}).edge.at.wall };
  const became = {
    ...receipt({}),
    graver: { ...seen, severity: "critical", name: "Hof: a person", afterMs: 3100 },
  } as const;
  const message = messageFor(became, german, []);
  assert.deepEqual([message.title, message.urgency], ["Laden: KRITISCH: Hintertür ausgelöst", "highest"]);
  assert.match(message.text, / · Hof: a person 3 s danach$/);
});

test("every kind of edge has its German words, the loop's and the critical ones too", () => {
  assert.equal(titleOf({ kind: "cleared" }), "Laden: Hintertür wieder in Ruhe");
  assert.equal(titleOf({ kind: "raised(found)" }), "Laden: Hintertür ausgelöst vorgefunden");
  assert.equal(titleOf({ kind: "tamper" }), "Laden: Hintertür ausgefallen, während scharf (Sabotage)");
  assert.equal(titleOf({ kind: "tamper", loop: "cut" }), "Laden: Hintertür Schleife durchtrennt (Sabotage)");
  assert.equal(titleOf({ severity: "critical" }), "Laden: KRITISCH: Hintertür ausgelöst");
  const walk = walkMessage(receipt({}), german);
  assert.equal(walk.title, "Laden: TEST: Hintertür");
  assert.match(walk.text, /· Gehtest\. Es ist nichts passiert, niemand muss kommen\.$/);
});

test("troubles are said in German, one in the title, several a line each; what nobody translated stays", () => {
  const lost = { key: "board:1", what: "board lost: Schrank: no connection to 192.0.2.9:502: no answer within 3 s" };
  const one = troubleMessage(german, [lost], now);
  assert.equal(
    one.title,
    "Laden: Modul weg: Schrank: keine Verbindung zu 192.0.2.9:502: keine Antwort innerhalb von 3 s",
  );
  const open = { key: "open:4", what: "Hintertür is open while armed" };
  const both = troubleMessage(german, [lost, open, { key: "x", what: "words of an old journal" }], now);
  assert.equal(both.title, "Laden: 3 Störungen");
  const [when, , , old, last] = both.text.split("\n");
  assert.equal(when, siteTime(now, german));
  assert.equal(old, "words of an old journal");
  assert.equal(last, "Bitte schließen oder auf der Seite „Scharfschalten“ überbrücken.");
});

test("what a UPS says is German too; a site that chose no language is told in English", () => {
  const words = wordsOf(german);
  assert.equal(words.said("the mains is back"), "das Netz ist wieder da");
  assert.equal(
    words.said("the battery is nearly empty; Reed and this machine stop now"),
    "die Batterie ist fast leer; Reed und dieses Gerät halten jetzt an",
  );
  assert.deepEqual(
    [words.unacknowledged(1), words.unacknowledged(2)],
    ["1 unquittierter Alarm", "2 unquittierte Alarme"],
  );
  assert.equal(wordsOf({ site: usual }).unacknowledged(1), "1 unacknowledged alarm");
});
