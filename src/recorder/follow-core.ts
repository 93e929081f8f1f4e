import { randomBytes } from "node:crypto";
import { uuidV7 } from "../kernel/ids.ts";
import type { Clock, Instant } from "../kernel/time.ts";
import type { Ring } from "../media/ring.ts";
import type { AccessUnit, BlockPool } from "../media/types.ts";
import type {
  ChannelPlan,
  CoreToRecorder,
  HoldOrder,
  RecorderPlan,
  RecorderToCore,
  SegmentRow,
} from "../messages/recorder.ts";
import type { Archiver } from "./archive/archiver.ts";
import { startChannel, type Channel } from "./channel.ts";
import type { CoreLink } from "./core-link.ts";
import { refuse } from "./holds/hold-book.ts";
import type { Ingest, IngestState } from "./ingest/ingest.ts";
import type { MediaSocket } from "./media-socket/media-socket.ts";
import type { Files } from "./ports.ts";
import type { ServeProbe } from "./probe/serve-probe.ts";
import type { SubStreams } from "./sub-streams.ts";
import { createSubWriter, type SubWriter } from "./sub-writer.ts";
import type { ReviewBook } from "./holds/review-book.ts";
import type { GroupWatch } from "./volumes/group-watch.ts";
import type { LockBook } from "./volumes/lock-book.ts";
import { readBackFrom, type OpenStore, type VolumeSet } from "./volumes/volume-set.ts";

export interface RecorderDeps {
  readonly clock: Clock;
  readonly files: Files;
  readonly dataFolder: string;
  readonly mediaSocket: string;
  readonly index: number;
  readonly pool: BlockPool;
  readonly log: { info(fields: object, text: string): void; warn(fields: object, text: string): void };
  readonly startIngest: (
    plan: ChannelPlan,
    onUnit: (unit: AccessUnit) => void,
    onState: (state: IngestState) => void,
  ) => Ingest;
  /** The same for a sub stream, whose refusals bar nobody else. */
  readonly startSubIngest?: RecorderDeps["startIngest"];
  /** Answers a test of a camera; `proven`: a channel plays with this login (`ingest/host-gate.ts`) now. */
  readonly serveProbe?: (proven: (loginKey: string) => boolean) => ServeProbe;
  /** Opens the store of an archive in a bucket; absent: this recorder can't. */
  readonly openStore?: OpenStore;
  /** p99 of the event loop's delay since the last call, ms. */
  readonly loopDelayP99Ms: () => number;
}

/** What the recorder process is made of. */
export interface RecorderInside {
  readonly deps: RecorderDeps;
  readonly link: CoreLink;
  readonly channels: Map<number, Channel>;
  readonly volumes: VolumeSet;
  readonly locks: LockBook;
  readonly reviews: ReviewBook;
  readonly archiver: Archiver;
  readonly grown: Map<string, SegmentRow>;
  readonly stop: PromiseWithResolvers<undefined>;
  readonly subs: SubStreams;
  media: MediaSocket;
  plan: RecorderPlan;
  /** Plans are applied one after the other, holds behind the plan that came before them. */
  applying: Promise<void>;
  /** Words about holds, each behind the one before and behind its record. */
  telling: Promise<void>;
  /** How many messages wait in `applying`. */
  waiting: number;
  /** Holds that core waits for, as said last: its whole list and what it ordered since. */
  wantedHolds: Set<string>;
  readonly groupWatch: GroupWatch;
  wallOffset: number;
  nextSlow: Instant;
  /** When this process began. */
  readonly startedAt: Instant;
  cancelTick: () => void;
  closing: boolean;
}

