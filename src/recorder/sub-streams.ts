/** Second, smaller streams of the cameras: open while somebody watches them live, and always where they are recorded. */
import { after, type Clock, type Instant } from "../kernel/time.ts";
import { createRing, type Ring } from "../media/ring.ts";
import type { AccessUnit } from "../media/types.ts";
import type { ChannelPlan } from "../messages/recorder.ts";
import { createHub, type Hub } from "./hub/hub.ts";
import type { Ingest, IngestState } from "./ingest/ingest.ts";
import type { LiveChannel } from "./media-socket/media-socket.ts";
import type { SubWriter } from "./sub-writer.ts";
import { subTakesSound } from "./takes-sound.ts";

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
  /** Records a sub stream from its ring, where that is asked for. */
  startWriter(plan: ChannelPlan, ring: Ring): SubWriter;
  /** Its readers are let go, to come again for the main stream; the reason is told to them. */
  handOver(channel: number, reason: string): void;
}

export interface SubStreams extends AsyncDisposable {
  /** The sub stream of a channel, or a sentence why the main one is shown. */
  of(channel: number): LiveChannel | string;
  /** Changed and removed ones end. */
  follow(plans: readonly ChannelPlan[]): Promise<void>;
  tick(now: Instant): void;
  /** Of all that are recorded. */
  readonly writers: readonly SubWriter[];
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
  plan: ChannelPlan;
  readonly hub: Hub;
  readonly ring: Ring;
  /** Of a recorded one: its session never ends. */
  writer: SubWriter | undefined;
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
    const { ingest, writer } = sub;
    sub.ingest = undefined;
    sub.writer = undefined;
    sub.state = idle;
    if (writer === undefined) sub.ring.clear();
    await ingest?.[Symbol.asyncDispose]();
    if (writer === undefined) return;
    await writer.finish();
    sub.ring.clear();
  };
  const onUnit = ({ plan, ring, hub, writer }: Sub, unit: AccessUnit): void => {
    if (unit.track === "audio" && !plan.audio) {
      if (plan.listen === true) hub.whisper(unit);
      return;
    }
    hub.publish(unit);
    const kept = ring.push(unit);
    if (writer !== undefined) {
      if (kept) writer.advance();
      return;
    }
    // the running GOP is all that a new viewer needs
    ring.trim(ring.end, clock.now());
    if (ring.bytes > subStreamLimits.mostBytes) ring.clear();
  };
  const onState = (sub: Sub, { state, reason }: IngestState): void => {
    if (sub.state.state === "live" && state !== "live") sub.writer?.sessionEnded();
    sub.state = { state, reason };
    if (state === "live") sub.failed = undefined;
    const { channel } = sub.plan;
    deps.stateChanged(channel, state, reason);
    if ((state !== "down" && state !== "refused") || !deps.mainPlays(channel)) return;
    const why = `The sub stream does not play: ${reason}`;
    sub.failed = { until: after(clock.now(), subStreamLimits.failedForMs), reason: why };
    deps.handOver(channel, why);
    // nobody waits for it now: no further calls, unless it is recorded
    if (sub.writer === undefined) void end(sub);
  };
  const begin = (sub: Sub): void => {
    sub.cancelLinger();
    if (sub.ingest !== undefined) return;
    const plan = { ...sub.plan, url: sub.plan.subUrl ?? "", audio: subTakesSound(sub.plan) };
    const ingest = deps.startIngest(
      plan,
      (unit) => onUnit(sub, unit),
      (state) => onState(sub, state),
    );
    ingest.setEager(sub.writer === undefined);
    sub.ingest = ingest;
  };
  const newSub = (plan: ChannelPlan): Sub => ({
    ...{ plan, hub: createHub(), ring: createRing(), writer: undefined, ingest: undefined, state: idle },
    ...{ cancelLinger: () => undefined, failed: undefined },
  });
  const record = (plan: ChannelPlan): void => {
    const sub = newSub(plan);
    subs.set(plan.channel, sub);
    sub.writer = deps.startWriter(plan, sub.ring);
    begin(sub);
  };
  const live = (sub: Sub): LiveChannel => ({
    hub: sub.hub,
    ring: sub.ring,
    watched(watching) {
      if (sub.writer !== undefined) sub.ingest?.setEager(watching);
      else if (watching) begin(sub);
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
        const now = plans.get(channel);
        if (now !== undefined && same(sub.plan, now)) {
          sub.plan = now;
          sub.ingest?.askSound(subTakesSound(now));
          continue;
        }
        subs.delete(channel);
        deps.handOver(channel, "The settings of the camera were changed.");
        await end(sub);
      }
      for (const plan of next) if (isRecorded(plan) && subs.get(plan.channel) === undefined) record(plan);
    },
    tick(now) {
      for (const { writer } of subs.values()) writer?.tick(now);
    },
    get writers() {
      return [...subs.values()].flatMap(({ writer }) => writer ?? []);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...subs.values()].map(end));
    },
  };
}

const isRecorded = ({ recordSub, subUrl }: ChannelPlan): boolean => recordSub === true && subUrl !== undefined;

/** Who listens comes and goes without the stream's beginning anew. */
const same = (a: ChannelPlan, b: ChannelPlan): boolean =>
  a.recordSub === b.recordSub &&
  a.subUrl === b.subUrl &&
  a.username === b.username &&
  a.password === b.password &&
  a.audio === b.audio;
