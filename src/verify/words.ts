/** What was found, in plain sentences. */
import { shownKey } from "./pack.ts";
import type { Finding, Manifest, Note, Verdict } from "./types.ts";

export type WordsLanguage = "en" | "de";

/** Green: whole, and signed by a key that was named. Yellow: whole in itself. Red: not what was signed. */
export type Colour = "green" | "yellow" | "red";

export const colourOf = ({ findings, notes }: Pick<Verdict, "findings" | "notes">): Colour => {
  if (findings.length > 0) return "red";
  return notes.some(({ kind }) => kind === "key-known") ? "green" : "yellow";
};

const when = (ms: number): string => `${new Date(ms).toISOString().replace("T", " ").replace("Z", "")} UTC`;

export const headline = (colour: Colour, language: WordsLanguage): string =>
  ({
    en: {
      green: "Nothing was changed, and the key is the one that you named.",
      yellow: "Nothing was changed since it was signed. Who signed it is for you to compare.",
      red: "This is not what was signed. What is named below was changed, left out or added.",
    },
    de: {
      green: "Nichts wurde verändert, und der Schlüssel ist der, den Sie genannt haben.",
      yellow: "Seit der Unterschrift wurde nichts verändert. Wer unterschrieben hat, müssen Sie vergleichen.",
      red: "Das ist nicht, was unterschrieben wurde. Was unten genannt ist, wurde verändert, weggelassen oder hinzugefügt.",
    },
  })[language][colour];

export const findingSentence = (finding: Finding, language: WordsLanguage): string =>
  language === "de" ? german(finding) : english(finding);

function english(finding: Finding): string {
  switch (finding.kind) {
    case "no-pack":
      if (finding.why === "zip") return "This is no whole ZIP: its table can't be read.";
      if (finding.why === "manifest") return "manifest.json is left out: nothing here can be checked.";
      return "manifest.json can't be read, or is none of an evidence pack of Reed.";
    case "no-signature":
      return "manifest.sig is left out: nobody signed this.";
    case "signature":
      return "The signature does not fit: manifest.json or manifest.sig was changed after it was signed.";
    case "foreign-key":
      return `It was signed by a foreign key: ${shownKey(finding.fingerprint)} is none of those that were named.`;
    case "fingerprint":
      return "manifest.json names a key whose fingerprint is another one: it was changed.";
    case "missing":
      return `${finding.file} is left out.`;
    case "added":
      return `${finding.file} was added: the manifest does not know it.`;
    case "length":
      return `${finding.file} has ${finding.bytes} bytes; ${finding.signed} were signed.`;
    case "changed":
      return `${finding.file} was changed.`;
    case "receipt":
      return `The receipt of event ${finding.event} is not the one that was signed.`;
    case "fragment": {
      const at = finding.wall === undefined ? "" : `, from ${when(finding.wall)} on`;
      return `${finding.file}: the hash chain breaks in bytes ${finding.from} to ${finding.to}${at}.`;
    }
    case "segment":
      return `${finding.file}: its beginning is not that of the segment that the manifest names.`;
    case "head":
      return `${finding.file}: its hash chain does not end as the recorder's journal says.`;
    case "frame":
      return finding.file === ""
        ? `The end of the ZIP was changed, at byte ${finding.at}.`
        : `The ZIP's own data of ${finding.file} (name, time, size) were changed, at byte ${finding.at}.`;
  }
}

