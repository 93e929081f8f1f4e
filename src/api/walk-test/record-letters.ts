/**
 * Letters of a record: DejaVu Sans Condensed, which has the alphabets of Europe, Hebrew and Arabic. What it has not
 * (Chinese, Thai …) is shown by its number in Unicode, so that nobody takes one name for another.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const fontFile = (name: string): Buffer =>
  readFileSync(fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)));

export const recordFonts = { text: fontFile("DejaVuSansCondensed"), bold: fontFile("DejaVuSansCondensed-Bold") };

type Coverage = (codePoint: number) => boolean;

/** Which code points a TrueType font has: its `cmap` of Unicode, format 12 (OpenType 1.9, cmap). */
export function lettersOf(font: Uint8Array): Coverage {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = Array.from({ length: view.getUint16(4) }, (_, nth) => 12 + 16 * nth);
  const entry = tables.find((at) => view.getUint32(at) === 0x636d6170);
  if (entry === undefined) throw new Error("a font without a cmap");
  const cmap = view.getUint32(entry + 8);
  const maps = Array.from({ length: view.getUint16(cmap + 2) }, (_, nth) => cmap + view.getUint32(cmap + 8 + 8 * nth));
  const map = maps.find((at) => view.getUint16(at) === 12);
  if (map === undefined) throw new Error("a font without a cmap of format 12");
  const groups = Array.from({ length: view.getUint32(map + 12) }, (_, nth) => {
    const at = map + 16 + 12 * nth;
    return { first: view.getUint32(at), last: view.getUint32(at + 4) };
  });
  return (codePoint) => groups.some(({ first, last }) => codePoint >= first && codePoint <= last);
}

const [inText, inBold] = [lettersOf(recordFonts.text), lettersOf(recordFonts.bold)];
const known = new Map<string, boolean>();

function has(letter: string): boolean {
  const codePoint = letter.codePointAt(0) ?? 0;
  const answer = known.get(letter) ?? (codePoint >= 0x20 && inText(codePoint) && inBold(codePoint));
  known.set(letter, answer);
  return answer;
}

/** Marks that only turn the direction of text: what they hide in a name is not to be hidden in a record. */
const turns = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** As the font can show it: `[U+524D U+95E8]` for letters that it has not. */
export function printable(text: string): string {
  let shown = "";
  let missing: string[] = [];
  const tell = () => {
    if (missing.length > 0) shown += `[${missing.join(" ")}]`;
    missing = [];
  };
  for (const letter of text.normalize("NFC").replaceAll(turns, "").replaceAll(/\s/g, " ")) {
    if (has(letter)) {
      tell();
      shown += letter;
    } else missing.push(`U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`);
  }
  tell();
  return shown;
}

/** Whether a text has letters that are shown by their number. */
export const lacksLetters = (text: string): boolean => printable(text).includes("[U+") && !text.includes("[U+");

const scripts = ["Hebrew", "Arabic", "Syriac", "Thaana", "Nko"].map((name) => `\\p{Script=${name}}`).join("");
const rightToLeft = new RegExp(`[${scripts}]`, "u");
/** Words that run from right to left with their marks, spaces, anything else. */
const pieceOf = new RegExp(`[${scripts}][${scripts}\\p{M}]*|\\s+|[^\\s${scripts}]+`, "gu");
export const hasRightToLeft = (text: string): boolean => rightToLeft.test(text);

/**
 * The pieces of a line from left to right; each is drawn by itself, in its own direction. After UAX #9 with a line that
 * runs from left to right, as far as names need it: what stands between words that run from right to left, and numbers
 * after them, runs with them.
 */
export function inReadingOrder(line: string): readonly string[] {
  const pieces = line.match(pieceOf) ?? [];
  const ordered: string[] = [];
  for (let at = 0; at < pieces.length;) {
    const end = hasRightToLeft(pieces[at] ?? "") ? endOfRun(pieces, at) : at + 1;
    ordered.push(...pieces.slice(at, end).reverse());
    at = end;
  }
  return ordered;
}

/** Behind the last piece that runs from right to left with the one at `at`. */
function endOfRun(pieces: readonly string[], at: number): number {
  let end = at + 1;
  for (let next = end; next < pieces.length; next++) {
    const piece = pieces[next] ?? "";
    if (hasRightToLeft(piece) || /^[\d.,:]*\d[\d.,:]*$/.test(piece)) end = next + 1;
    else if (/\p{L}/u.test(piece)) break;
  }
  return end;
}
