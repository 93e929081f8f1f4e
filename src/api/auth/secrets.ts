import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** What is stored of a session token or an API key. They are 256 random bits, so a plain hash can't be guessed back. */
export const tokenHash = (token: string): string => digest(token).toString("hex");

/** Compares secrets in a time that says nothing about them, whatever their lengths. */
export const equalSecrets = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

export const keyPrefix = "reed_";
export const sessionCookie = "reed_session";
/** Milliseconds that a login lasts. */
export const sessionMs = 30 * 86_400_000;

/** When the session of a display runs out: never, as far as a date can say. */
export const neverMs = 8.64e15;
/** Milliseconds that a browser keeps a cookie at most (RFC 6265bis §5.5); a display's is set anew while it is used. */
export const longestCookieMs = 400 * 86_400_000;

export const newToken = (random: (bytes: number) => Uint8Array): string =>
  Buffer.from(random(32)).toString("base64url");
