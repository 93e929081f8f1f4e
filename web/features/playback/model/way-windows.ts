/** Which times of objects' ways are asked for around where somebody watches. Pure. */
import type { Range } from "./line.ts";

const windowMs = 120_000;
/** So much around the position is known before it is needed, ms at normal speed. */
const aroundMs = 20_000;
const mostRate = 8;
/** What happened so long ago is on the disk. */
const settleMs = 15_000;

/** One to four windows, whole ones, so that playing on, or backwards, asks for a new one now and then. */
export function wayWindows(position: number, rate: number): readonly Range[] {
  const around = aroundMs * Math.min(mostRate, Math.max(1, rate));
  const windows: Range[] = [];
  for (let from = Math.floor((position - around) / windowMs) * windowMs; from < position + around; from += windowMs)
    windows.push({ from: Math.max(0, from), to: from + windowMs });
  return windows;
}

/** Whether more may still come into a window. */
export const isOpen = ({ to }: Range, now: number): boolean => to > now - settleMs;
