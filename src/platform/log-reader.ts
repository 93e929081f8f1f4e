/** Reads the log files of all processes backwards: the newest lines first, as many as are asked for. */
import { open, readdir } from "node:fs/promises";
import { logPath, olderLogPath } from "./log-file.ts";
import { redactUrl, secretNames } from "./log.ts";

export interface LogQuery {
  readonly process?: string | undefined;
  /** pino's number: this and above. */
  readonly level: number;
  readonly text?: string | undefined;
  /** Milliseconds since 1970, inclusive. */
  readonly after?: number | undefined;
  readonly limit: number;
}

export interface LogLine {
  /** The same for the same line, however often it is read. */
  readonly id: string;
  readonly at: number;
  readonly process: string;
  readonly level: number;
  readonly text: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface LogPage {
  readonly processes: readonly string[];
  /** Newest first. */
  readonly lines: readonly LogLine[];
  /** Older lines were not looked at. */
  readonly more: boolean;
}

const chunkBytes = 64 * 1024;
/** Of one file; a question that few lines answer must not read for ever. */
const mostBytes = 4 * 1024 * 1024;

export async function readLogs(folder: string, query: LogQuery): Promise<LogPage> {
  const processes = await processesWithLogs(folder);
  const wanted = processes.filter((name) => query.process === undefined || query.process === name);
  const found = await Promise.all(wanted.map((name) => linesOf(folder, name, query)));
  const lines = found.flatMap((one) => one.lines).sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  const more = lines.length > query.limit || found.some((one) => one.more);
  return { processes, lines: lines.slice(0, query.limit), more };
}

async function processesWithLogs(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.flatMap((name) => (name.endsWith(".log") ? [name.slice(0, -".log".length)] : [])).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function linesOf(folder: string, name: string, query: LogQuery): Promise<{ lines: LogLine[]; more: boolean }> {
  const lines: LogLine[] = [];
  for (const path of [logPath(folder, name), olderLogPath(folder, name)]) {
    for await (const { text, at } of backwards(path)) {
      if (text === undefined) return { lines, more: true };
      const line = parse(name, text, at);
      if (line === undefined) continue;
      if (query.after !== undefined && line.at < query.after) return { lines, more: false };
      if (!fits(line, query)) continue;
      if (lines.length === query.limit) return { lines, more: true };
      lines.push(line);
    }
  }
  return { lines, more: false };
}

function fits(line: LogLine, query: LogQuery): boolean {
  if (line.level < query.level) return false;
  if (query.text === undefined || query.text === "") return true;
  return `${line.text} ${JSON.stringify(line.details)}`.toLowerCase().includes(query.text.toLowerCase());
}

/** Whole lines of a file, the last one first, each with its place; without `text` where it gives up. */
async function* backwards(path: string): AsyncGenerator<{ readonly text?: string; readonly at: number }> {
  const file = await open(path, "r").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined) return;
  try {
    const { size } = await file.stat();
    let rest = Buffer.alloc(0);
    for (let end = size; end > 0;) {
      const start = Math.max(0, end - chunkBytes);
      const chunk = Buffer.alloc(end - start);
      await file.read(chunk, 0, chunk.length, start);
      const all = Buffer.concat([chunk, rest]);
      // what stands before the first line end belongs to the chunk before, unless this is the first
      let to = all.length;
      for (let at = all.lastIndexOf(10, to - 1); at >= 0 && to > 0; at = all.lastIndexOf(10, to - 1)) {
        if (at + 1 < to) yield { text: all.toString("utf8", at + 1, to), at: start + at + 1 };
        to = at;
      }
      rest = all.subarray(0, to);
      end = start;
      if (size - end >= mostBytes && end > 0) {
        yield { at: end };
        return;
      }
    }
    if (rest.length > 0) yield { text: rest.toString("utf8"), at: 0 };
  } finally {
    await file.close();
  }
}

function parse(name: string, text: string, at: number): LogLine | undefined {
  let line: unknown;
  try {
    line = JSON.parse(redactUrl(text), (key, value: unknown) => (secretNames.includes(key) ? "***" : value));
  } catch {
    // the line that is being written just now, or one that a crash cut off
    return undefined;
  }
  if (typeof line !== "object" || line === null) return undefined;
  const { time, level, msg, ...details } = line as Record<string, unknown>;
  delete details["process"];
  if (typeof time !== "number" || typeof level !== "number") return undefined;
  const id = `${name}-${time}-${at}`;
  return { id, at: time, process: name, level, text: typeof msg === "string" ? msg : "", details };
}
