/** The page that lies beside the footage: what, when, from where, with what outcome, and what it does not prove. */
import { notice } from "../../contract/state.ts";
import type { ExportFile } from "../../contract/export.ts";
import type { SiteTime } from "./site-time.ts";

export interface ReportFile extends ExportFile {
  readonly camera: string;
  readonly codec: string;
}

export interface Report {
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
  readonly files: readonly ReportFile[];
  /** Cameras of which there is nothing, and holes, each as a sentence. */
  readonly missing: readonly string[];
}

/** Plain HTML that needs nothing else and prints on one page for a usual alarm. */
export function reportHtml(report: Report, time: SiteTime): string {
  const rows: readonly (readonly [string, string])[] = [
    ["Site", report.site],
    ["What", report.title],
    ...(report.alarm === undefined ? [] : ([["Alarm", report.alarm]] as const)),
    ["From", time.exact(report.from)],
    ["To", time.exact(report.to)],
    ["Time zone", time.zone],
    ["Clock", clockSentence(report.clockOffsetMs)],
    ["Reason", report.reason],
    ["Recipient", report.recipient],
    ["Saved by", `${report.by}, ${time.exact(report.at)}`],
    ["Kept here", report.locked ? "The footage is locked on the recorder: it stays until somebody releases it." : "no"],
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${text(report.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>Footage from ${text(report.site)}</h1>
<table>
${rows.map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`).join("\n")}
</table>
<h2>Files</h2>
<table>
<tr><th>File</th><th>Camera</th><th>First and last picture</th><th>Size and SHA-256</th></tr>
${report.files.map((file) => fileRow(file, time)).join("\n")}
</table>
${section("What is missing", report.missing)}
${section("What was recorded and done", report.receipts)}
<h2>What this is, and what it does not prove</h2>
<ul>
${limits.map((line) => `<li>${text(line)}</li>`).join("\n")}
</ul>
<p>${text(`Reed ${report.version}. ${notice}`)}</p>
</body>
</html>
`;
}

function clockSentence(offsetMs: number | undefined): string {
  if (offsetMs === undefined) return "All times are of the recorder's own clock; it was compared with no other.";
  const seconds = Math.abs(offsetMs) / 1000;
  const how =
    seconds < 1
      ? "the same to within a second as"
      : `${seconds.toFixed(seconds < 60 ? 1 : 0)} s ${offsetMs > 0 ? "ahead of" : "behind"}`;
  return `All times are of the recorder's own clock. When this was saved it was ${how} the clock of the device from which it was asked for.`;
}

function fileRow(file: ReportFile, time: SiteTime): string {
  const when =
    file.from === undefined || file.to === undefined ? "" : `${time.exact(file.from)}<br>${time.exact(file.to)}`;
  const size = `${file.bytes.toLocaleString("en-GB")} bytes${file.codec === "" ? "" : `, ${file.codec}`}`;
  return `<tr><td>${text(file.name)}</td><td>${text(file.camera)}</td><td>${when}</td><td>${text(size)}<br><code>${text(file.sha256)}</code></td></tr>`;
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0
    ? ""
    : `<h2>${text(title)}</h2>\n<ul>\n${lines.map((line) => `<li>${text(line)}</li>`).join("\n")}\n</ul>`;

const limits: readonly string[] = [
  "The pictures are those that the cameras sent: nothing was encoded again, except in files that are marked as a COPY. Each file begins at the key frame at or before its time.",
  "A SHA-256 shows that a file was not changed since this page was written. It does not show who wrote the page, nor that the camera's picture was true.",
  "The times say when the pictures reached the recorder, or what the camera's own clock said where that was sound; they are as good as these clocks.",
  "This page and the receipts were written by the recorder itself; nobody else has witnessed them.",
];

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
