/** Reads of receipts: one, and lists of them by what their edges came of. */
import { sql, type Kysely } from "kysely";
import type { OfSources } from "../domain/edge-source.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { Tables } from "./schema.ts";

export interface ReceiptFilter {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly input?: number | undefined;
  readonly of?: OfSources | undefined;
  /** Only receipts of which an outcome is still missing. */
  readonly open?: boolean | undefined;
  /** Raised edges only that are no alarm: while disarmed, or recorded by hand. */
  readonly events?: boolean | undefined;
  /** Event id of the last receipt of the page before. */
  readonly before?: string | undefined;
  /** Instead of newest first; not together with `before`. */
  readonly oldestFirst?: boolean;
  readonly limit: number;
}

export interface ReceiptReads {
  /** Newest first unless asked otherwise. */
  receipts(filter: ReceiptFilter): Promise<Receipt[]>;
  receipt(eventId: string): Promise<Receipt | undefined>;
  /** Numbers of all inputs that there is a receipt of; 0: boards, and what was recorded by hand. */
  inputsWithReceipts(): Promise<number[]>;
}

export const receiptReads = (db: Kysely<Tables>): ReceiptReads => ({
  async receipts(filter) {
    const { of, input, ...rest } = filter;
    if (of === undefined) return (await places(db, rest, input === undefined ? {} : { input })).map(receiptOf);
    const parts = [...of.inputs.map((one) => ({ input: one })), ...of.kinds.map((kind) => ({ input: 0, kind }))].filter(
      (part) => input === undefined || part.input === input,
    );
    return newestOf(await Promise.all(parts.map((part) => places(db, rest, part))), rest);
  },
  async receipt(eventId) {
    const row = await db.selectFrom("receipt").select("json").where("event_id", "=", eventId).executeTakeFirst();
    return row === undefined ? undefined : receiptOf(row);
  },
  inputsWithReceipts: async () => (await knownInputs.execute(db)).rows.map(({ input }) => input),
});

/** One seek each, however many receipts there are. */
const knownInputs = sql<{ input: number }>`
  with recursive known (input) as (
    select min(input) from receipt
    union all select (select min(input) from receipt where input > known.input) from known where known.input is not null)
  select input from known where input is not null`;

interface Part {
  readonly input?: number;
  readonly kind?: string;
}

interface Place {
  readonly event_id: string;
  readonly at_wall: number;
  readonly json: string;
}

type Rest = Omit<ReceiptFilter, "of" | "input">;

/** The first of one input, or of all: by an index in the order of time, so that a busy street hides no door. */
async function places(db: Kysely<Tables>, filter: Rest, part: Part): Promise<Place[]> {
  const order = filter.oldestFirst === true ? "asc" : "desc";
  let query = db.selectFrom("receipt").select(["event_id", "at_wall", "json"]);
  query = query.orderBy("at_wall", order).orderBy("event_id", order);
  if (filter.since !== undefined) query = query.where("at_wall", ">=", filter.since);
  if (filter.until !== undefined) query = query.where("at_wall", "<", filter.until);
  if (part.input !== undefined) query = query.where("input", "=", part.input);
  if (part.kind !== undefined) query = query.where("kind", "=", part.kind);
  if (filter.events === true) query = query.where("alarm_id", "is", null).where("kind", "!=", "cleared");
  if (filter.open === true) query = query.where("closed_at", "is", null);
  if (filter.open === false) query = query.where("closed_at", "is not", null);
  if (filter.before !== undefined) {
    const last = sql<boolean>`(at_wall, event_id) < (select at_wall, event_id from receipt where event_id = ${filter.before})`;
    query = query.where(last);
  }
  return query.limit(filter.limit).execute();
}

/** The first of several lists that are each in order. */
function newestOf(lists: readonly (readonly Place[])[], { oldestFirst = false, limit }: Rest): Receipt[] {
  const later = (a: Place, b: Place) => a.at_wall - b.at_wall || (a.event_id < b.event_id ? -1 : 1);
  const all = lists.flat().sort((a, b) => (oldestFirst ? later(a, b) : later(b, a)));
  return all.slice(0, limit).map(receiptOf);
}

const receiptOf = ({ json }: { readonly json: string }): Receipt => JSON.parse(json) as Receipt;
