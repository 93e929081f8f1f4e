import { germanWords, sentencesInGerman } from "./index.ts";
import { createReader } from "./read.ts";
import type { Sentences } from "./sentence.ts";

/** What is wrong with a field (`issue-words.ts`, and the schemas' own sentences). */
export const fieldSentences: Sentences = {
  "is missing": "fehlt",
  "must be a text": "muss ein Text sein",
  "must be a number": "muss eine Zahl sein",
  "must be a whole number": "muss eine ganze Zahl sein",
  "must be true or false": "muss ja oder nein sein",
  "must be a list": "muss eine Liste sein",
  "must be an object": "muss ein Objekt sein",
  "is of another kind than it must be": "ist von anderer Art, als es sein muss",
  "must be one of: {values}": "muss eines davon sein: {values}",
  "must not be empty": "darf nicht leer sein",
  "must have at least {n} characters": "muss mindestens {n} Zeichen haben",
  "must have at most {n} characters": "darf höchstens {n} Zeichen haben",
  "must have at least {n} entries": "muss mindestens {n} Einträge haben",
  "must have at most {n} entries": "darf höchstens {n} Einträge haben",
  "must be more than {n}": "muss größer als {n} sein",
  "must be less than {n}": "muss kleiner als {n} sein",
  "must be at least {n}": "muss mindestens {n} sein",
  "must be at most {n}": "darf höchstens {n} sein",
  "must be a multiple of {n}": "muss ein Vielfaches von {n} sein",
  "has members that are not known: {names}": "hat unbekannte Angaben: {names}",
  "fits none of the kinds that it may be": "passt zu keiner der möglichen Arten",
  "is not written as it must be": "ist nicht so geschrieben, wie es sein muss",

  "must be an address like https://s3.example.org": "muss eine Adresse wie https://s3.example.org sein",
  "must be the name of a bucket: letters, digits, dots and dashes":
    "muss der Name eines Buckets sein: Buchstaben, Ziffern, Punkte und Striche",
  "must be empty, or a path that ends with a slash, like reed/":
    "muss leer sein oder ein Pfad, der mit einem Schrägstrich endet, wie reed/",
  "is missing (or `archive.bucket`: an object store)": "fehlt (oder `archive.bucket`: ein Objektspeicher)",
  "has characters that can't be shown": "hat Zeichen, die sich nicht zeigen lassen",
  "has at least {n} characters": "hat mindestens {n} Zeichen",
  "has at most {n} places": "hat höchstens {n} Plätze",
  "has at most {n} names": "hat höchstens {n} Namen",
  "has at most {n} periods": "hat höchstens {n} Zeiträume",
  "is missing (or `camera`: make and address)": "fehlt (oder Fabrikat und Adresse der Kamera)",
  "stands beside `camera`; send one of the two": "steht neben Fabrikat und Adresse; nur eines von beiden angeben",
  "A password has at least {n} characters and is not the name.":
    "Ein Passwort hat mindestens {n} Zeichen und ist nicht der Name.",
  "Everybody has a password but a display, which is let in by a link.":
    "Alle haben ein Passwort, nur eine Anzeige nicht; sie kommt über einen Link herein.",
  "is too short": "ist zu kurz",
  "is 4 to 8 digits": "hat 4 bis 8 Ziffern",
  "is 1–64 letters, digits, _ or -": "hat 1–64 Buchstaben, Ziffern, _ oder -",
  "is a name of letters, digits, _, . and -": "ist ein Name aus Buchstaben, Ziffern, _, . und -",
  "is letters, digits, _ and -, with / between": "besteht aus Buchstaben, Ziffern, _ und -, mit / dazwischen",
  "is a word of small letters, digits and hyphens": "ist ein Wort aus Kleinbuchstaben, Ziffern und Bindestrichen",
  "is a number, or @name of a channel": "ist eine Zahl oder @Name eines Kanals",
  "is a name or an address, without https:// and port": "ist ein Name oder eine Adresse, ohne https:// und Port",
  "is a list like {example}": "ist eine Liste wie {example}",
  "is the `next` of the page before": "ist `next` der Seite davor",
  "must be letters, digits, dots and dashes, 60 at most":
    "darf nur aus Buchstaben, Ziffern, Punkten und Strichen bestehen, höchstens 60",
  "must be the id of an object": "muss die Kennung eines Objekts sein",
  "is a date like {example}": "ist ein Datum wie {example}",
  "is a local time like {example}": "ist eine Ortszeit wie {example}",
  "is a time of day like 08:30, up to 24:00": "ist eine Uhrzeit wie 08:30, bis 24:00",
  "is not a time zone of the IANA list; write one like Europe/Berlin":
    "ist keine Zeitzone der IANA-Liste; eine wie Europe/Berlin schreiben",
  "is not an address that can be read": "ist keine lesbare Adresse",
  "is not one that a page gave": "stammt von keiner Seite",
  "is always there, and no mode to be armed in": "gibt es immer, und es ist kein Modus zum Scharfschalten",
  "is a folder of the system, not one for footage": "ist ein Ordner des Systems, keiner für Aufnahmen",
  "is a P-256 public key in base64url": "ist ein öffentlicher P-256-Schlüssel in base64url",
  "is 16 bytes in base64url": "sind 16 Bytes in base64url",
  "must be a whole path, like {path}": "muss ein ganzer Pfad sein, wie {path}",
  "must not hold `.` or `..`": "darf kein `.` oder `..` enthalten",
  "must be a day like 2026-11-23": "muss ein Tag wie 2026-11-23 sein",
  "of second copies the originals stay": "von zweiten Kopien bleiben die Originale",
  "must be a serial port like {path}": "muss eine serielle Schnittstelle wie {path} sein",
  "must be a chip like {chip}": "muss ein Chip wie {chip} sein",
  "must be an address like {address}, without user and password":
    "muss eine Adresse wie {address} sein, ohne Benutzer und Passwort",
  "must be an address like {address}": "muss eine Adresse wie {address} sein",
  "must be the https address of a push service, by its name":
    "muss die https-Adresse eines Push-Dienstes sein, mit seinem Namen",
  "must be without user and password; they have members of their own":
    "muss ohne Benutzer und Passwort sein; sie haben eigene Felder",
  "must be {n} hexadecimal digits": "müssen {n} hexadezimale Ziffern sein",
  "must have at least one cell": "muss mindestens eine Zelle haben",
  "must have at least one region": "muss mindestens einen Bereich haben",
  "can be {n} at most": "können höchstens {n} sein",
  "can have {n} points at most": "kann höchstens {n} Punkte haben",
  "must have at least two points": "muss mindestens zwei Punkte haben",
  "must have at least three points": "muss mindestens drei Punkte haben",
  "must not cross itself": "darf sich nicht selbst kreuzen",
  "must name at least one class": "muss mindestens eine Klasse nennen",
  "must name each class once": "muss jede Klasse einmal nennen",
  "must have a number each": "müssen je eine eigene Nummer haben",
  "can be 64 lines at most": "können höchstens 64 Leitungen sein",
  "reads a loop or takes messages, not both": "liest eine Schleife oder nimmt Nachrichten an, nicht beides",
  "names a mode twice": "nennt einen Modus zweimal",
  "names a camera twice": "nennt eine Kamera zweimal",
  "`own` names a camera that is not in `channels`": "`own` nennt eine Kamera, die nicht in `channels` steht",
  "names a date twice": "nennt ein Datum zweimal",
  "has periods that overlap": "hat Zeiträume, die sich überschneiden",
  "has a period that ends before it begins; split it at 24:00":
    "hat einen Zeitraum, der vor seinem Anfang endet; bei 24:00 teilen",
  "goes up in minutes": "muss in Minuten aufsteigen",
  "`from` must be before `to`": "der Anfang muss vor dem Ende liegen",
  "`zero` must not be behind `from`": "der Nullpunkt darf nicht hinter dem Anfang liegen",
  "asks for more than {span} at once": "fragt nach mehr als {span} auf einmal",
  "asks for more than {n} days": "fragt nach mehr als {n} Tagen",
  "reaches over more than {n} days": "reicht über mehr als {n} Tage",
  "takes either `alarmId` or `span`": "braucht entweder einen Alarm oder einen Zeitraum",
  "takes `after` or `before`": "braucht `after` oder `before`",
  "needs `mode` or `armed`": "braucht `mode` oder `armed`",
  "`armed` and `mode` contradict each other": "`armed` und `mode` widersprechen sich",
};

