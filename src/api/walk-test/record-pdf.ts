/** The test record of a walk test as a PDF that an installer hands over: who, when, what was proved, a picture a camera. */
import { createHash } from "node:crypto";
import type { Tick, WalkPart, WalkRow } from "../../domain/walk-ticks.ts";
import { pictureKey, type PictureFacts, type RecordData, type RecordPictures } from "./record-data.ts";
import {
  addFeet,
  bytesOf,
  colours,
  keepTogether,
  line,
  margin,
  newPaper,
  styled,
  tableRow,
  width,
  widthOf,
  write,
  type Cell,
  type Pdf,
} from "./record-page.ts";
import { lacksLetters } from "./record-letters.ts";
import { reasonIn, recordWords, tickText, type RecordWords } from "./record-words.ts";
import { provedOf } from "./report.ts";

interface Sheet {
  readonly doc: Pdf;
  readonly data: RecordData;
  readonly words: RecordWords;
  readonly pictures: RecordPictures;
  /** Date and time; `exact`: of an edge, the time alone with milliseconds; `dated`: with its day, for tests over midnight. */
  readonly time: (wall: number, how?: "exact" | "dated") => string;
}

/** `json`: what the record is made of, as it is kept beside it; the page has its SHA-256. */
export async function recordPdf(data: RecordData, pictures: RecordPictures, json: string): Promise<Buffer> {
  const words = recordWords(data.language);
  const doc = newPaper(`${words.title} – ${data.site}`);
  const zone = { timeZone: data.timeZone, hourCycle: "h23" } as const;
  const usual = new Intl.DateTimeFormat(words.locale, { ...zone, dateStyle: "medium", timeStyle: "long" });
  const fine = new Intl.DateTimeFormat(words.locale, {
    ...{ ...zone, hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 },
  });
  const day = new Intl.DateTimeFormat(words.locale, { ...zone, dateStyle: "short" });
  const time: Sheet["time"] = (wall, how) => {
    if (how === undefined) return usual.format(wall);
    return how === "exact" ? fine.format(wall) : `${day.format(wall)}, ${fine.format(wall)}`;
  };
  const sheet: Sheet = { doc, data, words, pictures, time };
  head(sheet);
  summary(sheet);
  overview(sheet);
  details(sheet);
  limits(sheet, createHash("sha256").update(json).digest("hex"));
  signatures(sheet);
  addFeet(doc, (page, of) => ({
    left: `${data.site} · ${words.title} · ${data.walk.walkId}`,
    right: words.page(page, of),
  }));
  return bytesOf(doc);
}

function head({ doc, data, words, time }: Sheet): void {
  const { walk, clock } = data;
  line(doc, words.title, { size: 20, bold: true });
  doc.moveDown(0.3);
  const ended = walk.ended;
  const facts: readonly (readonly [string, string])[] = [
    [words.site, data.site],
    [words.began, time(walk.since)],
    [words.ended, ended === undefined ? "" : `${time(ended.at)} (${words.why[ended.why]})`],
    [words.by, walk.by.replace(/^(user|code|key) /, "")],
    [
      words.clock,
      `${clock.trusted ? words.clockTrusted : words.clockDoubted}; ${synchronised(clock, words)}; ${data.timeZone}`,
    ],
    [
      words.settings,
      [walk.pulse ? words.pulse : words.quiet, walk.locks.length > 0 ? words.locks : words.noLocks].join("; "),
    ],
    [words.software, `Reed ${data.version}`],
  ];
  const widths = [130, width(doc) - 130];
  for (const [name, value] of facts) tableRow(doc, widths, [{ text: name, colour: colours.dim }, { text: value }]);
}

const synchronised = ({ synchronised: known, by }: RecordData["clock"], words: RecordWords): string =>
  `${words.synchronised[known] ?? known}${by === "" ? "" : ` (${by})`}`;

/** The result first: how many are proved, and which nobody has tripped. */
function summary({ doc, data, words }: Sheet): void {
  const { rows } = data;
  const proved = provedOf(rows);
  doc.moveDown(1);
  line(doc, words.proved(proved, rows.length), {
    size: 15,
    bold: true,
    colour: proved === rows.length ? colours.good : colours.text,
  });
  doc.moveDown(0.2);
  line(doc, words.provedHint, { size: 8.5, colour: colours.dim });
  const untripped = rows.filter(({ verdict }) => verdict === "untripped");
  if (untripped.length === 0) return;
  doc.moveDown(0.5);
  const names = untripped.map(({ input, name }) => `${input} ${name}`).join(", ");
  line(doc, `${words.untripped} ${names}`, { bold: true, colour: colours.bad });
}

