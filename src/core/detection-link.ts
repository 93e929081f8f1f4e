/**
 * core's side of the connection to the detection process: it is told what to look for, and what it sees goes to the
 * boards' drivers. Nothing that it says, and no silence of it, keeps anything else waiting; while it is away nothing is
 * known of its cameras, and after a while that is a trouble.
 */
import { after, between, type Clock, type Instant } from "../kernel/time.ts";
import type { DetectionNews, SeenLevel } from "../domain/detection/news.ts";
import { detectionTroubles, hopelessMs, silenceMs } from "../domain/detection/watch.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { ApiToCore } from "../messages/api.ts";
import type { ChannelDetection, DetectionPlan } from "../messages/detection.ts";
import type { Log } from "../platform/log.ts";
import { startModelWatch } from "./detection-model.ts";
import { detectionPlan, type SaidByCamera } from "./detection-plan.ts";
import { readLevels, readStatus, readTrip, type ObjectTrip } from "./detection-report.ts";
import type { ApiLine } from "./front-door.ts";
import type { LiveBook } from "./live-book.ts";

export interface DetectionLinkDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly live: Pick<LiveBook, "publish" | "raise" | "settle" | "snapshot" | "keepOnly">;
  /** What cameras say by themselves now; left out: nobody listens to any. */
  readonly said?: SaidByCamera;
  /** To the driver of a board. */
  tell(board: number, news: DetectionNews): void;
  /** Somebody closed a point, and their picture lies on the disk. */
  readonly tripped?: (trip: ObjectTrip) => void;
  /** Cameras are no longer looked at: pages need a new snapshot. */
  dropped(): void;
  /** It hangs: it is ended by force and started again. */
  silent(): void;
}

export interface DetectionLink extends Disposable {
  accept(line: ApiLine): void;
  configure(config: SiteConfig): void;
  /** What a driver that begins has missed; undefined: nothing. */
  newsOf(board: number): DetectionNews | undefined;
  /** Is something to be looked for by the process? */
  looksAt(board: number): boolean;
}

const away = "the detection process is away";
/** Doubts are counted; of so many one is logged. */
const logEvery = 1000;

