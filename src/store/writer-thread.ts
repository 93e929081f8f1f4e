/** The database-writer thread of core: the only writer. It gets batches, answers each, and ends when the port closes. */
import { parentPort, workerData } from "node:worker_threads";
import type { StoreIntent } from "../messages/store.ts";
import { writeBatch, type BatchResult } from "./batch.ts";
import { directOver, openForWriting, type Direct } from "./database.ts";
import { migrate } from "./migrations.ts";

export interface WriterBatch {
  readonly id: number;
  readonly intents: readonly StoreIntent[];
}

export type WriterAnswer = { readonly id: number } & BatchResult;

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
    return { id: batch.id, ...writeBatch(database(), batch.intents) };
  } catch (error) {
    return { id: batch.id, kind: "failed", error: error instanceof Error ? error.message : String(error) };
  }
}

port.on("message", (message: WriterBatch | "close") => {
  if (message === "close") {
    open?.database.close();
    port.close();
  } else port.postMessage(answer(message));
});
