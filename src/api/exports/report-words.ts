/** The words of the page that lies beside saved footage, in each language that it can be had in. */
import { lineInGerman } from "../../contract/sentences/lines.ts";
import { notice } from "../../contract/state.ts";
import type { ExportLanguage } from "../../contract/export.ts";

export interface ReportWords {
  readonly heading: (site: string) => string;
  readonly rows: Readonly<
    Record<
      "site" | "what" | "alarm" | "from" | "to" | "zone" | "clock" | "reason" | "recipient" | "by" | "kept",
      string
    >
  >;
  readonly kept: string;
  readonly notKept: string;
  readonly files: string;
  readonly columns: readonly [string, string, string, string];
  readonly bytes: (n: number) => string;
  readonly missing: string;
  readonly receipts: string;
  readonly limitsTitle: string;
  readonly limits: readonly string[];
  readonly notice: string;
  readonly clock: {
    readonly alone: string;
    readonly same: string;
    readonly apart: (seconds: string, ahead: boolean) => string;
  };
  /** The server's own English lines (receipts, what is missing, what a file is). */
  readonly line: (text: string) => string;
}

const english: ReportWords = {
  heading: (site) => `Footage from ${site}`,
  rows: {
    ...{ site: "Site", what: "What", alarm: "Alarm", from: "From", to: "To", zone: "Time zone", clock: "Clock" },
    ...{ reason: "Reason", recipient: "Recipient", by: "Saved by", kept: "Kept here" },
  },
  kept: "The footage is locked on the recorder: it stays until somebody releases it.",
  notKept: "no",
  files: "Files",
  columns: ["File", "Camera", "First and last picture", "Size and SHA-256"],
  bytes: (n) => `${n.toLocaleString("en-GB")} bytes`,
  missing: "What is missing",
  receipts: "What was recorded and done",
  limitsTitle: "What this is, and what it does not prove",
  limits: [
    "The pictures are those that the cameras sent: nothing was encoded again, except in files that are marked as a COPY. Each file begins at the key frame at or before its time.",
    "A SHA-256 shows that a file was not changed since this page was written. It does not show who wrote the page, nor that the camera's picture was true.",
    "The times say when the pictures reached the recorder, or what the camera's own clock said where that was sound; they are as good as these clocks.",
    "This page and the receipts were written by the recorder itself; nobody else has witnessed them.",
  ],
  notice,
  clock: {
    alone: "All times are of the recorder's own clock; it was compared with no other.",
    same: "All times are of the recorder's own clock. When this was saved it was the same to within a second as the clock of the device from which it was asked for.",
    apart: (seconds, ahead) =>
      `All times are of the recorder's own clock. When this was saved it was ${seconds} s ${ahead ? "ahead of" : "behind"} the clock of the device from which it was asked for.`,
  },
  line: (text) => text,
};

const german: ReportWords = {
  heading: (site) => `Aufnahmen von ${site}`,
  rows: {
    ...{ site: "Standort", what: "Was", alarm: "Alarm", from: "Von", to: "Bis", zone: "Zeitzone", clock: "Uhr" },
    ...{ reason: "Grund", recipient: "Empfänger", by: "Gesichert von", kept: "Hier behalten" },
  },
  kept: "Die Aufnahmen sind auf dem Rekorder gesperrt: sie bleiben, bis jemand sie freigibt.",
  notKept: "nein",
  files: "Dateien",
  columns: ["Datei", "Kamera", "Erstes und letztes Bild", "Größe und SHA-256"],
  bytes: (n) => `${n.toLocaleString("de-DE")} Bytes`,
  missing: "Was fehlt",
  receipts: "Was aufgezeichnet und getan wurde",
  limitsTitle: "Was das ist, und was es nicht beweist",
  limits: [
    "Die Bilder sind die, die die Kameras gesendet haben: nichts wurde neu kodiert, außer in Dateien, die als KOPIE bezeichnet sind. Jede Datei beginnt am Schlüsselbild zu oder vor ihrer Zeit.",
    "Ein SHA-256 zeigt, dass eine Datei nicht verändert wurde, seit diese Seite geschrieben wurde. Er zeigt nicht, wer die Seite geschrieben hat, und nicht, dass das Bild der Kamera wahr war.",
    "Die Zeiten sagen, wann die Bilder den Rekorder erreichten, oder was die Uhr der Kamera sagte, wo sie verlässlich war; sie sind so gut wie diese Uhren.",
    "Diese Seite und die Belege hat der Rekorder selbst geschrieben; niemand sonst hat sie bezeugt.",
  ],
  notice:
    "Reed ist keine zertifizierte Einbruch-, Überfall- oder Brandmeldeanlage (EN 50131, EN 54, UL, NFPA 72) und kein Ersatz dafür.",
  clock: {
    alone: "Alle Zeiten sind die der Uhr des Rekorders; sie wurde mit keiner anderen verglichen.",
    same: "Alle Zeiten sind die der Uhr des Rekorders. Beim Sichern stimmte sie auf eine Sekunde mit der Uhr des Geräts überein, von dem aus gesichert wurde.",
    apart: (seconds, ahead) =>
      `Alle Zeiten sind die der Uhr des Rekorders. Beim Sichern ging sie gegenüber der Uhr des Geräts, von dem aus gesichert wurde, ${seconds.replace(".", ",")} s ${ahead ? "vor" : "nach"}.`,
  },
  line: lineInGerman,
};

export const reportWords: Readonly<Record<ExportLanguage, ReportWords>> = { en: english, de: german };
