/** Whether this browser can be told by push, and if not, why and what to do. Pure. */

export interface PushFacts {
  /** HTTPS, or this very machine. */
  readonly secure: boolean;
  readonly worker: boolean;
  readonly push: boolean;
  /** An iPhone or iPad: there push exists only for pages on the home screen. */
  readonly apple: boolean;
  /** Opened from the home screen. */
  readonly standalone: boolean;
  readonly permission: "default" | "granted" | "denied";
}

/** In the order in which somebody has to deal with them. */
export type PushHindrance = "insecure" | "homeScreen" | "noPush" | "denied";

/** Why not; undefined when it can be subscribed. */
export function pushHindrance(facts: PushFacts): PushHindrance | undefined {
  if (!facts.secure) return "insecure";
  if (facts.apple && !facts.standalone) return "homeScreen";
  if (!facts.worker || !facts.push) return "noPush";
  return facts.permission === "denied" ? "denied" : undefined;
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(Chrome|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "Mac"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** What a person calls it: `Firefox · Android`. */
export function browserName(userAgent: string): string {
  const named = (list: typeof browsers) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [named(browsers), named(systems)].filter((part) => part !== undefined).join(" · ") || "Browser";
}

export const isApplePhone = (userAgent: string, touchPoints: number): boolean =>
  /\b(iPhone|iPad|iPod)\b/.test(userAgent) || (/\bMacintosh\b/.test(userAgent) && touchPoints > 1);

/** base64url without padding, as keys are written. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
