/** Which files an export is made of: each camera's footage, a file for each run without a hole or changed settings. */
import { createHash } from "node:crypto";
import type { Mp4Part } from "../../media/mp4/virtual-mp4.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import type { OpenFootage } from "../ports.ts";
import type { ApiDeps } from "../ports.ts";

/** One camera's span, wall time in ms. */
export interface ExportSpan {
  readonly channel: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface PlannedFile {
  readonly name: string;
  readonly span: ExportSpan;
  readonly part: Mp4Part<string>;
  readonly footage: OpenFootage;
}

/** Says which bytes a part has: of the same text, they are the same. */
export function madeOf({ pieces }: Pick<Mp4Part<string>, "pieces">): string {
  const hash = createHash("sha256");
  for (const piece of pieces)
    hash.update(piece.kind === "bytes" ? piece.bytes : `${piece.source} ${piece.offset} ${piece.length}\n`);
  return hash.digest("hex");
}

/** A pause between segments that is longer than this is a hole: what follows gets a file of its own. */
const longestPauseMs = 1000;

/** Opens the footage of every span. A camera of which nothing is there has no file. */
export async function planFiles(
  deps: Pick<ApiDeps, "reads" | "footage">,
  spans: readonly ExportSpan[],
  audio: boolean,
): Promise<PlannedFile[]> {
  const files: PlannedFile[] = [];
  for (const span of spans) {
    const rows = await deps.reads.segments(span.channel, { from: span.from, to: span.to });
    const opened: { readonly part: Mp4Part<string>; readonly footage: OpenFootage }[] = [];
    for (const run of runsOf(rows, span)) {
      const footage = await deps.footage.open({ channel: span.channel, fromMs: run.from, toMs: run.to, audio });
      opened.push(...footage.parts.map((part) => ({ part, footage })));
    }
    opened.forEach((one, i) => files.push({ ...one, span, name: fileName(span, i, opened.length) }));
  }
  return files;
}

/** Runs of segments without a hole, cut to the span; where one ends, half of the hole still counts to it. */
export function runsOf(
  rows: readonly Pick<SegmentRow, "startWall" | "endWall">[],
  span: Pick<ExportSpan, "from" | "to">,
): { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  let end = -Infinity;
  for (const row of rows) {
    const last = runs.at(-1);
    if (last !== undefined && row.startWall - end > longestPauseMs) {
      const middle = (end + row.startWall) / 2;
      last.to = middle;
      runs.push({ from: middle, to: span.to });
    } else if (last === undefined) runs.push({ from: span.from, to: span.to });
    end = Math.max(end, row.endWall);
  }
  return runs;
}

/** `camera-03-back-yard-part-2.mp4`: what any file system takes. */
export function fileName({ channel, name }: Pick<ExportSpan, "channel" | "name">, index: number, of: number): string {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const words = plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40);
  const part = of > 1 ? `-part-${index + 1}` : "";
  return `camera-${String(channel).padStart(2, "0")}${words === "" ? "" : `-${words}`}${part}.mp4`;
}
