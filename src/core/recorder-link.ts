import { after, seconds, type Clock } from "../kernel/time.ts";
import type { FootageLock } from "../domain/footage-lock.ts";
import type { RecordNow } from "../domain/recording-rule.ts";
import type { ChannelSettings, RecordMode, SiteConfig } from "../domain/site-config.ts";
import type { CoreToRecorder, HoldOrder, RecorderToCore } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";
import type { Log } from "../platform/log.ts";
import type { RecorderLine } from "./front-door.ts";
import type { LiveBook } from "./live-book.ts";
import { footageIntents, segmentIntents, type HoldMessage } from "./footage.ts";
import { holdsFor, planFor, recorderOf, type PlanFrame } from "./recorder-plan.ts";

type RecorderHello = Extract<RecorderToCore, { kind: "hello" }>;

export interface RecorderLinkDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly live: LiveBook;
  readonly recorders: number;
  readonly frame: PlanFrame;
  /** What a channel records now. */
  recording(row: ChannelSettings): RecordNow;
  /** All holds that are still waited for; sent again in full after each (re)connect. */
  holds(): readonly HoldOrder[];
  /** What must not be deleted. */
  locks(): { readonly held: readonly FootageLock[]; readonly released: readonly string[] };
  /** Events of alarms that nobody has acknowledged. */
  unreviewed(): readonly string[];
  store(intent: StoreIntent): void;
  /** What a recorder said of a hold, in the order in which it was said. */
  said(message: HoldMessage): void;
  up(index: number, pid: number, channels: readonly number[]): void;
  down(index: number, channels: readonly number[]): void;
  /** A process of a bucket does not answer the recorder. */
  silent(bucket: number): void;
}

export interface RecorderLink {
  accept(hello: RecorderHello, line: RecorderLine): void;
  /** Sends every recorder its part of the configuration. */
  configure(config: SiteConfig): void;
  hold(order: HoldOrder): void;
  /** What must not be deleted has changed. */
  tellLocks(): void;
  /** To the recorder of a channel. */
  tell(channel: number, message: CoreToRecorder): void;
  /** To every recorder. */
  tellAll(message: CoreToRecorder): void;
  /** Asks every recorder to end; that they go is no trouble then. */
  stop(): void;
}

/** A recorder that has not said hello this long after the start is a trouble. */
const helloPatience = seconds(15);