function german(finding: Finding): string {
  switch (finding.kind) {
    case "no-pack":
      if (finding.why === "zip") return "Das ist kein ganzes ZIP: sein Verzeichnis ist nicht lesbar.";
      if (finding.why === "manifest") return "manifest.json fehlt: nichts hier kann geprüft werden.";
      return "manifest.json ist nicht lesbar oder gehört zu keinem Beweispaket von Reed.";
    case "no-signature":
      return "manifest.sig fehlt: niemand hat das unterschrieben.";
    case "signature":
      return "Die Unterschrift passt nicht: manifest.json oder manifest.sig wurde danach verändert.";
    case "foreign-key":
      return `Mit einem fremden Schlüssel unterschrieben: ${shownKey(finding.fingerprint)} ist keiner der genannten.`;
    case "fingerprint":
      return "manifest.json nennt einen Schlüssel, dessen Fingerabdruck ein anderer ist: sie wurde verändert.";
    case "missing":
      return `${finding.file} fehlt.`;
    case "added":
      return `${finding.file} wurde hinzugefügt: das Verzeichnis kennt es nicht.`;
    case "length":
      return `${finding.file} hat ${finding.bytes} Bytes; unterschrieben wurden ${finding.signed}.`;
    case "changed":
      return `${finding.file} wurde verändert.`;
    case "receipt":
      return `Der Beleg des Ereignisses ${finding.event} ist nicht der, der unterschrieben wurde.`;
    case "fragment": {
      const at = finding.wall === undefined ? "" : `, ab ${when(finding.wall)}`;
      return `${finding.file}: die Hash-Kette reißt in den Bytes ${finding.from} bis ${finding.to}${at}.`;
    }
    case "segment":
      return `${finding.file}: sein Anfang ist nicht der des Segments, das im Verzeichnis steht.`;
    case "head":
      return `${finding.file}: seine Hash-Kette endet nicht, wie das Journal des Rekorders sagt.`;
    case "frame":
      return finding.file === ""
        ? `Das Ende des ZIP wurde verändert, bei Byte ${finding.at}.`
        : `Die Angaben des ZIP zu ${finding.file} (Name, Zeit, Größe) wurden verändert, bei Byte ${finding.at}.`;
  }
}

/** @param language of the reader */
export function noteSentence(note: Note, language: WordsLanguage): string {
  const de = language === "de";
  switch (note.kind) {
    case "key-known":
      return de
        ? `Unterschrieben mit dem genannten Schlüssel ${shownKey(note.fingerprint)}.`
        : `Signed by the key that was named, ${shownKey(note.fingerprint)}.`;
    case "key-not-compared":
      return de
        ? `Der Schlüssel ${shownKey(note.fingerprint)} wurde mit keinem verglichen. Der Standort zeigt seinen unter System → Beweise.`
        : `The key ${shownKey(note.fingerprint)} was compared with none. The site shows its own under System → Evidence.`;
    case "cannot-sign":
      return de
        ? "Dieser Browser kann Ed25519 nicht: die Unterschrift wurde NICHT geprüft. Nehmen Sie einen neueren oder `reed verify`."
        : "This browser does not know Ed25519: the signature was NOT checked. Take a newer one, or `reed verify`.";
    case "unpacked":
      return de
        ? "Geprüft wurden die ausgepackten Dateien, nicht das ZIP selbst."
        : "The unpacked files were checked, not the ZIP itself.";
    case "part":
      return de
        ? `${note.count} Original(e) sind ein Teil eines Segments: von ihrem ersten bis zum letzten Stück lückenlos.`
        : `${note.count} original(s) are a part of a segment: without a hole from their first piece to their last.`;
    case "deleted": {
      const { segment } = note;
      const at = segment.deletedAt === undefined ? "" : `, ${when(segment.deletedAt)}`;
      return de
        ? `Kamera ${segment.channel}: ein Segment ab ${when(segment.startWall)} war auf dem Rekorder gelöscht (${segment.reason ?? "?"}${at}); sein Kettenende steht im Verzeichnis.`
        : `Camera ${segment.channel}: a segment from ${when(segment.startWall)} was deleted on the recorder (${segment.reason ?? "?"}${at}); the end of its chain stands in the manifest.`;
    }
    case "gone":
      return de
        ? `Kamera ${note.segment.channel}: ein Segment ab ${when(note.segment.startWall)} steht im Journal, seine Datei war nicht lesbar.`
        : `Camera ${note.segment.channel}: a segment from ${when(note.segment.startWall)} stands in the journal, and its file could not be read.`;
  }
}

/** Who made it, of what. */
export function aboutSentence(manifest: Manifest, language: WordsLanguage): string {
  const { site, by, reason, recipient, reed, files, segments } = manifest;
  const [made, from, to] = [manifest.at, manifest.from, manifest.to].map(when);
  const originals = segments.filter(({ file }) => file !== undefined).length;
  return language === "de"
    ? `${site}, von ${from} bis ${to}; gesichert am ${made} von ${by} für ${recipient} (${reason}), Reed ${reed}; ${files.length} Dateien, darunter ${originals} Originale.`
    : `${site}, from ${from} to ${to}; saved ${made} by ${by} for ${recipient} (${reason}), Reed ${reed}; ${files.length} files, ${originals} of them originals.`;
}
