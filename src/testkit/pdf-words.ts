/** The words of a PDF of pdfkit, read back as a reader that copies text does. */
import { inflateSync } from "node:zlib";

/** A font's glyph → the letters that it stands for; undefined: one of the standard fonts, a letter a byte. */
type Letters = ReadonlyMap<number, string> | undefined;

/** Its streams unpacked, the strings of its text operators joined: a line each, in the order in which they were drawn. */
export function wordsOf(pdf: Buffer): string {
  const objects = objectsOf(pdf);
  const fonts = fontsOf(objects);
  let text = "";
  for (const { stream } of objects.values()) {
    let letters: Letters;
    for (const [, font, shown = ""] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font !== undefined) letters = fonts.get(font);
      else text += `${[...shown.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = ""]) => lettersOf(hex, letters)).join("")}\n`;
    }
  }
  return text;
}

function lettersOf(hex: string, letters: Letters): string {
  if (letters === undefined) return Buffer.from(hex, "hex").toString("latin1");
  return (hex.match(/.{4}/g) ?? []).map((glyph) => letters.get(Number.parseInt(glyph, 16)) ?? "\ufffd").join("");
}

interface PdfObject {
  readonly head: string;
  /** Unpacked; empty where it has none. */
  readonly stream: string;
}

function objectsOf(pdf: Buffer): ReadonlyMap<number, PdfObject> {
  const latin = pdf.toString("latin1");
  const objects = new Map<number, PdfObject>();
  for (const match of latin.matchAll(/^(\d+) 0 obj\r?\n([^]*?)(endobj|stream\r?\n)/gm)) {
    const [whole, number, head = "", end] = match;
    const start = match.index + whole.length;
    const packed = end !== "endobj" && head.includes("/FlateDecode");
    const stream = packed ? inflateSync(pdf.subarray(start, latin.indexOf("endstream", start))).toString("latin1") : "";
    objects.set(Number(number), { head, stream });
  }
  return objects;
}

/** By the names that pages call them. */
function fontsOf(objects: ReadonlyMap<number, PdfObject>): ReadonlyMap<string, Letters> {
  const fonts = new Map<string, Letters>();
  for (const { head } of objects.values()) {
    for (const [, name = "", number] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(number))?.head ?? "")?.[1];
      fonts.set(name, unicode === undefined ? undefined : lettersIn(objects.get(Number(unicode))?.stream ?? ""));
    }
  }
  return fonts;
}

/** The ranges of a ToUnicode map (ISO 32000-1 §9.10.3) as pdfkit writes them: `<first> <last> [<letters> …]`, UTF-16. */
function lettersIn(map: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, first = "", list = ""] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    [...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, hex = ""], nth) => {
      const units = hex.match(/[0-9a-f]{4}/g) ?? [];
      letters.set(
        Number.parseInt(first, 16) + nth,
        String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))),
      );
    });
  }
  return letters;
}

/** JPEGs that lie in it. */
export const picturesIn = (pdf: Buffer): number => pdf.toString("latin1").split("/DCTDecode").length - 1;
