/** Walk tests and the receipts of their trips, as the api reads them. */
import { sql, type Kysely } from "kysely";
import type { Receipt } from "../domain/receipt.ts";
import type { WalkRecord } from "../domain/walk-test.ts";
import type { Tables } from "./schema.ts";

export interface WalkReads {
  /** Newest first; the one that runs is among them. */
  walkTests(limit: number): Promise<WalkRecord[]>;
  walkTest(walkId: string): Promise<WalkRecord | undefined>;
  /** Receipts of its trips, oldest first. */
  receiptsOfWalk(walk: Pick<WalkRecord, "walkId" | "inputs">): Promise<Receipt[]>;
}

/** More trips than anybody walks. */
const mostTrips = 20_000;

export const walkReads = (db: Kysely<Tables>): WalkReads => ({
  async walkTests(limit) {
    const rows = await db.selectFrom("walk_test").select("json").orderBy("since", "desc").limit(limit).execute();
    return rows.map(({ json }) => JSON.parse(json) as WalkRecord);
  },
  async walkTest(walkId) {
    const row = await db.selectFrom("walk_test").select("json").where("walk_id", "=", walkId).executeTakeFirst();
    return row === undefined ? undefined : (JSON.parse(row.json) as WalkRecord);
  },
  async receiptsOfWalk({ walkId, inputs }) {
    if (inputs.length === 0) return [];
    const found = sql<boolean>`at_wall >= (select since - 86400000 from walk_test where walk_id = ${walkId})`;
    const rows = await db
      .selectFrom("receipt")
      .select("json")
      .where("input", "in", inputs)
      .where(found)
      .where(sql<string>`json_extract(json, '$.edge.walk')`, "=", walkId)
      .orderBy("at_wall")
      .limit(mostTrips)
      .execute();
    return rows.map(({ json }) => JSON.parse(json) as Receipt);
  },
});
