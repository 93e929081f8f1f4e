import type { Clock } from "../kernel/time.ts";
import type { ChannelPlan, RecorderToCore } from "../messages/recorder.ts";
import type { IngestState } from "./ingest/ingest.ts";

interface Teller {
  readonly clock: Clock;
  readonly send: (message: RecorderToCore) => void;
}

/** A camera that is down is trouble until it is live again; connecting at the start is none. */
export function tellTrouble(deps: Teller, plan: ChannelPlan, was: IngestState, state: IngestState): void {
  if (isBad(state)) deps.send({ kind: "trouble", trouble: troubleOf(plan, state) });
  else if (state.state === "live") endTrouble(deps, plan, was);
}

const isBad = ({ state }: IngestState): boolean => state === "down" || state === "refused";

const troubleOf = (plan: ChannelPlan, { reason, since }: IngestState) => ({
  key: `channel:${plan.channel}`,
  what: `Channel ${plan.channel} (${plan.name}): ${reason}`,
  since,
});

/** The camera is live again, or the channel is gone: whoever takes its place begins without trouble. */
export function endTrouble(deps: Teller, plan: ChannelPlan, was: IngestState): void {
  if (!isBad(was)) return;
  deps.send({ kind: "trouble", trouble: { ...troubleOf(plan, was), ended: deps.clock.wall() } });
}
