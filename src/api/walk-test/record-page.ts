/** Paper for a record: an A4 page with a margin, text that breaks the page where it has to, and a foot on every page. */
import PDFDocument from "pdfkit";
import { hasRightToLeft, inReadingOrder, printable, recordFonts } from "./record-letters.ts";

export type Pdf = InstanceType<typeof PDFDocument>;

export const colours = {
  text: "#1a1a1a",
  dim: "#5c5c5c",
  line: "#c8c8c8",
  good: "#1b7f3b",
  bad: "#c01c28",
  warn: "#8a5a00",
};
export const margin = 48;
/** Room that the foot of a page takes. */
const footRoom = 24;

export function newPaper(title: string): Pdf {
  const doc = new PDFDocument({
    size: "A4",
    // what is below the bottom margin begins a page of its own: the foot is written after the rest
    margins: { top: margin, left: margin, right: margin, bottom: margin + footRoom },
    bufferPages: true,
    info: { Title: title, Creator: "Reed", Producer: "Reed" },
  });
  doc.registerFont("Text", recordFonts.text);
  doc.registerFont("Bold", recordFonts.bold);
  return doc;
}

export const width = (doc: Pdf): number => doc.page.width - 2 * margin;
const bottom = (doc: Pdf): number => doc.page.height - margin - footRoom;

/** Begins a new page when less than so many points are left on this one. */
export function keepTogether(doc: Pdf, height: number): void {
  if (doc.y + height > bottom(doc)) doc.addPage();
}

export interface Style {
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

export function styled(doc: Pdf, { size = 9.5, bold = false, colour = colours.text }: Style = {}): Pdf {
  return doc
    .font(bold ? "Bold" : "Text")
    .fontSize(size)
    .fillColor(colour);
}

/** Where a text stands; pdfkit's own words. `height`: what is below it is left out. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height?: number;
  readonly ellipsis?: boolean;
  readonly lineBreak?: boolean;
  readonly align?: "right";
}

/** Writes a text in the style that was set, `doc.y` below it. Words that run from right to left do. */
export function write(doc: Pdf, text: string, place: Place): void {
  const { x, y, ...options } = place;
  const shown = printable(text);
  if (!hasRightToLeft(shown)) {
    doc.text(shown, x, y, options);
    return;
  }
  const height = doc.currentLineHeight(true);
  const most = options.lineBreak === false ? 1 : Math.max(1, Math.floor((options.height ?? Infinity) / height));
  const lines = linesOf(doc, shown, options.width).slice(0, most);
  lines.forEach((line, nth) => {
    let at = x;
    for (const piece of inReadingOrder(line)) {
      doc.text(piece, at, y + nth * height, { lineBreak: false });
      at += doc.widthOfString(piece);
    }
  });
  doc.x = x;
  doc.y = y + lines.length * height;
}

/** Of a cell's text on one line. */
export const widthOf = (doc: Pdf, cell: Cell): number => styled(doc, cell).widthOfString(printable(cell.text));

/** Of a text in the style that was set. */
function heightOf(doc: Pdf, text: string, wide: number): number {
  const shown = printable(text);
  if (!hasRightToLeft(shown)) return doc.heightOfString(shown, { width: wide });
  return linesOf(doc, shown, wide).length * doc.currentLineHeight(true);
}

/** Lines that are as long as the width lets them, broken between words. */
function linesOf(doc: Pdf, text: string, wide: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = [...lines.slice(-1), word].join(" ");
    if (lines.length > 0 && doc.widthOfString(longer) <= wide) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

/** A line of text across the page, below what was written before. */
export function line(doc: Pdf, text: string, style: Style = {}): void {
  write(styled(doc, style), text, { x: margin, y: doc.y, width: width(doc) });
}

export interface Cell extends Style {
  readonly text: string;
}

/** One row of a table; as high as its highest cell. */
export function tableRow(doc: Pdf, widths: readonly number[], cells: readonly Cell[], rule = true): void {
  const gap = 6;
  const inner = (at: number) => (widths[at] ?? 0) - gap;
  const heights = cells.map((cell, at) => heightOf(styled(doc, cell), cell.text, inner(at)));
  const height = Math.max(...heights) + 6;
  keepTogether(doc, height);
  const top = doc.y;
  let x = margin;
  cells.forEach((cell, at) => {
    write(styled(doc, cell), cell.text, { x, y: top + 3, width: inner(at) });
    x += widths[at] ?? 0;
  });
  doc.y = top + height;
  if (rule)
    doc
      .moveTo(margin, doc.y)
      .lineTo(margin + width(doc), doc.y)
      .lineWidth(0.5)
      .strokeColor(colours.line)
      .stroke();
}

/** Writes the foot of every page; call it last. */
export function addFeet(
  doc: Pdf,
  foot: (page: number, of: number) => { readonly left: string; readonly right: string },
): void {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page);
    const { left, right } = foot(page + 1, count);
    const y = doc.page.height - margin;
    // below the margin pdfkit would begin a new page
    doc.page.margins.bottom = 0;
    styled(doc, { size: 7.5, colour: colours.dim });
    write(doc, left, { x: margin, y, width: width(doc) * 0.75, lineBreak: false });
    write(doc, right, { x: margin, y, width: width(doc), align: "right", lineBreak: false });
  }
}

/** Everything that was written, as bytes. */
export function bytesOf(doc: Pdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
    doc.end();
  });
}
