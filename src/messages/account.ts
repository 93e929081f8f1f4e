/** What is done to accounts, sessions and keys. */
import type { ChannelRights } from "../domain/rights.ts";
import type { Language } from "../domain/site-config.ts";

/** Accounts, sessions and keys: hashing is done in the api, writing by core. */
export type AccountOp =
  | {
      readonly kind: "create-user";
      readonly name: string;
      readonly role: Role;
      readonly passwordHash: string;
      readonly firstStart: boolean;
      /** Absent: all channels. */
      readonly rights?: ChannelRights;
    }
  | { readonly kind: "change-user"; readonly name: string; readonly role: Role; readonly rights: ChannelRights }
  | { readonly kind: "set-preferences"; readonly name: string; readonly preferences: Preferences }
  /** Ends the user's sessions too, but the one that is kept. */
  | {
      readonly kind: "set-password";
      readonly name: string;
      readonly passwordHash: string;
      readonly keepSession?: string;
    }
  /** From a backup: made, or given the role, channels and password of the backup. Sessions stay. */
  | {
      readonly kind: "restore-user";
      readonly name: string;
      readonly role: Role;
      readonly passwordHash: string;
      readonly createdAt: number;
      /** Absent in backups of before there were any: all channels. */
      readonly rights?: ChannelRights;
      readonly preferences?: Preferences;
    }
  | { readonly kind: "remove-user"; readonly name: string }
  | {
      readonly kind: "create-session";
      readonly tokenHash: string;
      readonly user: string;
      readonly expiresAt: number;
      readonly from?: SessionFrom;
      /** The one-time link that it was opened by, which is spent. */
      readonly linkHash?: string;
    }
  | { readonly kind: "touch-session"; readonly tokenHash: string }
  | { readonly kind: "end-session"; readonly tokenHash: string; readonly user?: string }
  /** A one-time link that opens a session; an earlier one of the user is void. */
  | { readonly kind: "create-link"; readonly linkHash: string; readonly user: string; readonly expiresAt: number }
  | {
      readonly kind: "create-key";
      readonly id: string;
      readonly name: string;
      readonly keyHash: string;
      readonly scopes: readonly Scope[];
    }
  | { readonly kind: "remove-key"; readonly id: string };

/** A display looks at live pictures and alarms only; its session does not run out. */
export type Role = "administrator" | "operator" | "viewer" | "display";

/** How a person wants the pages. */
export interface Preferences {
  readonly language?: Language;
  readonly theme?: "light" | "dark" | "auto";
}

/** Whence a session was opened, as far as the browser said. */
export interface SessionFrom {
  readonly address: string;
  readonly agent: string;
}

/**
 * What a login or an API key may do; `live` is the part of `read` that a display needs. `trigger` keys of HTTP-trigger
 * points are apart: they belong to the point.
 */
export type Scope = "read" | "live" | "footage" | "arm" | "control" | "configure" | "metrics";
