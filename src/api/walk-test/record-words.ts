/** The words of a test record in the site's language. Reasons come in English from core. */
import { inGerman } from "../../contract/sentences/index.ts";
import { notice } from "../../contract/state.ts";
import type { ZoneType } from "../../domain/arming.ts";
import type { WalkEnd } from "../../domain/walk-test.ts";
import type { Tick, WalkRow } from "../../domain/walk-ticks.ts";
import type { Language } from "../../domain/site-config.ts";

const en = {
  locale: "en-GB",
  title: "Test record: walk test",
  site: "Site",
  began: "Begun",
  ended: "Ended",
  by: "Carried out by",
  clock: "Clock of the recorder",
  clockTrusted: "believed",
  clockDoubted: "NOT to be believed while the record was made: the times below may be wrong",
  synchronised: { yes: "synchronised", no: "not synchronised", unknown: "not known whether synchronised" },
  software: "Software",
  settings: "How it was tested",
  pulse: "outputs switched on for a second",
  quiet: "sirens and other outputs not switched",
  locks: "locks and gates moved that were ticked",
  noLocks: "locks and gates not moved",
  why: { time: "its time was over", stopped: "by hand", armed: "the site was armed", restart: "after a restart" },
  proved: (n: number, of: number) => `${n} of ${of} inputs proved`,
  provedHint:
    "Proved means: the contact was tripped, each linked camera put a picture taken after it on the disk, each linked relay was read back, and each linked receiver accepted a message without anybody being called.",
  untripped: "Not tripped in this test:",
  overview: "Inputs",
  input: "Input",
  zone: "Zone",
  wiring: "Wiring",
  trips: "Trips",
  footage: "Footage",
  relay: "Relay",
  message: "Message",
  details: "In detail",
  trippedAt: "Tripped",
  more: (n: number) => (n === 1 ? "and once more" : `and ${n} more times`),
  never: "never",
  noneLinked: "none linked",
  noTrip: "not tripped",
  waiting: "no word",
  notTested: "not tested",
  failed: "FAILED",
  picture: (at: string, offset: string) => `${at} (${offset})`,
  beforeEdge: (s: string) => `${s} s before the edge`,
  afterEdge: (s: string) => `${s} s after the edge`,
  noPicture: "no picture",
  limits: "What this record says, and what it does not",
  limitLines: [
    "Times in milliseconds count from the first change of the contact. Footage: until a picture that the camera sent after it was synced to the disk. Relay: until the board read it back. Message: until the receiver, or its server, accepted it.",
    "A mail server was asked to log in, a messenger whether it knows key and receiver; programs got a message that is marked as a test. That a person hears a message is not proved by it.",
    "The pictures are the key frames of the recorded footage nearest to the contact's change, decoded for this page.",
    "Written by the recorder itself; nobody else has witnessed it. Not a certificate of conformity with any standard.",
  ],
  letters:
    "Letters that the font of this page does not have stand in brackets by their number in Unicode, as in [U+9580]; record.json has them as they are.",
  notice,
  check: "Record",
  checkHint: "SHA-256 of the data that this page was made of, kept by the recorder beside it as record.json",
  signInstaller: "Tested by (name, date, signature)",
  signCustomer: "Seen by (name, date, signature)",
  page: (n: number, of: number) => `Page ${n} of ${of}`,
  zones: {
    instant: "instant",
    "entry-exit": "entry/exit",
    follower: "follower",
    "24h-audible": "24 h audible",
    "24h-silent": "24 h silent",
    "key-switch": "key switch",
    "record-only": "record only",
  } satisfies Record<ZoneType, string>,
  verdicts: {
    untripped: "not tripped",
    waiting: "incomplete",
    proved: "proved",
    partly: "partly",
    failed: "failed",
  } satisfies Record<WalkRow["verdict"], string>,
  point: "point",
};

export type RecordWords = Omit<typeof en, "why" | "synchronised"> & {
  readonly why: Record<WalkEnd, string>;
  readonly synchronised: Record<string, string>;
};