function overview(sheet: Sheet): void {
  const { doc, data, words } = sheet;
  title(sheet, words.overview);
  const rest = [74, 50, 46, 76, 76, 76];
  const widths = [width(doc) - rest.reduce((sum, one) => sum + one, 0), ...rest];
  const names = [words.input, words.zone, words.wiring, words.trips, words.footage, words.relay, words.message];
  tableRow(
    doc,
    widths,
    names.map((text) => ({ text, bold: true, size: 8.5 })),
  );
  for (const row of data.rows) tableRow(doc, widths, overviewCells(row, words));
}

function overviewCells(row: WalkRow, words: RecordWords): Cell[] {
  const bad = row.verdict === "untripped" || row.verdict === "failed";
  const plain: Cell[] = [
    { text: `${row.input} ${row.name}`, bold: true, ...(bad ? { colour: colours.bad } : {}) },
    { text: words.zones[row.zone] },
    { text: row.wiring },
    { text: row.trips.length === 0 ? words.never : `${row.trips.length}`, ...(bad ? { colour: colours.bad } : {}) },
  ];
  return [...plain, ...[row.footage, row.relay, row.message].map((tick) => tickCell(tick, words))].map((cell) => ({
    size: 8.5,
    ...cell,
  }));
}

const tickCell = (tick: Tick, words: RecordWords): Cell => ({ text: tickText(tick, words), colour: tickColour(tick) });

function tickColour({ kind }: Tick): string {
  if (kind === "proved") return colours.good;
  if (kind === "failed" || kind === "untripped") return colours.bad;
  return kind === "none" ? colours.dim : colours.warn;
}

function details(sheet: Sheet): void {
  // of what nobody tripped the overview says all that there is
  const [first, ...others] = sheet.data.rows.filter(({ trips }) => trips.length > 0);
  if (first === undefined) return;
  title(sheet, sheet.words.details, titleRoom + roomOf(first));
  for (const row of [first, ...others]) detail(sheet, row);
}

/** Of an input with the first row of its pictures; what is longer may break. */
const roomOf = ({ cameras, relays, messages }: WalkRow): number =>
  Math.min(600, 50 + 18 * (cameras.length + relays.length + messages.length) + (cameras.length > 0 ? 190 : 0));

/** One input: when it was tripped, what each thing did, and its cameras' pictures. */
function detail(sheet: Sheet, row: WalkRow): void {
  const { doc, data, words, time } = sheet;
  keepTogether(doc, roomOf(row));
  doc.moveDown(0.6);
  const [colour, verdict] = [tickColour(verdictTick(row)), words.verdicts[row.verdict]];
  const name = { text: `${row.input} ${row.name}`, size: 11, bold: true };
  const wide = Math.min(width(doc) * 0.7, widthOf(doc, name) + 18);
  tableRow(doc, [wide, width(doc) - wide], [name, { ...name, text: verdict, colour }], false);
  const place = `${words.zones[row.zone]} · ${row.wiring} · ${row.board}, ${words.point} ${row.point}`;
  const [first, ...others] = row.trips;
  const trips = first === undefined ? words.never : time(first, "dated");
  const more = others.length === 0 ? "" : ` ${words.more(others.length)}`;
  line(doc, `${place} · ${words.trippedAt}: ${trips}${more}`, { size: 8.5, colour: colours.dim });
  const parts = [
    ...row.cameras.map((part) => [words.footage, part] as const),
    ...row.relays.map((part) => [words.relay, part] as const),
    ...row.messages.map((part) => [words.message, part] as const),
  ];
  const widths = [78, 150, width(doc) - 228];
  for (const [what, part] of parts) tableRow(doc, widths, partCells(what, part, sheet), false);
  const pictures = data.pictures.filter(({ input }) => input === row.input);
  if (pictures.length > 0) pictureRows(sheet, row, pictures);
}

const verdictTick = ({ verdict }: WalkRow): Tick =>
  verdict === "proved"
    ? { kind: "proved", ms: 0 }
    : { kind: verdict === "partly" ? "waiting" : verdict === "failed" ? "untripped" : verdict };

