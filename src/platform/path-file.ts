/**
 * Where objects were before one camera, on disk: `<channel>/<yyyy-mm-dd>/<hhmm>.paths` (UTC, ten minutes), a line of JSON
 * for each piece of an object's way, appended every few seconds while it is there. A piece lies in the file in which it
 * begins. A line that is not whole is left out.
 */
import { join } from "node:path";
import { dayMs, startOfDay, utcDay } from "./day-files.ts";
import { appendJsonLines, readJsonLines } from "./json-lines.ts";

/** No piece is longer on disk: who reads looks no further back. */
export const longestPieceMs = 20_000;
const fileMs = 600_000;
/** Bytes of a file that are read at most: 64 objects at once, all of the time. */
const mostBytes = 8 * 1024 * 1024;

/** A point of the board that the object closed, and when, ms since 1970. */
export interface Tripped {
  readonly point: number;
  readonly at: number;
}

/** Where it was at a time, ms since 1970; parts of the picture. */
export interface PathPlace {
  readonly at: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface PathPiece {
  /** Of its object: first seen (ms since 1970) and number. */
  readonly id: string;
  readonly label: string;
  /** The best so far, 0–1. */
  readonly confidence: number;
  /** In order; at least one. */
  readonly steps: readonly PathPlace[];
  /** In this piece. */
  readonly tripped: readonly Tripped[];
}

/** A line: places are thousandths of the picture, times ms after `at`. */
interface Line {
  readonly id: string;
  readonly label: string;
  readonly sure: number;
  readonly at: number;
  readonly path: readonly (readonly number[])[];
  readonly tripped?: readonly (readonly number[])[];
}

export async function addPieces(folder: string, pieces: readonly PathPiece[]): Promise<void> {
  const files = new Map<string, Line[]>();
  for (const piece of pieces.flatMap(inShortPieces)) {
    const file = fileOf(folder, startOf(piece));
    files.set(file, [...(files.get(file) ?? []), lineOf(piece)]);
  }
  for (const [file, lines] of files) await appendJsonLines(file, lines);
}

/** One that was long in memory (no picture came for a while) is written as several. */
function inShortPieces(piece: PathPiece): readonly PathPiece[] {
  const parts: PathPlace[][] = [];
  for (const step of piece.steps) {
    const part = parts.at(-1);
    const begun = part?.[0]?.at;
    if (part === undefined || begun === undefined || step.at - begun > longestPieceMs) parts.push([step]);
    else part.push(step);
  }
  if (parts.length <= 1) return [piece];
  return parts.map((steps, index) => {
    const [from, next] = [index === 0 ? -Infinity : (steps[0]?.at ?? 0), parts[index + 1]?.[0]?.at ?? Infinity];
    return { ...piece, steps, tripped: piece.tripped.filter(({ at }) => at >= from && at < next) };
  });
}

/** Pieces that reach into [from, to), ms since 1970; in the order in which they begin. */
export async function readPieces(folder: string, from: number, to: number): Promise<readonly PathPiece[]> {
  const found: PathPiece[] = [];
  for (let at = Math.floor((from - longestPieceMs) / fileMs) * fileMs; at < to; at += fileMs) {
    for (const line of (await readJsonLines(fileOf(folder, at), mostBytes)).filter(isLine)) {
      const piece = pieceOf(line);
      if (startOf(piece) < to && endOf(piece) >= from) found.push(piece);
    }
  }
  return found.sort((a, b) => startOf(a) - startOf(b));
}

export const startOf = ({ steps }: PathPiece): number => steps[0]?.at ?? 0;
export const endOf = ({ steps }: PathPiece): number => steps.at(-1)?.at ?? 0;

function fileOf(folder: string, wall: number): string {
  const minutes = Math.floor((wall - startOfDay(wall)) / fileMs) * (fileMs / 60_000);
  const name = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join("");
  return join(folder, utcDay(wall), `${name}.paths`);
}

function lineOf(piece: PathPiece): Line {
  const { id, label, confidence, steps, tripped } = piece;
  const at = startOf(piece);
  const thousandths = (part: number): number => Math.round(part * 1000);
  return {
    ...{ id, label, sure: thousandths(confidence), at },
    path: steps.map(({ at: wall, box: { x, y, width, height } }) => [
      wall - at,
      ...[x, y, width, height].map(thousandths),
    ]),
    ...(tripped.length === 0 ? {} : { tripped: tripped.map((one) => [one.point, one.at - at]) }),
  };
}

function pieceOf({ id, label, sure, at, path, tripped = [] }: Line): PathPiece {
  const steps = path.map(([ms = 0, x = 0, y = 0, width = 0, height = 0]) => ({
    at: at + ms,
    box: { x: x / 1000, y: y / 1000, width: width / 1000, height: height / 1000 },
  }));
  const trips = tripped.map(([point = 0, ms = 0]) => ({ point, at: at + ms }));
  return { id, label, confidence: sure / 1000, steps, tripped: trips };
}

const isNumber = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value);
const areNumbers = (value: unknown, count: number): boolean =>
  Array.isArray(value) && value.length === count && value.every(isNumber);

function isLine(value: unknown): value is Line {
  if (typeof value !== "object" || value === null) return false;
  const { id, label, sure, at, path, tripped = [] } = value as Partial<Record<keyof Line, unknown>>;
  return (
    typeof id === "string" &&
    /^\d+-\d+$/.test(id) &&
    typeof label === "string" &&
    [sure, at].every(isNumber) &&
    Math.abs(Number(at)) < 1e5 * dayMs &&
    Array.isArray(path) &&
    path.length > 0 &&
    path.every((point) => areNumbers(point, 5)) &&
    Array.isArray(tripped) &&
    tripped.every((one) => areNumbers(one, 2))
  );
}
