/** The page that lies beside the footage: what, when, from where, with what outcome, and what it does not prove. */
import type { ExportFile, ExportLanguage } from "../../contract/export.ts";
import { evidenceWords, shownFingerprint } from "../evidence/words.ts";
import { reportWords, type ReportWords } from "./report-words.ts";
import type { SiteTime } from "./site-time.ts";

export interface ReportFile extends ExportFile {
  readonly camera: string;
  readonly codec: string;
}

export interface Report {
  readonly language: ExportLanguage;
  readonly title: string;
  readonly site: string;
  /** The alarm's line and its receipts' sentences; empty for footage without one. */
  readonly alarm: string | undefined;
  readonly receipts: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  readonly recipient: string;
  readonly by: string;
  readonly at: number;
  readonly locked: boolean;
  readonly version: string;
  /** Reed's clock − the asking device's clock, ms; absent where none was told. */
  readonly clockOffsetMs: number | undefined;
  /** Of an evidence pack: fingerprint of the key that signs it. */
  readonly signedBy?: string;
  readonly files: readonly ReportFile[];
  /** Cameras of which there is nothing, and holes, each as a sentence. */
  readonly missing: readonly string[];
}

/** Plain HTML that needs nothing else and prints on one page for a usual alarm. */
export function reportHtml(report: Report, time: SiteTime): string {
  const words = reportWords[report.language];
  const rows: readonly (readonly [keyof ReportWords["rows"], string])[] = [
    ["site", report.site],
    ["what", report.title],
    ...(report.alarm === undefined ? [] : ([["alarm", words.line(report.alarm)]] as const)),
    ["from", time.exact(report.from)],
    ["to", time.exact(report.to)],
    ["zone", time.zone],
    ["clock", clockSentence(words, report.clockOffsetMs)],
    ["reason", report.reason],
    ["recipient", report.recipient],
    ["by", `${report.by}, ${time.exact(report.at)}`],
    ["kept", report.locked ? words.kept : words.notKept],
  ];
  const evidence = evidenceWords[report.language];
  const limits = report.signedBy === undefined ? words.limits : [...words.limits, ...evidence.limits];
  return `<!doctype html>
<html lang="${report.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${text(report.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${text(words.heading(report.site))}</h1>
<table>
${rows.map(([name, value]) => `<tr><th scope="row">${text(words.rows[name])}</th><td>${text(value)}</td></tr>`).join("\n")}
</table>
${report.signedBy === undefined ? "" : `<p>${text(evidence.signed(shownFingerprint(report.signedBy)))}</p>`}
<h2>${text(words.files)}</h2>
<table>
<tr>${words.columns.map((column) => `<th>${text(column)}</th>`).join("")}</tr>
${report.files.map((file) => fileRow(file, time, words)).join("\n")}
</table>
${section(words.missing, report.missing.map(words.line))}
${section(words.receipts, report.receipts.map(words.line))}
<h2>${text(words.limitsTitle)}</h2>
<ul>
${limits.map((line) => `<li>${text(line)}</li>`).join("\n")}
</ul>
<p>${text(`Reed ${report.version}. ${words.notice}`)}</p>
</body>
</html>
`;
}

function clockSentence({ clock }: ReportWords, offsetMs: number | undefined): string {
  if (offsetMs === undefined) return clock.alone;
  const seconds = Math.abs(offsetMs) / 1000;
  return seconds < 1 ? clock.same : clock.apart(seconds.toFixed(seconds < 60 ? 1 : 0), offsetMs > 0);
}

function fileRow(file: ReportFile, time: SiteTime, words: ReportWords): string {
  const when =
    file.from === undefined || file.to === undefined ? "" : `${time.exact(file.from)}<br>${time.exact(file.to)}`;
  const size = `${words.bytes(file.bytes)}${file.codec === "" ? "" : `, ${words.line(file.codec)}`}`;
  return `<tr><td>${text(file.name)}</td><td>${text(file.camera)}</td><td>${when}</td><td>${text(size)}<br><code>${text(file.sha256)}</code></td></tr>`;
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0
    ? ""
    : `<h2>${text(title)}</h2>\n<ul>\n${lines.map((line) => `<li>${text(line)}</li>`).join("\n")}\n</ul>`;

/** Names come from people and devices: nothing of them is markup. */
const text = (raw: string): string =>
  raw
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

const style =
  "body{font:14px/1.45 system-ui,sans-serif;margin:2em auto;max-width:62em;padding:0 1em;color:#111;background:#fff}" +
  "table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.3em .5em;text-align:left;" +
  "vertical-align:top;overflow-wrap:anywhere}th{background:#f2f2f2}h1{font-size:1.5em}h2{font-size:1.1em}" +
  "code{font-size:.85em}@media print{body{margin:0}}";