function partCells(what: string, { name, tick }: WalkPart, { data, words }: Sheet): Cell[] {
  const why = "reason" in tick ? `: ${reasonIn(data.language, tick.reason)}` : "";
  return [
    { text: what, size: 8.5, colour: colours.dim },
    { text: name, size: 8.5 },
    { text: `${tickText(tick, words)}${why}`, size: 8.5, colour: tickColour(tick) },
  ];
}

/** Two pictures side by side, each with its camera and its time. */
function pictureRows(sheet: Sheet, row: WalkRow, pictures: readonly PictureFacts[]): void {
  const { doc } = sheet;
  const gap = 12;
  const box = { width: (width(doc) - gap) / 2, height: 150 };
  for (let at = 0; at < pictures.length; at += 2) {
    keepTogether(doc, box.height + 30);
    const top = doc.y + 6;
    pictures.slice(at, at + 2).forEach((facts, column) => {
      picture(sheet, facts, { x: margin + column * (box.width + gap), y: top, ...box }, cameraName(row, facts.channel));
    });
    doc.y = top + box.height + 20;
  }
}

const cameraName = ({ cameras }: WalkRow, channel: number): string =>
  `${channel} ${cameras.find(({ id }) => id === channel)?.name ?? ""}`.trim();

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function picture(sheet: Sheet, facts: PictureFacts, box: Box, camera: string): void {
  const { doc, data, words, pictures, time } = sheet;
  const jpeg = pictures.get(pictureKey(facts.input, facts.channel));
  if (jpeg === undefined) {
    doc.rect(box.x, box.y, box.width, box.height).lineWidth(0.5).strokeColor(colours.line).stroke();
    const why = facts.reason === undefined ? "" : `: ${reasonIn(data.language, facts.reason)}`;
    styled(doc, { size: 8.5, colour: colours.bad });
    write(doc, `${words.noPicture}${why}`, {
      ...{ x: box.x + 8, y: box.y + 8, width: box.width - 16, height: box.height - 16 },
    });
  } else doc.image(Buffer.from(jpeg), box.x, box.y, { fit: [box.width, box.height], valign: "center" });
  const offset = ((facts.at ?? facts.edgeAt) - facts.edgeAt) / 1000;
  const seconds = Math.abs(offset).toLocaleString(words.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const when =
    facts.at === undefined
      ? ""
      : ` · ${words.picture(time(facts.at, "exact"), offset < 0 ? words.beforeEdge(seconds) : words.afterEdge(seconds))}`;
  styled(doc, { size: 8, colour: colours.dim });
  write(doc, `${camera}${when}`, {
    ...{ x: box.x, y: box.y + box.height + 4, width: box.width, height: 12, ellipsis: true },
  });
}

function limits(sheet: Sheet, hash: string): void {
  const { doc, data, words } = sheet;
  title(sheet, words.limits, 130);
  const lacking = lacksLetters(JSON.stringify(data)) ? [words.letters] : [];
  for (const text of [...words.limitLines, ...lacking, words.notice]) {
    line(doc, `– ${text}`, { size: 8.5 });
    doc.moveDown(0.25);
  }
  doc.moveDown(0.5);
  line(doc, `${words.check}: ${data.walk.walkId}`, { size: 8.5, bold: true });
  line(doc, `${words.checkHint}:`, { size: 8.5 });
  styled(doc, { size: 8 })
    .font("Courier")
    .text(hash, margin, doc.y, { width: width(doc) });
}

function signatures({ doc, words }: Sheet): void {
  keepTogether(doc, 80);
  const half = (width(doc) - 24) / 2;
  const y = doc.y + 56;
  [words.signInstaller, words.signCustomer].forEach((text, at) => {
    const x = margin + at * (half + 24);
    doc
      .moveTo(x, y)
      .lineTo(x + half, y)
      .lineWidth(0.7)
      .strokeColor(colours.text)
      .stroke();
    write(styled(doc, { size: 8, colour: colours.dim }), text, { x, y: y + 4, width: half });
  });
}

/** Of a title and the space around it. */
const titleRoom = 40;

function title({ doc }: Sheet, text: string, room = 90): void {
  doc.moveDown(1.2);
  keepTogether(doc, room);
  line(doc, text, { size: 13, bold: true });
  doc.moveDown(0.3);
}
