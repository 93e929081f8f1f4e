import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { ApiToCore, CoreToApi } from "../messages/api.ts";
import type { CoreToRecorder, RecorderToCore } from "../messages/recorder.ts";
import { listenLines, type Lines } from "../platform/lines.ts";
import type { Log } from "../platform/log.ts";

type Hello = Extract<RecorderToCore | ApiToCore, { kind: "hello" }>;

/** A connection whose other end has said who it is. Handlers are set before the next message is read. */
export type RecorderLine = Lines<RecorderToCore, CoreToRecorder>;
export type ApiLine = Lines<ApiToCore, CoreToApi>;

export interface FrontDoorDeps {
  readonly socketPath: string;
  readonly log: Log;
  recorder(hello: Extract<Hello, { role: "recorder" }>, line: RecorderLine): void;
  /** All others: api, analysis, those of buckets. */
  client(hello: Exclude<Hello, { role: "recorder" }>, line: ApiLine): void;
}

/** Listens on core's Unix socket and hands each connection to the room that its hello names. */
export async function openFrontDoor(deps: FrontDoorDeps): Promise<AsyncDisposable> {
  const folder = dirname(deps.socketPath);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const open = new Set<Lines<RecorderToCore | ApiToCore, CoreToRecorder | CoreToApi>>();
  const server = await listenLines<RecorderToCore | ApiToCore, CoreToRecorder | CoreToApi>(deps.socketPath, (lines) => {
    open.add(lines);
    lines.onClose(() => open.delete(lines));
    greet(deps, lines);
  });
  return {
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const lines of open) lines.close();
        server.close(() => resolve());
      }),
  };
}

/** Waits for the hello; until then nothing else is taken from the connection. */
export function greet(
  deps: Pick<FrontDoorDeps, "log" | "recorder" | "client">,
  lines: Lines<RecorderToCore | ApiToCore, CoreToRecorder | CoreToApi>,
): void {
  let greeted = false;
  lines.onMessage((message) => {
    if (greeted) return;
    greeted = true;
    if (message.kind !== "hello") {
      deps.log.error({ kind: message.kind }, "a connection began without a hello and is closed");
      lines.close();
    } else if (message.role === "recorder") deps.recorder(message, lines as RecorderLine);
    else deps.client(message, lines as ApiLine);
  });
}