/** The row without what the index keeps beside it. */
export function rowOnly(row: SegmentRow): SegmentRow {
  const { id, volumeId, channel, stream, path, bootId, startInstant, startWall, endWall } = row;
  const { bytes, accessUnits, closed, trusted, codec, copy, cause } = row;
  return {
    ...{ id, volumeId, channel, stream, path, bootId, startInstant, startWall, endWall },
    ...{ bytes, accessUnits, closed, trusted, codec },
    ...(copy === undefined ? {} : { copy }),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** Follows what core says. Everything may be said again without harm. */
export function receive(state: RecorderInside, message: CoreToRecorder): void {
  const inOrder = (work: () => void | Promise<void>): void => {
    state.waiting++;
    state.applying = state.applying
      .then(work)
      .catch((error: unknown) => {
        state.deps.log.warn({ err: error }, "a message of core could not be followed");
      })
      .finally(() => state.waiting--);
  };
  /** At once, and once more for the holds that wait behind a plan: saying it twice is harmless. */
  const atOnceAndInOrder = (work: () => void): void => {
    work();
    if (state.waiting > 0) inOrder(work);
  };
  switch (message.kind) {
    case "plan":
      inOrder(() => applyPlan(state, message.plan));
      return;
    case "hold":
      state.wantedHolds.add(message.hold.holdId);
      hold(state, message.hold, inOrder);
      return;
    case "end-hold":
      atOnceAndInOrder(() => {
        for (const channel of state.channels.values()) channel.holds.end(message.holdId, message.endAt);
      });
      return;
    case "holds": {
      const wanted = new Set(message.holds.map((order) => order.holdId));
      state.wantedHolds = wanted;
      inOrder(() => allHolds(state, message.holds, wanted));
      return;
    }
    case "forget-hold":
      state.wantedHolds.delete(message.holdId);
      atOnceAndInOrder(() => {
        for (const channel of state.channels.values()) channel.holds.forget(message.holdId);
      });
      return;
    case "note":
      state.volumes.note({ kind: "note", note: message.note });
      return;
    case "locks":
      state.locks.told(message.locks, message.released);
      return;
    case "unreviewed":
      state.reviews.unreviewed(message.events, message.all);
      return;
    case "reviewed":
      state.reviews.reviewed(message.events);
      return;
    case "retry":
      state.channels.get(message.channel)?.ingest.retry();
      return;
    case "segments":
      for (const row of state.volumes.rows()) state.link.send({ kind: "segment", segment: rowOnly(row) });
      return;
    case "stop":
      state.stop.resolve(undefined);
      return;
  }
}

/** A hold is followed at once when its channel is there; else when the plan that may bring it has been applied. */
function hold(state: RecorderInside, order: HoldOrder, inOrder: (work: () => void) => void): void {
  const known = state.channels.get(order.channel);
  // one that is off for privacy may be so until the plan that waits
  if (known !== undefined && (known.plan.recordMode !== "off" || state.waiting === 0)) {
    known.holds.hold(order);
    return;
  }
  inOrder(() => followHold(state, order));
}

function followHold(state: RecorderInside, order: HoldOrder): void {
  const channel = state.channels.get(order.channel);
  if (channel !== undefined) channel.holds.hold(order);
  else for (const message of refuse(order.holdId, noChannel(order), order.edgeWall)) state.link.send(message);
}

const noChannel = (order: HoldOrder): string => `channel ${order.channel} is not set up or is switched off`;

/** `wanted` has also what was ordered while the list waited for its plan. */
function allHolds(state: RecorderInside, orders: readonly HoldOrder[], wanted: ReadonlySet<string>): void {
  for (const channel of state.channels.values()) channel.holds.keepOnly(wanted);
  for (const order of orders) if (wanted.has(order.holdId)) followHold(state, order);
}

const noMore = "the channel was switched off or removed";

async function applyPlan(state: RecorderInside, plan: RecorderPlan): Promise<void> {
  const before = state.plan;
  const orphans: HoldOrder[] = [];
  state.plan = plan;
  await state.volumes.update(plan.volumes);
  const wanted = new Map(plan.channels.map((channel) => [channel.channel, channel]));
  for (const [number, channel] of state.channels) {
    const now = wanted.get(number);
    if (now !== undefined && sameCamera(channel.plan, now)) {
      channel.update(now);
      continue;
    }
    state.channels.delete(number);
    state.media.channelGone(number);
    if (now === undefined) await channel.conclude(noMore);
    orphans.push(...channel.holds.openOrders);
    await channel[Symbol.asyncDispose]();
  }
  for (const channel of plan.channels) if (!state.channels.has(channel.channel)) start(state, channel);
  await state.subs.follow(plan.channels);
  // the channel that takes over finds in the files what the one before had written
  for (const order of orphans) followHold(state, order);
  state.deps.log.info({ from: before.revision, to: plan.revision, channels: plan.channels.length }, "plan applied");
}

const sameCamera = (a: ChannelPlan, b: ChannelPlan): boolean =>
  a.url === b.url && a.username === b.username && a.password === b.password && a.audio === b.audio;

/** Tells of the segments that have more in them since they were told last: of one channel, or of all. */
export function tellGrown(state: RecorderInside, channel?: number): void {
  for (const segment of state.grown.values()) {
    if (channel !== undefined && segment.channel !== channel) continue;
    state.grown.delete(segment.id);
    state.link.send({ kind: "segment", segment });
  }
}

/**
 * What core writes into a receipt stands in a volume's journal before: after a kill of all, both say the same. A disk
 * that does not take it delays the word by no more than a job's deadline.
 */
function tellWhenNoted(state: RecorderInside, message: RecorderToCore): void {
  const noted = state.volumes.noted();
  state.telling = state.telling.then(() => noted).then(() => state.link.send(message));
}

/** FAT takes no file of 4 GiB; one ends with the first key frame after this. */
const longestFileBytes = 3.9e9;

/** What every writer of footage needs. */
const footageDeps = (state: RecorderInside, channel: number) => ({
  clock: state.deps.clock,
  newId: () => uuidV7(state.deps.clock.wall(), randomBytes(10)),
  segmentLength: () => ({
    ms: state.plan.segmentMs,
    bytes: Math.min(state.plan.segmentBytes ?? longestFileBytes, longestFileBytes),
  }),
  pickVolume: () => state.volumes.pick(channel),
});

/** Follows the main stream of its channel, whatever becomes of that. */
export function subWriterOf(state: RecorderInside, { channel }: ChannelPlan, ring: Ring): SubWriter {
  const main = () => state.channels.get(channel);
  return createSubWriter({
    ...{ ...footageDeps(state, channel), channel, ring },
    mode: () => main()?.plan.recordMode ?? "off",
    preRecordMs: () => main()?.plan.preRecordMs ?? 0,
    held: () => main()?.holds.open === true,
  });
}

function start(state: RecorderInside, plan: ChannelPlan): void {
  const { deps, volumes } = state;
  const { clock } = deps;
  const channel = startChannel({
    ...{ ...footageDeps(state, plan.channel), plan },
    send(message) {
      if (message.kind === "channel") {
        state.media.stateChanged(plan.channel, message.state.state, message.state.reason);
      }
      // whoever hears that footage is there finds it: the rows of what was written go first
      if (message.kind !== "hold-durable" && message.kind !== "hold-closed") state.link.send(message);
      else {
        tellGrown(state, plan.channel);
        tellWhenNoted(state, message);
      }
    },
    note: (record) => volumes.note(record),
    history: (holdId) => volumes.history(holdId),
    onDisk: (number, from) => volumes.onDisk(number, from),
    shiftOf: volumes.shiftOf,
    readBackFrom: readBackFrom(clock.now()),
    recorderSince: state.startedAt,
    past: volumes.past(plan.channel),
    startIngest: deps.startIngest,
  });
  state.channels.set(plan.channel, channel);
}
