import type { Kysely } from "kysely";
import { allChannels, rightsOfRole, type ChannelRights } from "../domain/rights.ts";
import type { Preferences, Role, Scope } from "../messages/api.ts";
import type { Tables } from "./schema.ts";

export interface User {
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  /** Which channels they may see; what the role leaves of it. */
  readonly rights: ChannelRights;
  readonly preferences: Preferences;
}

/** The user of a session, and the session. */
export interface SessionUser extends User {
  readonly expiresAt: number;
  readonly seenAt: number;
}

export interface Session {
  readonly tokenHash: string;
  readonly user: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly seenAt: number;
  /** Empty when nobody said. */
  readonly address: string;
  readonly agent: string;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
}

export interface AccountsWithHashes {
  readonly users: readonly (User & { readonly passwordHash: string })[];
  readonly keys: readonly (ApiKey & { readonly keyHash: string })[];
}

export interface AccountReads {
  users(): Promise<User[]>;
  /** Names are compared without regard to case. */
  userForLogin(name: string): Promise<(User & { readonly passwordHash: string }) | undefined>;
  /** The user of a session that has not run out. */
  sessionUser(tokenHash: string, now: number): Promise<SessionUser | undefined>;
  /** Those that have not run out, of one user or of all, the newest first. */
  sessions(filter: { readonly user?: string | undefined; readonly now: number }): Promise<Session[]>;
  /** The user of a one-time link that is still good. */
  linkUser(linkHash: string, now: number): Promise<User | undefined>;
  keys(): Promise<ApiKey[]>;
  /** With the hashes, for a backup. */
  accountsWithHashes(): Promise<AccountsWithHashes>;
  keyByHash(keyHash: string): Promise<ApiKey | undefined>;
}

interface UserRow {
  readonly name: string;
  readonly role: string;
  readonly created_at: number;
  readonly rights: string | null;
  readonly preferences: string | null;
}

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: string;
  readonly created_at: number;
}

/** A row of the table, with what the role leaves of the rights. */
export function userOf(row: UserRow): User {
  const role = row.role as Role;
  const given = row.rights === null ? allChannels : (JSON.parse(row.rights) as ChannelRights);
  return {
    name: row.name,
    role,
    createdAt: row.created_at,
    rights: rightsOfRole(role, given),
    preferences: row.preferences === null ? {} : (JSON.parse(row.preferences) as Preferences),
  };
}

const keyOf = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  scopes: JSON.parse(row.scopes) as Scope[],
  createdAt: row.created_at,
});

const sessionOf = (row: Tables["session"]): Session => ({
  tokenHash: row.token_hash,
  user: row.user,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  seenAt: row.seen_at ?? row.created_at,
  address: row.address ?? "",
  agent: row.agent ?? "",
});

const keyColumns = ["id", "name", "scopes", "created_at"] as const;
const userColumns = ["user.name", "user.role", "user.created_at", "user.rights", "user.preferences"] as const;

export const accountReads = (db: Kysely<Tables>): AccountReads => ({
  async users() {
    const rows = await db.selectFrom("user").select(userColumns).orderBy("name").execute();
    return rows.map(userOf);
  },
  async userForLogin(name) {
    const row = await db.selectFrom("user").selectAll().where("name", "=", name).executeTakeFirst();
    return row === undefined ? undefined : { ...userOf(row), passwordHash: row.password_hash };
  },
  async sessionUser(tokenHash, now) {
    const row = await db
      .selectFrom("session")
      .innerJoin("user", "user.name", "session.user")
      .select([...userColumns, "session.expires_at", "session.seen_at", "session.created_at as opened_at"])
      .where("session.token_hash", "=", tokenHash)
      .where("session.expires_at", ">", now)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return { ...userOf(row), expiresAt: row.expires_at, seenAt: row.seen_at ?? row.opened_at };
  },
  async sessions({ user, now }) {
    const all = db.selectFrom("session").selectAll().where("expires_at", ">", now).orderBy("created_at", "desc");
    const rows = await (user === undefined ? all : all.where("user", "=", user)).execute();
    return rows.map(sessionOf);
  },
  async linkUser(linkHash, now) {
    const row = await db
      .selectFrom("login_link")
      .innerJoin("user", "user.name", "login_link.user")
      .select(userColumns)
      .where("login_link.link_hash", "=", linkHash)
      .where("login_link.expires_at", ">", now)
      .executeTakeFirst();
    return row === undefined ? undefined : userOf(row);
  },
  async keys() {
    return (await db.selectFrom("api_key").select(keyColumns).orderBy("created_at").execute()).map(keyOf);
  },
  async accountsWithHashes() {
    const users = await db.selectFrom("user").selectAll().orderBy("name").execute();
    const keys = await db.selectFrom("api_key").selectAll().orderBy("created_at").execute();
    return {
      users: users.map((row) => ({ ...userOf(row), passwordHash: row.password_hash })),
      keys: keys.map((row) => ({ ...keyOf(row), keyHash: row.key_hash })),
    };
  },
  async keyByHash(keyHash) {
    const row = await db.selectFrom("api_key").select(keyColumns).where("key_hash", "=", keyHash).executeTakeFirst();
    return row === undefined ? undefined : keyOf(row);
  },
});
