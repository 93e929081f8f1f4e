/** Second, smaller streams of the cameras: open only while somebody watches them live; never recorded. */
import { after, type Clock, type Instant } from "../kernel/time.ts";
import { createRing, type Ring } from "../media/ring.ts";
import type { AccessUnit } from "../media/types.ts";
import type { ChannelPlan } from "../messages/recorder.ts";
import { createHub, type Hub } from "./hub/hub.ts";
import type { Ingest, IngestState } from "./ingest/ingest.ts";
import type { LiveChannel } from "./media-socket/media-socket.ts";

export interface SubStreamDeps {
  readonly clock: Clock;
  readonly startIngest: (
    plan: ChannelPlan,
    onUnit: (unit: AccessUnit) => void,
    onState: (state: IngestState) => void,
  ) => Ingest;
  /** The main stream can be shown instead. */
  mainPlays(channel: number): boolean;
  stateChanged(channel: number, state: string, reason: string): void;
  /** Its readers are let go, to come again for the main stream; the reason is told to them. */
  handOver(channel: number, reason: string): void;
}

export interface SubStreams extends AsyncDisposable {
  /** The sub stream of a channel, or a sentence why the main one is shown. */
  of(channel: number): LiveChannel | string;
  /** Changed and removed ones end. */
  follow(plans: readonly ChannelPlan[]): Promise<void>;
}

export const subStreamLimits = {
  /** A page that is turned comes back; ms. */
  lingerMs: 5000,
  /** After a failure the main stream is shown for this long before the sub stream is tried again. */
  failedForMs: 60_000,
  /** A GOP without end must not grow for ever; who joins then waits for the next key frame. */
  mostBytes: 8 * 1024 * 1024,
} as const;

export const noSubStream = "No sub stream is set for this camera.";

interface Sub {
  readonly plan: ChannelPlan;
  readonly hub: Hub;
  readonly ring: Ring;
  ingest: Ingest | undefined;
  state: { readonly state: string; readonly reason: string };
  cancelLinger: () => void;
  failed: { readonly until: Instant; readonly reason: string } | undefined;
}

const idle = { state: "connecting", reason: "" } as const;

export function createSubStreams(deps: SubStreamDeps): SubStreams {
  const { clock } = deps;
  let plans = new Map<number, ChannelPlan>();
  const subs = new Map<number, Sub>();

  const end = async (sub: Sub): Promise<void> => {
    sub.cancelLinger();
    const { ingest } = sub;
    sub.ingest = undefined;
    sub.state = idle;
    sub.ring.clear();
    await ingest?.[Symbol.asyncDispose]();
  };
  const onUnit = ({ ring, hub }: Sub, unit: AccessUnit): void => {
    hub.publish(unit);
    ring.push(unit);
    // the running GOP is all that a new viewer needs
    ring.trim(ring.end, clock.now());
    if (ring.bytes > subStreamLimits.mostBytes) ring.clear();
  };
  const onState = (sub: Sub, { state, reason }: IngestState): void => {
    sub.state = { state, reason };
    const { channel } = sub.plan;
    deps.stateChanged(channel, state, reason);
    if ((state !== "down" && state !== "refused") || !deps.mainPlays(channel)) return;
    const why = `The sub stream does not play: ${reason}`;
    sub.failed = { until: after(clock.now(), subStreamLimits.failedForMs), reason: why };
    deps.handOver(channel, why);
    // nobody waits for it now: no further calls
    void end(sub);
  };
  const begin = (sub: Sub): void => {
    sub.cancelLinger();
    if (sub.ingest !== undefined) return;
    const plan = { ...sub.plan, url: sub.plan.subUrl ?? "" };
    const ingest = deps.startIngest(
      plan,
      (unit) => onUnit(sub, unit),
      (state) => onState(sub, state),
    );
    ingest.setEager(true);
    sub.ingest = ingest;
  };
  const newSub = (plan: ChannelPlan): Sub => ({
    ...{ plan, hub: createHub(), ring: createRing(), ingest: undefined, state: idle },
    ...{ cancelLinger: () => undefined, failed: undefined },
  });
  const live = (sub: Sub): LiveChannel => ({
    hub: sub.hub,
    ring: sub.ring,
    watched(watching) {
      if (watching) begin(sub);
      else sub.cancelLinger = clock.wakeAt(after(clock.now(), subStreamLimits.lingerMs), () => void end(sub));
    },
    state: sub.state,
  });

  return {
    of(channel) {
      const plan = plans.get(channel);
      if (plan?.subUrl === undefined) return noSubStream;
      const sub = subs.get(channel) ?? newSub(plan);
      subs.set(channel, sub);
      if (sub.failed === undefined || clock.now() >= sub.failed.until) return live(sub);
      return deps.mainPlays(channel) ? sub.failed.reason : live(sub);
    },
    async follow(next) {
      plans = new Map(next.map((plan) => [plan.channel, plan]));
      for (const [channel, sub] of subs) {
        if (same(sub.plan, plans.get(channel))) continue;
        subs.delete(channel);
        deps.handOver(channel, "The settings of the camera were changed.");
        await end(sub);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...subs.values()].map(end));
    },
  };
}

const same = (a: ChannelPlan, b: ChannelPlan | undefined): boolean =>
  a.subUrl === b?.subUrl && a.username === b?.username && a.password === b.password && a.audio === b.audio;