/** core's side of the connections to the recorder processes. A recorder that is away gets everything on its return. */
export function startRecorderLink(deps: RecorderLinkDeps, initial: SiteConfig): RecorderLink & Disposable {
  const lines = new Map<number, RecorderLine>();
  let config = initial;
  // larger than any revision of an earlier core, so that a recorder that went on by an old plan sees the difference
  let revision = Math.floor(deps.clock.wall());
  let stopping = false;
  const share = (index: number) => ({ index, of: deps.recorders });
  const sendPlan = (index: number) => {
    const recording = (row: ChannelSettings) => deps.recording(row);
    const plan = planFor(config, share(index), { ...deps.frame, revision, recording });
    lines.get(index)?.send({ kind: "plan", plan });
  };
  const sendLocks = (line: RecorderLine) => {
    const { held, released } = deps.locks();
    line.send({ kind: "locks", locks: held, released });
  };
  const channelsOf = (index: number) =>
    config.channels.map((row) => row.channel).filter((channel) => recorderOf(channel, deps.recorders) === index);
  const modeOf = (channel: number) => config.channels.find((row) => row.channel === channel)?.recordMode;
  const lost = (index: number, line: RecorderLine) => {
    if (lines.get(index) !== line) return;
    lines.delete(index);
    if (stopping) return;
    const channels = channelsOf(index);
    // its successor says again what still holds, and would never hear of what does not
    for (const { key } of deps.live.snapshot().troubles)
      if (/^(channel|volume|clock):/.test(key)) deps.live.settle(key);
    deps.log.error({ recorder: index }, "recorder process is gone");
    deps.live.raise(troubleKey(index), downSentence(index, channels));
    for (const channel of channels) deps.live.publish({ kind: "channel", channel: away(channel, deps.clock) });
    deps.down(index, channels);
  };
  const cancelPatience = deps.clock.wakeAt(after(deps.clock.now(), helloPatience), () => {
    for (let index = 0; index < deps.recorders; index++)
      if (!lines.has(index)) deps.live.raise(troubleKey(index), downSentence(index, channelsOf(index)));
  });
  return {
    accept(hello, line) {
      const { index } = hello;
      if (index >= deps.recorders) {
        line.send({ kind: "stop" });
        return;
      }
      lines.set(index, line);
      line.onClose(() => lost(index, line));
      line.onMessage((message) => {
        if (lines.get(index) === line) take(deps, index, modeOf, message);
      });
      deps.log.info({ recorder: index, pid: hello.pid, planRevision: hello.planRevision }, "recorder is connected");
      // before the plan: with it the recorder opens its volumes, and may clean them
      sendLocks(line);
      line.send({ kind: "unreviewed", events: deps.unreviewed(), all: true });
      sendPlan(index);
      line.send({ kind: "holds", holds: holdsFor(deps.holds(), share(index)) });
      deps.live.settle(troubleKey(index));
      deps.up(index, hello.pid, channelsOf(index));
    },
    configure(next) {
      config = next;
      revision++;
      for (const index of lines.keys()) sendPlan(index);
    },
    tellLocks() {
      for (const line of lines.values()) sendLocks(line);
    },
    hold: (order) => lines.get(recorderOf(order.channel, deps.recorders))?.send({ kind: "hold", hold: order }),
    tell: (channel, message) => lines.get(recorderOf(channel, deps.recorders))?.send(message),
    tellAll(message) {
      for (const line of lines.values()) line.send(message);
    },
    stop() {
      stopping = true;
      for (const line of lines.values()) line.send({ kind: "stop" });
    },
    [Symbol.dispose]: cancelPatience,
  };
}

const troubleKey = (index: number) => `recorder:${index}`;
const downSentence = (index: number, channels: readonly number[]) =>
  `recorder process ${index} is down: ${channels.length === 0 ? "no channel" : `channels ${channels.join(", ")}`} affected`;

const away = (channel: number, clock: Clock) => ({
  channel,
  state: "down" as const,
  since: clock.wall(),
  reason: "the recorder process is down",
  bitsPerSecond: 0,
  ringMs: 0,
});

/** One message of a recorder: to the pages, to the database, to the engine. */
function take(
  deps: RecorderLinkDeps,
  index: number,
  mode: (channel: number) => RecordMode | undefined,
  message: RecorderToCore,
): void {
  switch (message.kind) {
    case "hello":
      return;
    case "hold-answer":
    case "hold-durable":
    case "hold-fresh":
    case "hold-closed": {
      const hold = deps.holds().find((order) => order.holdId === message.holdId);
      if (hold !== undefined) for (const intent of footageIntents(hold, message)) deps.store(intent);
      deps.said(message);
      return;
    }
    case "channel":
      deps.live.publish({ kind: "channel", channel: message.state });
      return;
    case "segment":
      for (const intent of segmentIntents(message.segment, mode(message.segment.channel), deps.holds()))
        deps.store(intent);
      return;
    case "segment-deleted":
      deps.store({
        ...{ kind: "segment-deleted", id: message.id },
        ...(message.volumeId === undefined ? {} : { volumeId: message.volumeId }),
      });
      return;
    case "gap":
      deps.store({ kind: "gap", channel: message.channel, gap: message.gap });
      return;
    case "volume":
      deps.live.publish({ kind: "volume", volume: message.volume });
      return;
    case "trouble":
      deps.live.publish({ kind: "trouble", trouble: message.trouble });
      return;
    case "silent":
      deps.silent(message.index);
      return;
    case "stats":
      deps.live.publishStats(index, message.stats);
      return;
  }
}
