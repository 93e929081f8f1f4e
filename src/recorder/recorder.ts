import { startArchiver } from "./archive/archiver.ts";
import type { FootageRange } from "../domain/footage-lock.ts";
import { after, momentOf } from "../kernel/time.ts";
import { parseRtspUrl } from "../media/rtsp/url.ts";
import type { CoreToRecorder, RecorderPlan, RecorderToCore, SegmentRow } from "../messages/recorder.ts";
import type { Channel } from "./channel.ts";
import { createCoreLink } from "./core-link.ts";
import { createReviewBook } from "./holds/review-book.ts";
import { receive, rowOnly, subWriterOf, tellGrown, type RecorderDeps, type RecorderInside } from "./follow-core.ts";
import { credentialsOf, gateKey } from "./ingest/host-gate.ts";
import { mostTelling } from "./journal/cause-book.ts";
import { mayReach } from "./journal/segment-index.ts";
import { listenMedia, type Served } from "./media-socket/media-socket.ts";
import { createSubStreams } from "./sub-streams.ts";
import { keepWithin } from "./stats/memory-budget.ts";
import { createGroupWatch } from "./volumes/group-watch.ts";
import { createLockBook } from "./volumes/lock-book.ts";
import { createVolumeSet } from "./volumes/volume-set.ts";
import { volumeLimits } from "./volumes/volume-state.ts";

/** The recorder process without its sockets to core. */
export interface Recorder extends AsyncDisposable {
  /** Core is there: says hello and what it must know. */
  connected(send: (message: RecorderToCore) => void): void;
  disconnected(): void;
  receive(message: CoreToRecorder): void;
  /** Resolves when core says `stop`. */
  readonly stopped: Promise<void>;
  readonly channels: ReadonlyMap<number, Channel>;
}

const statsMs = 5000;
/** The wall clock moved against the monotonic one by more than this: a step. */
const clockStepMs = 500;

const noPlan: RecorderPlan = { revision: 0, channels: [], volumes: [], memoryBytes: 256e6, segmentMs: 300_000 };

