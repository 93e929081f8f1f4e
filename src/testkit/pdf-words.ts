import { inflateSync } from "node:zlib";

/** The words of a PDF of pdfkit: its streams unpacked, the strings of its text operators joined. */
export function wordsOf(pdf: Buffer): string {
  const latin = pdf.toString("latin1");
  let text = "";
  for (const match of latin.matchAll(/\/FlateDecode[^]*?stream\r?\n/g)) {
    const start = match.index + match[0].length;
    const stream = pdf.subarray(start, latin.indexOf("endstream", start));
    const content = inflateSync(stream).toString("latin1");
    for (const shown of content.matchAll(/\[([^\]]*)\] TJ/g)) {
      for (const [, hex = ""] of (shown[1] ?? "").matchAll(/<([0-9a-f]*)>/g))
        text += Buffer.from(hex, "hex").toString("latin1");
      text += "\n";
    }
  }
  return text;
}

/** JPEGs that lie in it. */
export const picturesIn = (pdf: Buffer): number => pdf.toString("latin1").split("/DCTDecode").length - 1;
