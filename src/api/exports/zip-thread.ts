/** The thread in which an export's ZIP is hashed and written: nothing that the api answers waits for it. */
import { readlinkSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { openZipPart, type PartEntry } from "./zip-part.ts";

export interface ZipThreadData {
  readonly path: string;
  readonly atMs: number;
}

export type ToZip =
  | { readonly kind: "ready"; readonly name: string; readonly made: string }
  | { readonly kind: "begin"; readonly entry: PartEntry }
  /** Answered by itself, `free`, with the same memory. */
  | { readonly kind: "bytes"; readonly memory: ArrayBuffer; readonly length: number }
  | { readonly kind: "finish" }
  | { readonly kind: "end" }
  | { readonly kind: "leave" };

export type FromZip =
  | { readonly kind: "free"; readonly memory: ArrayBuffer }
  | { readonly kind: "answer"; readonly value: unknown }
  | { readonly kind: "failed"; readonly message: string };

const port = parentPort;
if (port === null) throw new Error("zip-thread.ts runs as a worker thread only");

/** Behind the rest of its process when there is not enough processor for all. */
function stepBack(): void {
  // "<pid>/task/<thread>"; elsewhere threads have no priority of their own
  const thread = process.platform === "linux" ? Number(readlinkSync("/proc/thread-self").split("/").at(-1)) : undefined;
  if (thread !== undefined) setPriority(thread, Math.min(19, getPriority(thread) + 5));
}

stepBack();
const { path, atMs } = workerData as ZipThreadData;
const zip = openZipPart(path, atMs);

function answer(message: Exclude<ToZip, { kind: "bytes" }>): unknown {
  switch (message.kind) {
    case "ready":
      return zip.ready(message.name, message.made);
    case "begin":
      return zip.begin(message.entry);
    case "finish":
      return zip.finish();
    case "end":
      return zip.end();
    case "leave":
      port?.close();
      zip.leave();
      return undefined;
  }
}

port.on("message", (message: ToZip) => {
  try {
    if (message.kind === "bytes") {
      zip.write(new Uint8Array(message.memory, 0, message.length));
      port.postMessage({ kind: "free", memory: message.memory } satisfies FromZip, [message.memory]);
    } else port.postMessage({ kind: "answer", value: answer(message) } satisfies FromZip);
  } catch (error) {
    port.postMessage({
      kind: "failed",
      message: error instanceof Error ? error.message : String(error),
    } satisfies FromZip);
  }
});
