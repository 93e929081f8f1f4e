import { sql, type Kysely } from "kysely";
import type { AuditFilter, AuditRow } from "./read.ts";
import type { Tables } from "./schema.ts";

/** Lines of the audit log, the newest first. */
export async function audit(db: Kysely<Tables>, filter: AuditFilter): Promise<AuditRow[]> {
  let query = db.selectFrom("audit").selectAll().orderBy("id", "desc").limit(filter.limit);
  if (filter.before !== undefined) query = query.where("id", "<", filter.before);
  if (filter.among !== undefined) query = query.where("what", "in", filter.among);
  if (filter.notAmong !== undefined) query = query.where("what", "not in", filter.notAmong);
  if (filter.since !== undefined) query = query.where("at", ">=", filter.since);
  if (filter.until !== undefined) query = query.where("at", "<", filter.until);
  if (filter.person !== undefined) {
    const name = filter.person;
    query = query.where(
      sql<boolean>`(actor_name = ${name} collate nocase or json_extract(details, '$.name') = ${name} collate nocase)`,
    );
  }
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: { kind: row.actor_kind, name: row.actor_name },
    what: row.what,
    details: JSON.parse(row.details) as unknown,
  }));
}