export async function startRecorder(deps: RecorderDeps): Promise<Recorder> {
  const { clock } = deps;
  const link = createCoreLink();
  const channels = new Map<number, Channel>();
  const grown = new Map<string, SegmentRow>();
  const volumes = createVolumeSet({
    ...{ clock, files: deps.files, dataFolder: deps.dataFolder, groups: () => state.plan.volumeGroups ?? [] },
    ...(deps.openStore === undefined ? {} : { openStore: deps.openStore }),
    events: {
      state: (volume) => link.send({ kind: "volume", volume }),
      trouble(trouble) {
        deps.log.warn({ trouble }, trouble.ended === undefined ? "trouble" : "trouble is over");
        link.send({ kind: "trouble", trouble });
      },
      segment(row) {
        grown.delete(row.id);
        link.send({ kind: "segment", segment: row });
      },
      segmentGrew: (row) => void grown.set(row.id, row),
      segmentDeleted: (id, volumeId, reason) => link.send({ kind: "segment-deleted", id, volumeId, reason }),
      mounted(volume, { history, findings, damagedLines }) {
        locks.mounted(volume);
        deps.log.info(
          { volume: volume.id, segments: history.index.size, findings: findings.length, damagedLines },
          "volume opened",
        );
        for (const id of history.changed) sendRow(volume.index.get(id));
        for (const finding of findings) {
          if (finding.kind === "segment-deleted")
            link.send({ kind: "segment-deleted", id: finding.id, volumeId: volume.id, reason: finding.reason });
        }
      },
      lost(volume) {
        for (const { writer } of channels.values()) writer.volumeLost(volume);
        for (const writer of state.subs.writers) writer.volumeLost(volume);
      },
      held: (range) => locks.holds(range),
      lockVersion: () => locks.version,
      wanted: (row) => wantedBy(state, row),
      causeOf: (range) => causeOf(range),
      keepRules: () => state.plan.keep ?? [],
      keepAllUntil: () => state.plan.keepAllUntil,
    },
  });
  const causeOf = (range: FootageRange) =>
    mostTelling(volumes.all.flatMap((volume) => volume.history?.causes.causeOf(range) ?? []));
  const locks = createLockBook(clock, () => volumes.all);
  const sendRow = (segment: SegmentRow | undefined): void => {
    if (segment !== undefined) link.send({ kind: "segment", segment: rowOnly(segment) });
  };
  const state: RecorderInside = {
    ...{ deps, link, channels, volumes, locks, grown, reviews: createReviewBook() },
    stop: Promise.withResolvers(),
    media: await listenMedia(
      deps.mediaSocket,
      (channel, stream) => serve(state, channel, stream),
      deps.serveProbe?.((key) => [...channels.values()].some((channel) => playsWith(channel, key))),
    ),
    plan: noPlan,
    applying: Promise.resolve(),
    telling: Promise.resolve(),
    waiting: 0,
    wantedHolds: new Set(),
    subs: createSubStreams({
      clock,
      startIngest: deps.startSubIngest ?? deps.startIngest,
      mainPlays: (channel) => channels.get(channel)?.state.state === "live",
      stateChanged: (channel, shown, reason) => state.media.stateChanged(channel, shown, reason, "sub"),
      startWriter: (plan, ring) => subWriterOf(state, plan, ring),
      handOver: (channel, reason) => state.media.handOver(channel, reason),
    }),
    archiver: startArchiver({
      ...{ clock, log: deps.log, volumes: () => volumes.all },
      events: { wanted: (row) => wantedBy(state, row), causeOf, held: (range) => locks.holds(range) },
      chosen: (channel) => channels.get(channel)?.plan.secondCopy === true,
    }),
    groupWatch: createGroupWatch(clock, (trouble) => {
      deps.log.warn({ trouble }, trouble.ended === undefined ? "trouble" : "trouble is over");
      link.send({ kind: "trouble", trouble });
    }),
    wallOffset: clock.wall() - clock.now(),
    nextSlow: after(clock.now(), statsMs),
    startedAt: clock.now(),
    cancelTick: () => undefined,
    closing: false,
  };
  tick(state);
  return {
    connected: (send) => greet(state, send),
    disconnected: () => link.disconnected(),
    receive: (message) => receive(state, message),
    stopped: state.stop.promise,
    channels,
    async [Symbol.asyncDispose]() {
      await state.applying;
      await state.archiver[Symbol.asyncDispose]();
      await Promise.all([...channels.values(), state.subs].map((one) => one[Symbol.asyncDispose]()));
      await volumes.close();
      await state.telling;
      tellGrown(state);
      // the ticks gave up jobs that hang until here
      state.closing = true;
      state.cancelTick();
      await state.media[Symbol.asyncDispose]();
    },
  };
}

/** The stream that a reader gets: of a channel without a playing sub stream the main one. */
function serve({ channels, subs }: RecorderInside, number: number, asked: "main" | "sub"): Served | undefined {
  const channel = channels.get(number);
  if (channel === undefined) return undefined;
  const { hub, ring, state, ingest } = channel;
  const main = { hub, ring, state, watched: (watching: boolean) => ingest.setEager(watching) };
  const sub = asked === "sub" ? subs.of(number) : "";
  return typeof sub === "string"
    ? { stream: "main", live: main, reason: sub }
    : { stream: "sub", live: sub, reason: "" };
}

function playsWith(channel: Channel, key: string): boolean {
  if (channel.state.state !== "live") return false;
  const home = parseRtspUrl(channel.plan.url);
  return home.ok && gateKey(home.value.host, credentialsOf(channel.plan, home.value)) === key;
}

