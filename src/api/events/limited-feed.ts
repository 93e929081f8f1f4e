import type { EventMessage } from "../../contract/streams.ts";
import type { ChannelRights } from "../../domain/rights.ts";
import type { LiveState } from "../../messages/api.ts";
import { seenEvent, seenState, viewOf, type View } from "../auth/visible.ts";
import type { ApiDeps } from "../ports.ts";

export interface LimitedFeed {
  /** Looks up what may be seen and begins with a snapshot. Rejects when the configuration can't be read. */
  start(): Promise<void>;
  /** Passes on what may be seen of a message. Rejects as `start` does. */
  pass(message: EventMessage): Promise<void>;
}

/**
 * The events for a login that may see some channels only. They are numbered anew, so that what is left out does not
 * look lost; which inputs may be seen is asked again, and told in a new snapshot, when the configuration changed.
 */
export function limitedFeed(
  deps: Pick<ApiDeps, "core" | "reads">,
  rights: ChannelRights,
  send: (message: EventMessage) => void,
): LimitedFeed {
  let view: View | undefined;
  let seq = 0;
  const sendState = (seen: View, state: LiveState) =>
    send({ kind: "snapshot", seq: ++seq, state: seenState(seen, state) });
  const start = async () => {
    const seen = viewOf(rights, await deps.reads.config());
    view = seen;
    const live = deps.core.live();
    if (live === undefined) send({ kind: "core-away" });
    else sendState(seen, live.state);
  };
  const pass = async (message: EventMessage) => {
    // before the start is done everything is in the snapshot that it sends
    if (view === undefined) return;
    if (message.kind === "core-away") send(message);
    else if (message.kind === "snapshot") sendState(view, message.state);
    else {
      const event = seenEvent(view, message.event);
      if (event !== undefined) send({ kind: "event", seq: ++seq, event });
      if (event?.kind === "config" && event.part === "input") await start();
    }
  };
  return { start, pass };
}
