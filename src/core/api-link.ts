import type { Result } from "../kernel/result.ts";
import type { Actor, ApiToCore, Command, CommandError, CoreToApi } from "../messages/api.ts";
import type { Log } from "../platform/log.ts";
import type { ApiLine } from "./front-door.ts";
import type { LiveBook } from "./live-book.ts";

type ClientHello = Extract<ApiToCore, { kind: "hello" }>;

/** What may wait for one client; one that reads slower than this is cut off and begins again with a snapshot. */
const mostQueuedBytes = 32 * 1024 * 1024;

export interface ApiLinkDeps {
  readonly log: Log;
  readonly live: LiveBook;
  execute(actor: Actor, command: Command): Promise<Result<unknown, CommandError>>;
  /** The detection process is there. */
  detection(line: ApiLine): void;
  /** False: it is wanted no more. */
  up(role: ClientHello["role"], index: number, pid: number): boolean;
  down(role: ClientHello["role"], index: number): void;
}

export interface ApiLink {
  accept(hello: ClientHello, line: ApiLine): void;
  /** Everybody gets a new snapshot: rows are gone from the state, which no delta says. */
  refresh(): void;
  /** Asks every client to end. */
  stop(): void;
}

/** core's side of the connections of api and analysis processes: a snapshot, numbered deltas, answers to commands. */
export function startApiLink(deps: ApiLinkDeps): ApiLink {
  const readers = new Set<ApiLine>();
  const clients = new Set<ApiLine>();
  deps.live.onEvent((seq, event) => {
    for (const line of readers) send(line, { kind: "event", seq, event });
  });
  const send = (line: ApiLine, message: CoreToApi) => {
    line.send(message);
    if (line.queued <= mostQueuedBytes) return;
    deps.log.error({ queued: line.queued }, "a client does not read what it is sent and is cut off");
    readers.delete(line);
    line.close();
  };
  const snapshot = (): CoreToApi => ({ kind: "snapshot", seq: deps.live.seq, state: deps.live.snapshot() });
  return {
    refresh() {
      for (const line of readers) send(line, snapshot());
    },
    accept(hello, line) {
      clients.add(line);
      line.onClose(() => {
        clients.delete(line);
        readers.delete(line);
        deps.down(hello.role, hello.index);
      });
      line.onMessage((message) => {
        // the hello itself comes by here too
        if (message.kind === "command") void answer(deps, line, message);
      });
      if (!deps.up(hello.role, hello.index, hello.pid)) line.send({ kind: "stop" });
      else if (hello.role === "detection") deps.detection(line);
      if (hello.role !== "api") return;
      line.send(snapshot());
      readers.add(line);
    },
    stop() {
      for (const line of clients) line.send({ kind: "stop" });
    },
  };
}

async function answer(
  deps: ApiLinkDeps,
  line: ApiLine,
  { id, actor, command }: Extract<ApiToCore, { kind: "command" }>,
): Promise<void> {
  try {
    const result = await deps.execute(actor, command);
    if (result.ok) line.send({ kind: "reply", id, ok: true, result: result.value });
    else line.send({ kind: "reply", id, ok: false, error: result.error });
  } catch (error) {
    deps.log.error({ command: command.kind, error: String(error) }, "a command failed");
    line.send({
      kind: "reply",
      id,
      ok: false,
      error: { code: "internal", message: "the command failed; the log says why" },
    });
  }
}