/** Open holds need their footage; footage of holds that ended well is an alarm's, until somebody acknowledges it. */
function wantedBy(state: RecorderInside, row: SegmentRow): "open" | "alarm" | "no" {
  const neededFrom = state.channels.get(row.channel)?.holds.neededFrom;
  if (neededFrom !== undefined && mayReach(row, neededFrom, momentOf(state.deps.clock), state.volumes.shiftOf))
    return "open";
  for (const volume of state.volumes.all) {
    if (volume.history?.alarmTouches(row, state.reviews) === true) return "alarm";
  }
  return "no";
}

function greet(state: RecorderInside, send: (message: RecorderToCore) => void): void {
  const { deps, plan } = state;
  send({
    ...{ kind: "hello", role: "recorder", index: deps.index, pid: process.pid },
    ...{ bootId: deps.clock.bootId, planRevision: plan.revision },
  });
  for (const channel of state.channels.values()) send({ kind: "channel", state: channel.state });
  for (const volume of state.volumes.all) send({ kind: "volume", volume: volume.state });
  state.link.connected(send);
}

function tick(state: RecorderInside): void {
  const { clock } = state.deps;
  const now = clock.now();
  state.volumes.tick(now);
  state.groupWatch.look(state.volumes, state.plan.volumeGroups ?? [], state.channels);
  lookAtClock(state);
  const channels = [...state.channels.values()];
  for (const channel of channels) channel.tick(now);
  state.subs.tick(now);
  keepWithin(
    {
      used: () => usedBytes(state),
      shedViewers: () => state.media.shed(),
      channels: () => channels.map(({ ring, holds, care }) => ({ ring, holds, care })),
    },
    state.plan.memoryBytes,
  );
  if (now >= state.nextSlow) {
    state.nextSlow = after(now, Math.min(statsMs, volumeLimits.checkEveryMs));
    void state.volumes.check();
    state.archiver.look();
    tellGrown(state);
    sendStats(state);
  }
  state.cancelTick = clock.wakeAt(after(now, volumeLimits.tickMs), () => {
    if (!state.closing) tick(state);
  });
}

const usedBytes = ({ deps, media, channels }: RecorderInside): number =>
  [...channels.values()].reduce((sum, { ring }) => sum + ring.overheadBytes, deps.pool.bytesOut + media.queuedBytes);

/** A step of the wall clock is journalled and begins new segments; no access unit is touched by it. */
function lookAtClock(state: RecorderInside): void {
  const { clock } = state.deps;
  const offset = clock.wall() - clock.now();
  const byMs = offset - state.wallOffset;
  state.wallOffset = offset;
  if (Math.abs(byMs) <= clockStepMs) return;
  state.deps.log.warn({ byMs: Math.round(byMs) }, "the clock was set");
  state.volumes.note({ kind: "clock-step", byMs: Math.round(byMs) });
  for (const { writer } of state.channels.values()) writer.cutAtNextKey();
  for (const writer of state.subs.writers) writer.cutAtNextKey();
}

function sendStats(state: RecorderInside): void {
  let ringBytes = 0;
  const channels = [...state.channels.values()].map((channel) => {
    ringBytes += channel.ring.bytes;
    const { accessUnits, bytes, lostPackets, reconnects } = channel.ingest.stats;
    const { writer, plan } = channel;
    const { droppedGops } = channel.care;
    const counts = { accessUnits, unitsWritten: writer.unitsWritten, bytes, lostPackets, droppedGops, reconnects };
    state.link.send({ kind: "channel", state: channel.state });
    return { channel: plan.channel, ...counts, ringBytes: channel.ring.bytes };
  });
  const { rss } = process.memoryUsage();
  const loopDelayP99Ms = state.deps.loopDelayP99Ms();
  const memory = { usedBytes: usedBytes(state), budgetBytes: state.plan.memoryBytes };
  state.link.send({ kind: "stats", stats: { channels, ringBytes, ...memory, rssBytes: rss, loopDelayP99Ms } });
}
