/** The database-writer thread of core: the only writer. It gets batches, answers each, and ends when the port closes. */
import { parentPort, workerData } from "node:worker_threads";
import { hours } from "../kernel/time.ts";
import type { StoreIntent } from "../messages/store.ts";
import { writeBatch, type BatchResult } from "./batch.ts";
import { directOver, openForWriting, type Direct } from "./database.ts";
import { migrate } from "./migrations.ts";
import { thinJournal, type Thinning } from "./thin-journal.ts";

export interface WriterBatch {
  readonly id: number;
  readonly intents: readonly StoreIntent[];
}

export type WriterAnswer = { readonly id: number; readonly thinned?: Thinned } & BatchResult;

type Thinned = Thinning | { readonly error: string };

const port = parentPort;
if (port === null) throw new Error("writer-thread.ts runs as a worker thread only");
const { databasePath } = workerData as { databasePath: string };

let open: Direct | undefined;

function database(): Direct {
  if (open !== undefined) return open;
  const connection = openForWriting(databasePath);
  migrate(connection);
  open = directOver(connection);
  return open;
}

function answer(batch: WriterBatch): WriterAnswer {
  try {
    const result = writeBatch(database(), batch.intents);
    const thinned = result.kind === "committed" ? thin(batch.intents) : undefined;
    return { id: batch.id, ...result, ...(thinned === undefined ? {} : { thinned }) };
  } catch (error) {
    return { id: batch.id, kind: "failed", error: error instanceof Error ? error.message : String(error) };
  }
}

let thinnedOn: number | undefined;

/** The journal's turn comes once an hour at most, behind a sweep. */
function thin(intents: readonly StoreIntent[]): Thinned | undefined {
  const sweep = intents.findLast((intent) => intent.kind === "sweep-receipts");
  if (sweep?.journal === undefined) return undefined;
  const hour = Math.floor(sweep.now / hours(1));
  if (hour === thinnedOn) return undefined;
  thinnedOn = hour;
  try {
    return thinJournal(database(), sweep.journal, sweep.now);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

port.on("message", (message: WriterBatch | "close") => {
  if (message === "close") {
    open?.database.close();
    port.close();
  } else port.postMessage(answer(message));
});
