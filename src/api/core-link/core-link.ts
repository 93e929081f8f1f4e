import { after, seconds, type Clock } from "../../kernel/time.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Actor, ApiToCore, Command, CommandError, CoreToApi, LiveState } from "../../messages/api.ts";
import { withEvent } from "../../messages/live-fold.ts";
import type { EventMessage } from "../../contract/streams.ts";
import { keepConnected, type Lines } from "../../platform/lines.ts";
import type { CorePort } from "../ports.ts";

export interface CoreLinkDeps {
  readonly socketPath: string;
  readonly clock: Clock;
  readonly index: number;
  readonly pid: number;
  readonly signal: AbortSignal;
  /** Core asks this process to end. */
  stop(): void;
}

/** How long a command waits for its reply. */
const patience = seconds(10);

type Reply = Result<unknown, CommandError>;
const unavailable = (message: string): Reply => err({ code: "unavailable", message });
const away = unavailable(
  "Core is not running, so nothing can be changed or switched now. It is started again by itself.",
);
const cutOff = unavailable("Core went away before it answered; look whether it was done before trying again.");
const late = unavailable("Core did not answer within 10 s; look whether it was done before trying again.");

/** Keeps the connection to core: commands with their replies, and the live state by snapshot and deltas. */
export function startCoreLink(deps: CoreLinkDeps): CorePort {
  const waiting = new Map<number, (reply: Reply) => void>();
  const listeners = new Set<(message: EventMessage) => void>();
  let line: Lines<CoreToApi, ApiToCore> | undefined;
  let live: { readonly seq: number; readonly state: LiveState } | undefined;
  let lastId = 0;
  const tell = (message: EventMessage) => {
    for (const listener of listeners) listener(message);
  };

  const receive = (message: CoreToApi) => {
    switch (message.kind) {
      case "reply":
        waiting.get(message.id)?.(message.ok ? ok(message.result) : err(message.error));
        break;
      case "snapshot":
        live = { seq: message.seq, state: message.state };
        tell(message);
        break;
      case "event":
        if (live === undefined) break;
        // a hole in the numbers would leave this copy wrong for ever: begin again with a snapshot
        if (message.seq !== live.seq + 1) {
          line?.close();
          break;
        }
        live = { seq: message.seq, state: withEvent(live.state, message.event) };
        tell(message);
        break;
      case "stop":
        deps.stop();
        break;
      case "detection-plan":
        // the detection process's own
        break;
    }
  };

  keepConnected<CoreToApi, ApiToCore>(deps.socketPath, deps.signal, (lines) => {
    line = lines;
    lines.send({ kind: "hello", role: "api", index: deps.index, pid: deps.pid });
    lines.onMessage((message) => {
      if (line === lines) receive(message);
    });
    lines.onClose(() => {
      if (line !== lines) return;
      line = undefined;
      live = undefined;
      for (const answer of [...waiting.values()]) answer(cutOff);
      tell({ kind: "core-away" });
    });
  });

  return {
    ask: (actor: Actor, command: Command) => {
      const lines = line;
      if (lines === undefined) return Promise.resolve(away);
      return new Promise((resolve) => {
        const id = ++lastId;
        const answer = (reply: Reply) => {
          waiting.delete(id);
          cancel();
          resolve(reply);
        };
        const cancel = deps.clock.wakeAt(after(deps.clock.now(), patience), () => answer(late));
        waiting.set(id, answer);
        lines.send({ kind: "command", id, actor, command });
      });
    },
    live: () => live,
    onMessage(handle) {
      listeners.add(handle);
      return () => void listeners.delete(handle);
    },
  };
}