const de: RecordWords = {
  locale: "de-DE",
  title: "Prüfprotokoll: Gehtest",
  site: "Objekt",
  began: "Beginn",
  ended: "Ende",
  by: "Durchgeführt von",
  clock: "Uhr des Rekorders",
  clockTrusted: "glaubwürdig",
  clockDoubted: "NICHT glaubwürdig, als das Protokoll entstand: Die Zeiten unten können falsch sein",
  synchronised: { yes: "synchronisiert", no: "nicht synchronisiert", unknown: "unbekannt, ob synchronisiert" },
  software: "Software",
  settings: "Wie geprüft wurde",
  pulse: "Ausgänge eine Sekunde lang eingeschaltet",
  quiet: "Sirenen und andere Ausgänge nicht geschaltet",
  locks: "angekreuzte Schlösser und Tore bewegt",
  noLocks: "Schlösser und Tore nicht bewegt",
  why: { time: "Zeit abgelaufen", stopped: "von Hand", armed: "scharfgeschaltet", restart: "nach einem Neustart" },
  proved: (n, of) => `${n} von ${of} Eingängen nachgewiesen`,
  provedHint:
    "Nachgewiesen heißt: Der Kontakt wurde ausgelöst, jede verknüpfte Kamera hat ein danach entstandenes Bild auf den Datenträger gebracht, jedes verknüpfte Relais wurde zurückgelesen, und jeder verknüpfte Empfänger hat eine Nachricht angenommen, ohne dass jemand gerufen wurde.",
  untripped: "In diesem Test nicht ausgelöst:",
  overview: "Eingänge",
  input: "Eingang",
  zone: "Zone",
  wiring: "Kontakt",
  trips: "Auslös.",
  footage: "Aufnahme",
  relay: "Relais",
  message: "Nachricht",
  details: "Im Einzelnen",
  trippedAt: "Ausgelöst",
  more: (n) => (n === 1 ? "und noch einmal" : `und ${n} weitere Male`),
  never: "nie",
  noneLinked: "nicht verknüpft",
  noTrip: "nicht ausgelöst",
  waiting: "keine Antwort",
  notTested: "nicht geprüft",
  failed: "FEHLER",
  picture: (at, offset) => `${at} (${offset})`,
  beforeEdge: (s) => `${s} s vor der Auslösung`,
  afterEdge: (s) => `${s} s nach der Auslösung`,
  noPicture: "kein Bild",
  limits: "Was dieses Protokoll besagt und was nicht",
  limitLines: [
    "Millisekunden zählen von der ersten Änderung des Kontakts an. Aufnahme: bis ein danach von der Kamera gesendetes Bild auf dem Datenträger gesichert war. Relais: bis das Modul es zurückgelesen hat. Nachricht: bis der Empfänger oder sein Server sie angenommen hat.",
    "Ein Mailserver wurde um die Anmeldung gebeten, ein Messenger gefragt, ob er Schlüssel und Empfänger kennt; Programme bekamen eine als Test gekennzeichnete Nachricht. Dass ein Mensch eine Nachricht hört, ist damit nicht nachgewiesen.",
    "Die Bilder sind die Schlüsselbilder der Aufnahme, die der Änderung des Kontakts am nächsten liegen, für diese Seite dekodiert.",
    "Vom Rekorder selbst geschrieben; niemand sonst hat es bezeugt. Keine Bescheinigung der Übereinstimmung mit einer Norm.",
  ],
  letters:
    "Zeichen, die die Schrift dieser Seite nicht hat, stehen in Klammern mit ihrer Nummer in Unicode, wie in [U+9580]; record.json hat sie, wie sie sind.",
  notice:
    "Reed ist keine zertifizierte Einbruch-, Überfall- oder Brandmeldeanlage (EN 50131, EN 54, UL, NFPA 72) und kein Ersatz für eine.",
  check: "Protokoll",
  checkHint: "SHA-256 der Daten, aus denen diese Seite entstand; der Rekorder bewahrt sie daneben als record.json auf",
  signInstaller: "Geprüft von (Name, Datum, Unterschrift)",
  signCustomer: "Gesehen von (Name, Datum, Unterschrift)",
  page: (n, of) => `Seite ${n} von ${of}`,
  zones: {
    instant: "sofort",
    "entry-exit": "Ein-/Ausgang",
    follower: "Folgezone",
    "24h-audible": "24 h laut",
    "24h-silent": "24 h still",
    "key-switch": "Schlüsselschalter",
    "record-only": "nur Aufnahme",
  },
  verdicts: {
    untripped: "nicht ausgelöst",
    waiting: "unvollständig",
    proved: "nachgewiesen",
    partly: "teilweise",
    failed: "Fehler",
  },
  point: "Punkt",
};

export const recordWords = (language: Language): RecordWords => (language === "de" ? de : en);

/** Without the name of the gate, which the page has as its title. */
export function reasonIn(language: Language, reason: string): string {
  const bare = reason.replace(/^walk test: /, "");
  return language === "de" ? (inGerman(bare) ?? bare) : bare;
}

/** A tick in as few words as a table has room for. */
export function tickText(tick: Tick, words: RecordWords): string {
  switch (tick.kind) {
    case "proved":
      return `${new Intl.NumberFormat(words.locale).format(Math.round(tick.ms))} ms`;
    case "failed":
      return words.failed;
    case "untested":
      return words.notTested;
    case "untripped":
      return words.noTrip;
    case "waiting":
      return words.waiting;
    case "none":
      return words.noneLinked;
  }
}
