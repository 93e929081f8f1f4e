/** What messages say, in the site's language. Names stay as they are; journals and receipts are English always. */
import { inGerman, nameInGerman } from "../../contract/sentences/index.ts";
import type { Language, SiteConfig } from "../../domain/site-config.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { loopWords, type LoopTamper } from "../../domain/supervised-loop.ts";

export interface Words {
  /** Of dates and times. */
  readonly locale: string;
  readonly edge: Readonly<Record<Receipt["edge"]["kind"], string>>;
  readonly loop: Readonly<Record<LoopTamper, string>>;
  readonly tamper: string;
  readonly critical: string;
  readonly noCamera: string;
  readonly closeIt: string;
  readonly test: { readonly title: string; readonly text: string };
  readonly walk: { readonly title: string; readonly text: string };
  readonly weekly: { readonly well: string; readonly look: string };
  recording(cameras: string): string;
  /** Something else saw it, so many seconds after (or before) the edge. */
  graver(name: string, afterS: number): string;
  channel(number: number): string;
  troubles(count: number): string;
  unacknowledged(count: number): string;
  armsAt(at: string): string;
  armsWhy(schedule: string, at: string): string;
  /** A sentence that the site's rules made: a trouble, a reason. */
  said(sentence: string): string;
  /** The name of what was raised: what somebody called it stays, what was seen is said. */
  name(of: string): string;
}

const en: Words = {
  locale: "en-GB",
  edge: {
    raised: "raised",
    cleared: "back to rest",
    "raised(found)": "found active",
    tamper: "lost while armed (tamper)",
    manual: "recorded by hand",
  },
  loop: loopWords,
  tamper: "tamper",
  critical: "CRITICAL",
  noCamera: "no camera linked",
  closeIt: "Close it, or bypass it on the arming page.",
  test: { title: "test message", text: "This is a test. Nothing happened." },
  walk: { title: "TEST", text: "Walk test. Nothing happened, nobody has to come." },
  weekly: { well: "all is well", look: "This comes every Monday. If it does not, look after Reed." },
  recording: (cameras) => `recording: ${cameras}`,
  graver: (name, s) => `${name} ${s < 0 ? `${-s} s before` : `${s} s after`}`,
  channel: (number) => `channel ${number}`,
  troubles: (count) => (count === 1 ? "1 trouble" : `${count} troubles`),
  unacknowledged: (count) => `${count} unacknowledged ${count === 1 ? "alarm" : "alarms"}`,
  armsAt: (at) => `arms at ${at}`,
  armsWhy: (schedule, at) =>
    `The schedule "${schedule}" arms the site at ${at}. Whoever is still there can put it off.`,
  said: (sentence) => sentence,
  name: (of) => of,
};

const de: Words = {
  locale: "de-DE",
  edge: {
    raised: "ausgelöst",
    cleared: "wieder in Ruhe",
    "raised(found)": "ausgelöst vorgefunden",
    tamper: "ausgefallen, während scharf (Sabotage)",
    manual: "von Hand aufgezeichnet",
  },
  loop: { cut: "Schleife durchtrennt", short: "Schleife kurzgeschlossen" },
  tamper: "Sabotage",
  critical: "KRITISCH",
  noCamera: "keine Kamera verknüpft",
  closeIt: "Bitte schließen oder auf der Seite „Scharfschalten“ überbrücken.",
  test: { title: "Testnachricht", text: "Das ist ein Test. Es ist nichts passiert." },
  walk: { title: "TEST", text: "Gehtest. Es ist nichts passiert, niemand muss kommen." },
  weekly: {
    well: "alles in Ordnung",
    look: "Diese Nachricht kommt jeden Montag. Bleibt sie aus, bitte nach Reed sehen.",
  },
  recording: (cameras) => `Aufzeichnung: ${cameras}`,
  graver: (name, s) => `${name} ${s < 0 ? `${-s} s davor` : `${s} s danach`}`,
  channel: (number) => `Kanal ${number}`,
  troubles: (count) => (count === 1 ? "1 Störung" : `${count} Störungen`),
  unacknowledged: (count) => (count === 1 ? "1 unquittierter Alarm" : `${count} unquittierte Alarme`),
  armsAt: (at) => `wird um ${at} scharf`,
  armsWhy: (schedule, at) =>
    `Der Zeitplan „${schedule}“ schaltet die Anlage um ${at} scharf. Wer noch da ist, kann es verschieben.`,
  said: (sentence) => inGerman(sentence) ?? sentence,
  name: nameInGerman,
};

const words: Readonly<Record<Language, Words>> = { en, de };

/** English where the site has chosen none. */
export const wordsOf = ({ site }: Pick<SiteConfig, "site">): Words => words[site.language ?? "en"];
