/** The player's keys (docs/design/pages.md). Pure. */
import { sizes } from "./wall.ts";

export type PlayerCommand =
  | {
      readonly kind:
        | "toggle"
        | "pause"
        | "faster"
        | "backwards"
        | "sound"
        | "snapshot"
        | "full-screen"
        | "help"
        | "export"
        | "note"
        | "boxes"
        | "all";
    }
  | { readonly kind: "mark"; readonly end: "in" | "out" }
  | { readonly kind: "skip"; readonly seconds: number }
  | { readonly kind: "frame" | "event"; readonly direction: 1 | -1 }
  | { readonly kind: "layout"; readonly players: number };

const commands: Readonly<Record<string, PlayerCommand>> = {
  " ": { kind: "toggle" },
  k: { kind: "pause" },
  l: { kind: "faster" },
  j: { kind: "backwards" },
  arrowleft: { kind: "skip", seconds: -5 },
  arrowright: { kind: "skip", seconds: 5 },
  ",": { kind: "frame", direction: -1 },
  ".": { kind: "frame", direction: 1 },
  arrowup: { kind: "event", direction: -1 },
  arrowdown: { kind: "event", direction: 1 },
  e: { kind: "export" },
  m: { kind: "sound" },
  i: { kind: "mark", end: "in" },
  o: { kind: "mark", end: "out" },
  s: { kind: "snapshot" },
  n: { kind: "note" },
  b: { kind: "boxes" },
  f: { kind: "full-screen" },
  escape: { kind: "all" },
  "?": { kind: "help" },
};

export interface KeyFacts {
  readonly key: string;
  readonly modified: boolean;
  /** What has the focus takes the key itself: a text field, an open list, and a button its space and Enter. */
  readonly target: "text" | "button" | "other";
}

export function commandOf({ key, modified, target }: KeyFacts): PlayerCommand | undefined {
  if (modified || target === "text") return undefined;
  if (target === "button" && (key === " " || key === "Enter")) return undefined;
  const players = sizes[Number(key) - 1];
  if (players !== undefined) return { kind: "layout", players };
  return commands[key.toLowerCase()];
}

/** For the list of keys: how a key is written, and the message that says what it does. */
export const keyList = [
  ["Space", "toggle"],
  ["J / K / L", "shuttle"],
  ["← / →", "skip"],
  [", / .", "frame"],
  ["↑ / ↓", "event"],
  ["I / O", "mark"],
  ["E", "export"],
  ["M", "sound"],
  ["S", "snapshot"],
  ["N", "note"],
  ["B", "boxes"],
  ["F", "fullScreen"],
  ["1 – 4", "layout"],
  ["Esc", "all"],
  ["?", "help"],
] as const;
