import { assertNever } from "../kernel/machine.ts";
import type { AccountOp } from "../messages/api.ts";
import type { Direct } from "./database.ts";

type Op<Kind extends AccountOp["kind"]> = Extract<AccountOp, { kind: Kind }>;

/** Users, sessions, links and keys. The caller holds the transaction; each can be applied again without harm. */
export function applyAccount(db: Direct, op: AccountOp, at: number): void {
  switch (op.kind) {
    case "create-user":
    case "change-user":
    case "set-preferences":
    case "set-password":
    case "restore-user":
    case "remove-user":
      applyUser(db, op, at);
      return;
    case "create-session":
      createSession(db, op, at);
      return;
    case "touch-session":
      db.run(db.build.updateTable("session").set({ seen_at: at }).where("token_hash", "=", op.tokenHash));
      return;
    case "end-session":
      db.run(db.build.deleteFrom("session").where("token_hash", "=", op.tokenHash));
      return;
    case "create-link":
      db.run(db.build.deleteFrom("login_link").where("user", "=", op.user));
      db.run(
        db.build.insertInto("login_link").values({ link_hash: op.linkHash, user: op.user, expires_at: op.expiresAt }),
      );
      return;
    case "create-key":
      createKey(db, op, at);
      return;
    case "remove-key":
      db.run(db.build.deleteFrom("api_key").where("id", "=", op.id));
      return;
    default:
      return assertNever(op);
  }
}

function applyUser(
  db: Direct,
  op: Op<"create-user" | "change-user" | "set-preferences" | "set-password" | "restore-user" | "remove-user">,
  at: number,
): void {
  switch (op.kind) {
    case "create-user":
      createUser(db, op, at);
      return;
    case "change-user": {
      const set = { role: op.role, rights: JSON.stringify(op.rights) };
      db.run(db.build.updateTable("user").set(set).where("name", "=", op.name));
      return;
    }
    case "set-preferences": {
      const set = { preferences: JSON.stringify(op.preferences) };
      db.run(db.build.updateTable("user").set(set).where("name", "=", op.name));
      return;
    }
    case "set-password":
      db.run(db.build.updateTable("user").set({ password_hash: op.passwordHash }).where("name", "=", op.name));
      db.run(
        db.build
          .deleteFrom("session")
          .where("user", "=", op.name)
          .where("token_hash", "!=", op.keepSession ?? ""),
      );
      return;
    case "restore-user":
      restoreUser(db, op);
      return;
    case "remove-user":
      db.run(db.build.deleteFrom("session").where("user", "=", op.name));
      db.run(db.build.deleteFrom("login_link").where("user", "=", op.name));
      db.run(db.build.deleteFrom("user").where("name", "=", op.name));
      return;
    default:
      return assertNever(op);
  }
}

/** The first administrator is made only while there is no user at all. */
function createUser(db: Direct, op: Op<"create-user">, at: number): void {
  if (op.firstStart && db.all(db.build.selectFrom("user").select("name").limit(1)).length > 0) return;
  const row = {
    name: op.name,
    role: op.role,
    password_hash: op.passwordHash,
    created_at: at,
    rights: op.rights === undefined ? null : JSON.stringify(op.rights),
    preferences: null,
  };
  db.run(
    db.build
      .insertInto("user")
      .values(row)
      .onConflict((on) => on.column("name").doNothing()),
  );
}

function restoreUser(db: Direct, op: Op<"restore-user">): void {
  const given = {
    role: op.role,
    password_hash: op.passwordHash,
    rights: op.rights === undefined ? null : JSON.stringify(op.rights),
    preferences: op.preferences === undefined ? null : JSON.stringify(op.preferences),
  };
  db.run(
    db.build
      .insertInto("user")
      .values({ name: op.name, created_at: op.createdAt, ...given })
      .onConflict((on) => on.column("name").doUpdateSet(given)),
  );
}

function createSession(db: Direct, op: Op<"create-session">, at: number): void {
  db.run(db.build.deleteFrom("session").where("expires_at", "<=", at));
  if (op.linkHash !== undefined) db.run(db.build.deleteFrom("login_link").where("link_hash", "=", op.linkHash));
  const row = {
    token_hash: op.tokenHash,
    user: op.user,
    created_at: at,
    expires_at: op.expiresAt,
    seen_at: at,
    address: op.from?.address ?? null,
    agent: op.from?.agent ?? null,
  };
  db.run(
    db.build
      .insertInto("session")
      .values(row)
      .onConflict((on) => on.column("token_hash").doNothing()),
  );
}

function createKey(db: Direct, op: Op<"create-key">, at: number): void {
  const row = { id: op.id, name: op.name, key_hash: op.keyHash, scopes: JSON.stringify(op.scopes), created_at: at };
  db.run(
    db.build
      .insertInto("api_key")
      .values(row)
      .onConflict((on) => on.column("id").doNothing()),
  );
}
