import type { Clock } from "../kernel/time.ts";
import type { EngineView } from "../domain/engine.ts";
import type { AlarmCount, LatencyStats, LiveEvent, LiveState } from "../messages/api.ts";
import type { CameraWord, ChannelDetection } from "../messages/detection.ts";
import type { RecorderStats, TroubleReport } from "../messages/recorder.ts";

/** What is true now, as every page sees it: a snapshot and then numbered deltas. */
export interface LiveBook {
  /** Number of the last event. */
  readonly seq: number;
  snapshot(): LiveState;
  /** Takes an event into the state, numbers it and hands it to everybody who listens. */
  publish(event: LiveEvent): void;
  /** Counters of one recorder process, with the latencies at this moment. */
  publishStats(recorder: number, stats: RecorderStats): void;
  /** A trouble begins; nothing happens when it is known already. */
  raise(key: string, what: string): void;
  /** A trouble is over; nothing happens when there was none. */
  settle(key: string): void;
  /** Troubles of the life before that were not raised again by now; from here on they count as over. */
  giveUpLeft(): readonly TroubleReport[];
  /** Rows that left the configuration leave the state too. */
  keepOnly(
    part: "channels" | "boards" | "volumes" | "processes" | "detection" | "words",
    ids: readonly (number | string)[],
  ): void;
  /** Until the returned function is called. */
  onEvent(handle: (seq: number, event: LiveEvent) => void): () => void;
}

/** What the book reads anew for each snapshot instead of keeping a copy. */
export interface LiveSources {
  engine(): EngineView;
  latency(): LatencyStats;
  alarms(): AlarmCount;
}

interface Tables {
  readonly boards: Map<number, LiveState["boards"][number]>;
  readonly channels: Map<number, LiveState["channels"][number]>;
  readonly volumes: Map<string, LiveState["volumes"][number]>;
  readonly troubles: Map<string, TroubleReport>;
  readonly processes: Map<string, LiveState["processes"][number]>;
  readonly stats: Map<number, RecorderStats>;
  readonly detection: Map<number, ChannelDetection>;
  readonly words: Map<number, CameraWord>;
  autoArm: LiveState["autoArm"];
  model: LiveState["model"];
}

/** Takes one event into the tables. */
function apply(tables: Tables, event: LiveEvent): void {
  switch (event.kind) {
    case "board":
      tables.boards.set(event.board.board, event.board);
      return;
    case "channel":
      tables.channels.set(event.channel.channel, event.channel);
      return;
    case "volume":
      tables.volumes.set(event.volume.volumeId, event.volume);
      return;
    case "trouble":
      if (event.trouble.ended === undefined) tables.troubles.set(event.trouble.key, event.trouble);
      else tables.troubles.delete(event.trouble.key);
      return;
    case "process":
      tables.processes.set(event.process.name, event.process);
      return;
    case "detection":
      tables.detection.set(event.detection.channel, event.detection);
      return;
    case "detection-model":
      tables.model = event.model;
      return;
    case "word":
      tables.words.set(event.word.channel, event.word);
      return;
    case "auto-arm":
      tables.autoArm = event.pending;
      return;
    // the engine keeps these itself
    case "armed":
    case "chime":
    case "input":
    case "output":
    case "walk-test":
    case "receipt":
    case "alarms":
    case "stats":
    case "config":
      return;
  }
}

const emptyTables = (): Tables => ({
  boards: new Map(),
  channels: new Map(),
  volumes: new Map(),
  troubles: new Map(),
  processes: new Map(),
  stats: new Map(),
  detection: new Map(),
  words: new Map(),
  autoArm: undefined,
  model: undefined,
});

/**
 * A book in which nothing is written yet. `left`: troubles that were open when the life before ended; one of them that
 * is raised again is the same trouble and keeps its beginning.
 */
export function liveBook(clock: Clock, sources: LiveSources, left: readonly TroubleReport[] = []): LiveBook {
  const tables = emptyTables();
  const fromBefore = new Map(left.map((trouble) => [trouble.key, trouble]));
  const listeners = new Set<(seq: number, event: LiveEvent) => void>();
  let seq = 0;
  /** However often it is told, an open trouble began once. */
  const continued = (event: LiveEvent): LiveEvent => {
    if (event.kind !== "trouble") return event;
    const { key } = event.trouble;
    const since = (tables.troubles.get(key) ?? fromBefore.get(key))?.since ?? event.trouble.since;
    fromBefore.delete(key);
    return { kind: "trouble", trouble: { ...event.trouble, since } };
  };
  const publish = (told: LiveEvent): void => {
    const event = continued(told);
    apply(tables, event);
    seq++;
    for (const listener of [...listeners]) listener(seq, event);
  };
  return {
    get seq() {
      return seq;
    },
    publish,
    snapshot() {
      const engine = sources.engine();
      return {
        armed: engine.armed,
        arming: engine.arming,
        inputs: engine.inputs,
        outputs: engine.outputs,
        boards: [...tables.boards.values()],
        channels: [...tables.channels.values()],
        volumes: [...tables.volumes.values()],
        troubles: [...tables.troubles.values()],
        openReceipts: engine.openReceipts,
        alarms: sources.alarms(),
        processes: [...tables.processes.values()],
        latency: sources.latency(),
        recorderStats: [...tables.stats.values()],
        ...(tables.detection.size === 0 ? {} : { detection: [...tables.detection.values()] }),
        ...(tables.model === undefined ? {} : { model: tables.model }),
        ...(tables.words.size === 0 ? {} : { words: [...tables.words.values()] }),
        ...(engine.walkTest === undefined ? {} : { walkTest: engine.walkTest }),
        ...(tables.autoArm === undefined ? {} : { autoArm: tables.autoArm }),
      };
    },
    publishStats(recorder, stats) {
      tables.stats.set(recorder, stats);
      publish({ kind: "stats", stats, latency: sources.latency() });
    },
    raise(key, what) {
      if (tables.troubles.get(key)?.what === what) return;
      const since = tables.troubles.get(key)?.since ?? clock.wall();
      publish({ kind: "trouble", trouble: { key, what, since } });
    },
    settle(key) {
      const known = tables.troubles.get(key);
      if (known !== undefined) publish({ kind: "trouble", trouble: { ...known, ended: clock.wall() } });
    },
    giveUpLeft() {
      const over = [...fromBefore.values()];
      fromBefore.clear();
      return over;
    },
    keepOnly(part, ids) {
      const rows: Map<number, unknown> | Map<string, unknown> = tables[part];
      for (const id of [...rows.keys()]) if (!ids.includes(id)) (rows as Map<number | string, unknown>).delete(id);
    },
    onEvent(handle) {
      listeners.add(handle);
      return () => void listeners.delete(handle);
    },
  };
}
