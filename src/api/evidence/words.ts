/** What is written into evidence packs besides the report's own words. No markup, and nothing of it is a person's. */
import type { ExportLanguage } from "../../contract/export.ts";

export interface EvidenceWords {
  /** What a pack does not prove. */
  readonly limits: readonly string[];
  /** Who signed, and how it is checked. */
  readonly signed: (fingerprint: string) => string;
  readonly page: Readonly<Record<"title" | "says" | "key" | "zip" | "folder" | "limitsTitle", string>>;
}

const english: EvidenceWords = {
  limits: [
    "Before the hash: the chain begins when the recorder writes a picture down, within a second after it came. What happened before that, in front of the lens, in the camera or on the way, it does not show.",
    "A stolen key: whoever has the recorder's key, or the recorder itself, can sign whatever they like. The signature says which recorder signed, not that nobody had got hold of it.",
    "Times: they are those of the recorder's clock, or of a camera's own clock where that was sound. Nobody else has witnessed them, nor when this was signed.",
    "A key is known by its fingerprint, noted elsewhere beforehand. A fingerprint that was read in this pack only proves nothing, and a checker that came with a pack is worth as much as the pack: “reed verify” of another installation is the better one.",
  ],
  signed: (fingerprint) =>
    `This is an evidence pack, signed with the site's key ${fingerprint}. Open verify.html in a browser, or run “reed verify” on the ZIP: one changed byte is found and named.`,
  page: {
    title: "Check this evidence pack",
    says: "This page works offline; nothing leaves this computer. Choose the ZIP as it was handed over. Whatever was changed, left out or added is named below.",
    key: "Fingerprint of the site's key, as it was written down (System → Evidence on the recorder)",
    zip: "The ZIP",
    folder: "Or the unpacked folder",
    limitsTitle: "What this does not prove",
  },
};

const german: EvidenceWords = {
  limits: [
    "Vor dem Hash: die Kette beginnt, wenn der Rekorder ein Bild aufschreibt, innerhalb einer Sekunde nach seinem Eintreffen. Was davor geschah, vor dem Objektiv, in der Kamera oder auf dem Weg, zeigt sie nicht.",
    "Ein gestohlener Schlüssel: wer den Schlüssel des Rekorders oder den Rekorder selbst hat, kann unterschreiben, was er will. Die Unterschrift sagt, welcher Rekorder unterschrieb, nicht, dass niemand an ihn herankam.",
    "Zeiten: es sind die der Uhr des Rekorders, oder der Uhr einer Kamera, wo sie verlässlich war. Niemand sonst hat sie bezeugt, auch nicht, wann unterschrieben wurde.",
    "Ein Schlüssel ist durch seinen Fingerabdruck bekannt, der vorher anderswo notiert wurde. Ein Fingerabdruck, der nur in diesem Paket gelesen wurde, beweist nichts, und ein Prüfprogramm, das mit dem Paket kam, ist so viel wert wie das Paket: „reed verify“ einer anderen Installation ist das bessere.",
  ],
  signed: (fingerprint) =>
    `Das ist ein Beweispaket, unterschrieben mit dem Schlüssel ${fingerprint} des Standorts. Öffnen Sie verify.html in einem Browser, oder prüfen Sie das ZIP mit „reed verify“: ein verändertes Byte wird gefunden und genannt.`,
  page: {
    title: "Dieses Beweispaket prüfen",
    says: "Diese Seite arbeitet offline; nichts verlässt diesen Computer. Wählen Sie das ZIP, wie es übergeben wurde. Was verändert, weggelassen oder hinzugefügt wurde, wird unten genannt.",
    key: "Fingerabdruck des Schlüssels des Standorts, wie er notiert wurde (System → Beweise auf dem Rekorder)",
    zip: "Das ZIP",
    folder: "Oder der ausgepackte Ordner",
    limitsTitle: "Was das nicht beweist",
  },
};

export const evidenceWords: Readonly<Record<ExportLanguage, EvidenceWords>> = { en: english, de: german };

/** `3f2a-9c01-…`: as it is read out and written down. */
export const shownFingerprint = (fingerprint: string): string => fingerprint.replaceAll(/(.{4})(?=.)/g, "$1-");
