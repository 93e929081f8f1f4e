/** Paper for a record: an A4 page with a margin, text that breaks the page where it has to, and a foot on every page. */
import PDFDocument from "pdfkit";

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

export const newPaper = (title: string): Pdf =>
  new PDFDocument({
    size: "A4",
    // what is below the bottom margin begins a page of its own: the foot is written after the rest
    margins: { top: margin, left: margin, right: margin, bottom: margin + footRoom },
    bufferPages: true,
    info: { Title: title, Creator: "Reed", Producer: "Reed" },
  });

export const width = (doc: Pdf): number => doc.page.width - 2 * margin;
const bottom = (doc: Pdf): number => doc.page.height - margin - footRoom;

/** Begins a new page when less than so many points are left on this one. */
export function keepTogether(doc: Pdf, height: number): void {
  if (doc.y + height > bottom(doc)) doc.addPage();
}

/** The standard fonts have Western European letters; anything else would come out as another letter. */
export const printable = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll("→", "->")
    .replaceAll(/[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]/g, "?");

export interface Style {
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

export function styled(doc: Pdf, { size = 9.5, bold = false, colour = colours.text }: Style = {}): Pdf {
  return doc
    .font(bold ? "Helvetica-Bold" : "Helvetica")
    .fontSize(size)
    .fillColor(colour);
}

/** A line of text across the page, below what was written before. */
export function line(doc: Pdf, text: string, style: Style = {}): void {
  styled(doc, style).text(printable(text), margin, doc.y, { width: width(doc) });
}

export interface Cell extends Style {
  readonly text: string;
}

/** One row of a table; as high as its highest cell. */
export function tableRow(doc: Pdf, widths: readonly number[], cells: readonly Cell[], rule = true): void {
  const gap = 6;
  const inner = (at: number) => (widths[at] ?? 0) - gap;
  const heights = cells.map((cell, at) => styled(doc, cell).heightOfString(printable(cell.text), { width: inner(at) }));
  const height = Math.max(...heights) + 6;
  keepTogether(doc, height);
  const top = doc.y;
  let x = margin;
  cells.forEach((cell, at) => {
    styled(doc, cell).text(printable(cell.text), x, top + 3, { width: inner(at) });
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
    doc.text(printable(left), margin, y, { width: width(doc) * 0.75, lineBreak: false });
    doc.text(printable(right), margin, y, { width: width(doc), align: "right", lineBreak: false });
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
