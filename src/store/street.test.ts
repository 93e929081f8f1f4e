import assert from "node:assert/strict";
import { test } from "node:test";
import { Kysely, SqliteDialect, type CompiledQuery } from "kysely";
import { days } from "../kernel/time.ts";
import { receiptRow } from "../testkit/store-rows.ts";
import { streetDay } from "../testkit/street-rows.ts";
import { applyIntent } from "./apply.ts";
import { directOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";
import { alarmReads } from "./read-alarms.ts";
import { receiptReads } from "./read-receipts.ts";
import type { Tables } from "./schema.ts";

const from = 1_800_057_600_000;
const cameras = 3;
const doorInput = 99;

/** So many days of busy streets, and a door twice a day behind them. */
function street(lasts: number) {
  const database = openForWriting(":memory:");
  migrate(database);
  const direct = directOver(database);
  for (let day = 0; day < lasts; day++) {
    for (const intent of streetDay({ cameras, motionsADay: 200, from }, day)) applyIntent(direct, intent);
    for (const half of [0, 0.5]) {
      const row = receiptRow(`door-${day}-${half}`, from + days(day + half), { closedAt: from as never });
      applyIntent(direct, { kind: "receipt", receipt: { ...row, edge: { ...row.edge, input: doorInput } } });
    }
  }
  let queries: CompiledQuery[] = [];
  let rows = 0;
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database }),
    log: ({ query }) => void queries.push(query),
  }).withPlugin({
    transformQuery: ({ node }) => node,
    transformResult({ result }) {
      rows += result.rows.length;
      return Promise.resolve(result);
    },
  });
  const planOf = ({ sql, parameters }: CompiledQuery) =>
    (database.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]).map((row) => row.detail);
  return {
    receipts: receiptReads(db),
    alarms: alarmReads(db),
    /** How many rows an answer took, and what it walked through, but for an index of no more than what is open. */
    async work(ask: () => Promise<unknown>) {
      queries = [];
      rows = 0;
      await ask();
      return {
        rows,
        scans: queries
          .flatMap(planOf)
          .filter((line) => /^SCAN receipt (?!USING INDEX receipt_open)|TEMP B-TREE/.test(line)),
      };
    },
  };
}

type Site = ReturnType<typeof street>;

const motion = { inputs: [1, 2, 3], kinds: [] };
const doors = { inputs: [doorInput], kinds: ["tamper", "manual"] } as const;

/** What pages ask for. */
const asked: Readonly<Record<string, (site: Site) => Promise<unknown>>> = {
  "events that are no motion": ({ receipts }) => receipts.receipts({ of: doors, events: true, limit: 50 }),
  "events of all sources": ({ receipts }) => receipts.receipts({ events: true, limit: 50 }),
  "motion of all cameras": ({ receipts }) => receipts.receipts({ of: motion, events: true, limit: 50 }),
  "an hour": ({ receipts }) => receipts.receipts({ since: from, until: from + days(1 / 24), limit: 100 }),
  "a camera's day": ({ receipts }) => receipts.receipts({ input: 1, since: from, until: from + days(1), limit: 100 }),
  "what is open": ({ receipts }) => receipts.receipts({ open: true, limit: 50 }),
  "inputs with receipts": ({ receipts }) => receipts.inputsWithReceipts(),
  "the inbox": ({ alarms }) => alarms.alarms({ limit: 50 }),
  "how many nobody has seen": ({ alarms }) => alarms.unacknowledged(),
};

test("lists take no more rows of a long time than of a short one, and none walks through the receipts", async () => {
  const [short, long] = [street(2), street(12)];
  for (const [what, ask] of Object.entries(asked)) {
    const [few, many] = [await short.work(() => ask(short)), await long.work(() => ask(long))];
    // from the newest on, where every second one fits
    const inOrder = what === "events of all sources" ? ["SCAN receipt USING INDEX receipt_by_time"] : [];
    assert.deepEqual(many.scans, inOrder, what);
    // each source gives a page of its own
    assert.ok(many.rows <= 150 && many.rows <= few.rows + 50, `${what}: ${few.rows}, ${many.rows} rows`);
  }
});

test("the page behind the first begins where that ended, by a seek", async () => {
  const long = street(4);
  const page = await long.receipts.receipts({ of: motion, events: true, limit: 20 });
  const before = page.at(-1)?.edge.eventId;
  const { rows, scans } = await long.work(() => long.receipts.receipts({ of: motion, before, limit: 20 }));
  assert.ok(rows <= 60, String(rows));
  assert.deepEqual(scans, []);
});