/** Fields that people fill in, as the pages call them; others are said by their own name. */
const fieldNames: Readonly<Record<string, string>> = {
  ...{ name: "Name", address: "Adresse", url: "Adresse", mainUrl: "Adresse", subUrl: "Adresse des Nebenstroms" },
  ...{ host: "Server", port: "Port", username: "Benutzer", password: "Passwort", user: "Benutzer", token: "Token" },
  ...{ topic: "Thema", chat: "Chat", secret: "Geheimnis", device: "Gerät", unit: "Adresse am Bus", path: "Pfad" },
  ...{ to: "An", from: "Von", at: "Zeit", date: "Datum", mode: "Modus", pin: "Code", note: "Notiz", reason: "Grund" },
  ...{ recipient: "Empfänger", people: "Personen", timeZone: "Zeitzone", keepDays: "Tage", maxShare: "Anteil" },
  ...{ maxBytes: "Obergrenze", preRecordS: "Zeit vor dem Alarm", postRecordS: "Nachlauf", debounceMs: "Entprellzeit" },
  ...{ maxRecordS: "Höchstens aufzeichnen", antiDitherS: "Wiederholungen zusammenfassen", holdS: "Haltezeit" },
  ...{ maxOnS: "Höchstens an", exitS: "Zeit zum Verlassen", entryS: "Zeit zum Betreten", afterMin: "Nach Minuten" },
  ...{ everyMin: "Alle (min)", everyS: "Alle (s)", count: "Anzahl", intervalS: "Abstand", withinS: "Innerhalb von" },
  ...{ minutes: "Minuten", passphrase: "Kennsatz", pollMs: "Abfrage", discoveryPrefix: "Präfix", point: "Klemme" },
  ...{ channel: "Kamera", input: "Eingang", output: "Ausgang", board: "Modul", kind: "Art", language: "Sprache" },
};