export function startDetectionLink(deps: DetectionLinkDeps, initial: SiteConfig): DetectionLink {
  const { clock, log, live } = deps;
  let config = initial;
  let plan: DetectionPlan = detectionPlan(initial, deps.said);
  let line: ApiLine | undefined;
  /** Since when nobody looks although somebody should; a process that is there and silent counts as away. */
  let awaySince: Instant | undefined = plan.channels.length === 0 ? undefined : clock.now();
  let heardAt = clock.now();
  let hangs = false;
  let ended = false;
  let doubted = 0;
  let cancel: () => void = () => undefined;
  const model = startModelWatch(live);
  const levels = new Map<number, Map<number, SeenLevel>>();
  const blind = new Map<number, { readonly since: Instant; readonly reason: string }>();

  const nameOf = (channel: number) =>
    config.channels.find((row) => row.channel === channel)?.name ?? `channel ${channel}`;
  /** Troubles begin and end with the time, and a process that says nothing is seen to. */
  const look = (): void => {
    cancel();
    const now = clock.now();
    if (line !== undefined && plan.channels.length > 0) listen(now);
    const { troubles, next } = detectionTroubles(
      { ...(awaySince === undefined ? {} : { awaySince }), blind },
      nameOf,
      now,
    );
    for (const { key } of live.snapshot().troubles)
      if (key.startsWith("detection:") && !troubles.some((one) => one.key === key)) live.settle(key);
    for (const { key, what } of troubles) live.raise(key, what);
    const watched = line === undefined || plan.channels.length === 0 ? undefined : after(now, silenceMs / 5);
    const wakeAt = next === undefined || (watched !== undefined && watched < next) ? watched : next;
    cancel = wakeAt === undefined ? () => undefined : clock.wakeAt(wakeAt, look);
  };
  const listen = (now: Instant): void => {
    const silence = between(heardAt, now);
    if (silence >= silenceMs && awaySince === undefined) {
      log.error({ silence }, "the detection process says nothing any more");
      hangs = true;
      goAway();
    }
    if (silence < hopelessMs || ended) return;
    ended = true;
    deps.silent();
  };
  const goAway = (): void => {
    model.gone();
    if (plan.channels.length === 0) return;
    awaySince ??= clock.now();
    blind.clear();
    levels.clear();
    for (const { board, channel } of plan.channels) {
      deps.tell(board, { kind: "blind", reason: away });
      live.publish({ kind: "detection", detection: notWatched(channel) });
    }
  };
  const sendPlan = (): void => line?.send(plan);
  const heard = (): void => {
    heardAt = clock.now();
    if (awaySince === undefined) return;
    // what a process saw that said nothing for too long is not known here: it is asked for all of it again
    awaySince = undefined;
    if (hangs) sendPlan();
    hangs = false;
    look();
  };
  const doubt = (why: string): void => {
    if (doubted++ % logEvery === 0) log.warn({ why, so_far: doubted }, "the detection process says what can't be");
  };
  const take = (message: ApiToCore): void => {
    if (message.kind === "detection-model") model.take(message.model);
    if (message.kind === "object-tripped") tripped(readTrip(message, plan));
    if (message.kind !== "detected" && message.kind !== "detection-status") return;
    heard();
    if (message.kind === "detected") {
      const read = readLevels(message.levels, plan, clock.now());
      for (const why of read.doubts) doubt(why);
      for (const [board, seen] of Map.groupBy(read.levels, (one) => one.board)) keep(board, seen);
    } else for (const row of readStatus(message.channels, plan)) note(row);
  };
  const tripped = (trip: ObjectTrip | undefined): void =>
    trip === undefined ? doubt("somebody closed what is no point of a camera") : deps.tripped?.(trip);
  const keep = (board: number, seen: readonly SeenLevel[]): void => {
    const known = levels.get(board) ?? new Map<number, SeenLevel>();
    for (const level of seen) known.set(level.point, level);
    levels.set(board, known);
    deps.tell(board, { kind: "levels", levels: seen });
  };
  const note = (row: ChannelDetection): void => {
    live.publish({ kind: "detection", detection: row });
    const looks = row.state === "watching" || row.state === "learning" || row.state === "arriving";
    const before = blind.get(row.channel);
    const reason = row.reason === "" ? "no picture has come" : row.reason;
    if (looks) blind.delete(row.channel);
    else blind.set(row.channel, { since: before?.since ?? clock.now(), reason });
    if (looks !== (before === undefined) || (!looks && before?.reason !== reason)) look();
  };
  return {
    accept(next) {
      line = next;
      [hangs, ended] = [false, false];
      heardAt = clock.now();
      next.onClose(() => {
        if (line !== next) return;
        line = undefined;
        goAway();
        look();
      });
      next.onMessage((message) => {
        if (line === next) take(message);
      });
      // not there before it has said something: until then nothing is known
      sendPlan();
      look();
    },
    configure(next) {
      config = next;
      const before = plan;
      plan = detectionPlan(next, deps.said);
      live.keepOnly(
        "detection",
        plan.channels.map(({ channel }) => channel),
      );
      if (JSON.stringify(plan) === JSON.stringify(before)) return;
      if (before.channels.some(({ channel }) => !plan.channels.some((row) => row.channel === channel))) deps.dropped();
      for (const { board, settings } of before.channels) {
        const same = plan.channels.find((row) => row.board === board);
        if (JSON.stringify(same?.settings) !== JSON.stringify(settings)) levels.delete(board);
      }
      for (const channel of blind.keys())
        if (!plan.channels.some((row) => row.channel === channel)) blind.delete(channel);
      if (plan.channels.length === 0) awaySince = undefined;
      else if (line === undefined) awaySince ??= clock.now();
      if (before.channels.length === 0) heardAt = clock.now();
      sendPlan();
      look();
    },
    newsOf(board) {
      if (!plan.channels.some((row) => row.board === board))
        return { kind: "blind", reason: "its camera is switched off" };
      if (awaySince !== undefined) return { kind: "blind", reason: away };
      const known = levels.get(board);
      return known === undefined ? undefined : { kind: "levels", levels: [...known.values()] };
    },
    looksAt: (board) => plan.channels.some((row) => row.board === board),
    [Symbol.dispose]: () => cancel(),
  };
}

const notWatched = (channel: number): ChannelDetection => ({
  ...{ channel, state: "blind", reason: away, stream: "sub" },
  ...{ lookedAt: 0, skipped: 0, costMs: 0, slowedBy: 0 },
});
