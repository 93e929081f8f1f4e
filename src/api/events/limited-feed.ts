import type { EventMessage } from "../../contract/streams.ts";
import { viewOf, type ChannelRights, type View } from "../../domain/rights.ts";
import { after } from "../../kernel/time.ts";
import type { AlarmCount, LiveState } from "../../messages/api.ts";
import { countNew } from "../alarms/alarm-lines.ts";
import { seenEvent, seenState } from "../auth/visible.ts";
import type { ApiDeps } from "../ports.ts";

/** What makes an alarm another one is in the database this much later, ms; then they are counted anew. */
const countAfter = 500;

export interface LimitedFeed extends Disposable {
  /** Looks up what may be seen and begins with a snapshot. Rejects when the configuration can't be read. */
  start(): Promise<void>;
  /** Passes on what may be seen of a message. Rejects as `start` does. */
  pass(message: EventMessage): Promise<void>;
}

/**
 * The events for a login that may see some channels only. They are numbered anew, so that what is left out does not
 * look lost. Alarms are counted as far as they may be seen. Which inputs may be seen is asked again, and told in a new snapshot, when the configuration changed.
 */
export function limitedFeed(
  deps: Pick<ApiDeps, "clock" | "core" | "reads">,
  rights: ChannelRights,
  send: (message: EventMessage) => void,
  failed: (error: unknown) => void,
): LimitedFeed {
  let view: View | undefined;
  let seq = 0;
  let alarms: AlarmCount = { unacknowledged: 0 };
  let cancelCount: (() => void) | undefined;
  const sendState = (seen: View, state: LiveState) =>
    send({ kind: "snapshot", seq: ++seq, state: seenState(seen, state, alarms) });
  const count = async () => {
    const unacknowledged = await countNew(deps, rights);
    if (unacknowledged === alarms.unacknowledged) return;
    alarms = { unacknowledged };
    send({ kind: "event", seq: ++seq, event: { kind: "alarms", alarms } });
  };
  const countSoon = () => {
    cancelCount ??= deps.clock.wakeAt(after(deps.clock.now(), countAfter), () => {
      cancelCount = undefined;
      void count().catch(failed);
    });
  };
  const start = async () => {
    const seen = viewOf(rights, await deps.reads.config());
    alarms = { unacknowledged: await countNew(deps, rights) };
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
      const event = seenEvent(view, message.event, alarms);
      if (event?.kind === "alarms") countSoon();
      if (event !== undefined) send({ kind: "event", seq: ++seq, event });
      if (event?.kind === "config" && event.part === "input") await start();
    }
  };
  return { start, pass, [Symbol.dispose]: () => cancelCount?.() };
}
