/** Web push: the site's key, and the phones and browsers that people subscribed. */
import type { WallTime } from "../kernel/time.ts";
import type { Language } from "./site-config.ts";

/** By which a push service knows this site (VAPID, RFC 8292): P-256, base64url. Made once; another one ends every subscription. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** One browser of one person. The address is given out by the browser's maker and is as good as a password. */
export interface PushSubscriptionSettings {
  readonly subscription: number;
  /** Name of the user. */
  readonly owner: string;
  /** What it is, for people: `Firefox on Android`. */
  readonly name: string;
  readonly since: WallTime;
  /** Of the pages where it was subscribed, for a person who chose none; absent: the site's. */
  readonly language?: Language;
  /** `https://…`: where messages for it go. */
  readonly endpoint: string;
  /** The browser's public key, base64url (RFC 8291). */
  readonly p256dh: string;
  /** The browser's secret, base64url. */
  readonly auth: string;
}

/** Of one person, and of the site: more than anybody has. */
export const mostSubscriptions = { ofOne: 20, ofAll: 500 } as const;
