import type { Kysely } from "kysely";
import type { Role, Scope } from "../messages/api.ts";
import type { Tables } from "./schema.ts";

export interface User {
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
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
  sessionUser(tokenHash: string, now: number): Promise<User | undefined>;
  keys(): Promise<ApiKey[]>;
  /** With the hashes, for a backup. */
  accountsWithHashes(): Promise<AccountsWithHashes>;
  keyByHash(keyHash: string): Promise<ApiKey | undefined>;
}

interface UserRow {
  readonly name: string;
  readonly role: string;
  readonly created_at: number;
}

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: string;
  readonly created_at: number;
}

const userOf = (row: UserRow): User => ({ name: row.name, role: row.role as Role, createdAt: row.created_at });

const keyOf = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  scopes: JSON.parse(row.scopes) as Scope[],
  createdAt: row.created_at,
});

const keyColumns = ["id", "name", "scopes", "created_at"] as const;

export const accountReads = (db: Kysely<Tables>): AccountReads => ({
  async users() {
    const rows = await db.selectFrom("user").select(["name", "role", "created_at"]).orderBy("name").execute();
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
      .select(["user.name", "user.role", "user.created_at"])
      .where("session.token_hash", "=", tokenHash)
      .where("session.expires_at", ">", now)
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
