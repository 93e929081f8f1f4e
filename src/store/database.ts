import Sqlite from "better-sqlite3";
import { Kysely, SqliteDialect, type CompiledQuery } from "kysely";
import type { Tables } from "./schema.ts";

export type Database = Sqlite.Database;

/** Milliseconds that a connection waits for another one's lock. */
const busyTimeoutMs = 5000;

/** Opens for writing; the file is made when it is missing, readable only by this user. */
export function openForWriting(path: string): Database {
  const database = new Sqlite(path, { timeout: busyTimeoutMs });
  database.pragma("journal_mode = WAL");
  // in WAL mode NORMAL can lose the last commits in a power cut but never consistency; the journals have them, or the
  // batch is committed with FULL (batch.ts)
  database.pragma("synchronous = NORMAL");
  return database;
}

/** Opens for reading only; throws when the file is missing. */
export function openForReading(path: string): Database {
  return new Sqlite(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
}

export const kyselyOver = (database: Database): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });

/** Runs queries that Kysely has only typed and compiled, at once and inside a transaction of better-sqlite3. */
export interface Direct {
  readonly build: Kysely<Tables>;
  run(query: { compile(): CompiledQuery }): void;
  all<Row>(query: { compile(): CompiledQuery<Row> }): Row[];
  readonly database: Database;
}

export function directOver(database: Database): Direct {
  const statements = new Map<string, Sqlite.Statement>();
  const prepared = (sql: string) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    build: kyselyOver(database),
    database,
    run(query) {
      const { sql, parameters } = query.compile();
      prepared(sql).run(...parameters);
    },
    all<Row>(query: { compile(): CompiledQuery<Row> }) {
      const { sql, parameters } = query.compile();
      return prepared(sql).all(...parameters) as Row[];
    },
  };
}
