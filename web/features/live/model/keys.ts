/** What a key means on the live page. Pure. */
import type { ViewLayout } from "../../../../src/domain/site-config.ts";
import type { Direction } from "./arrangement.ts";

export type LiveKey =
  | { readonly kind: "layout"; readonly layout: ViewLayout }
  /** The n-th saved view, from 0. */
  | { readonly kind: "view"; readonly index: number }
  | { readonly kind: "go"; readonly direction: Direction }
  | { readonly kind: "page"; readonly by: 1 | -1 }
  | { readonly kind: "back" | "full-screen" | "help" | "boxes" }
  | { readonly kind: CameraKey };

/** About the camera that has the focus, or is enlarged. */
export type CameraKey = "enlarge" | "snapshot" | "record" | "sound" | "camera-boxes";

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const fixed: Readonly<Record<string, LiveKey>> = {
  "0": { kind: "layout", layout: "auto" },
  "1": { kind: "layout", layout: 1 },
  "2": { kind: "layout", layout: 4 },
  "3": { kind: "layout", layout: 9 },
  "4": { kind: "layout", layout: 16 },
  ArrowLeft: { kind: "go", direction: "left" },
  ArrowRight: { kind: "go", direction: "right" },
  ArrowUp: { kind: "go", direction: "up" },
  ArrowDown: { kind: "go", direction: "down" },
  PageDown: { kind: "page", by: 1 },
  PageUp: { kind: "page", by: -1 },
  Enter: { kind: "enlarge" },
  Escape: { kind: "back" },
  s: { kind: "snapshot" },
  r: { kind: "record" },
  m: { kind: "sound" },
  b: { kind: "boxes" },
  d: { kind: "camera-boxes" },
  f: { kind: "full-screen" },
  "?": { kind: "help" },
};

/** Undefined for keys that are not ours: those of the browser and of the site's search. */
export function liveKey({ key, ctrlKey, metaKey, altKey }: Pressed): LiveKey | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (/^[5-9]$/.test(key)) return { kind: "view", index: Number(key) - 5 };
  return fixed[key.length === 1 ? key.toLowerCase() : key];
}