const readField = createReader({ ...sentencesInGerman, ...fieldSentences }, germanWords);

/** Whether it is a field's place, like `driver.host` or `week.monday.0.from`. */
const place = /^([A-Za-z_][\w-]*(?:\.[\w-]+)*): (.+)$/s;

function oneInGerman(text: string): string | undefined {
  const found = place.exec(text);
  const [, path, sentence] = found ?? [];
  const whole = readField(text);
  if (path === undefined || sentence === undefined) return whole;
  const said = readField(sentence);
  if (said === undefined) return whole;
  const last = path.split(".").findLast((part) => !/^\d+$/.test(part)) ?? path;
  return `${fieldNames[last] ?? path}: ${said}`;
}

/** Why a request's fields were refused, in German; undefined when a part of it is in nobody's list. */
export function refusalInGerman(message: string): string | undefined {
  const parts = message.split("; ");
  const said: string[] = [];
  for (let at = 0; at < parts.length;) {
    // a sentence may hold "; " itself: no part of it is a sentence alone
    let end = at + 1;
    let german = oneInGerman(parts.slice(at, end).join("; "));
    while (german === undefined && end < parts.length) german = oneInGerman(parts.slice(at, ++end).join("; "));
    if (german === undefined) return undefined;
    said.push(german);
    at = end;
  }
  return said.join("; ");
}
