import { assertNever } from "../../kernel/machine.ts";
import type { LiveEvent, LiveState } from "../../messages/api.ts";
import type { RecorderStats } from "../../messages/recorder.ts";

/** The state after an event: rows are replaced by their key, what is over is taken out. */
export function withEvent(state: LiveState, event: LiveEvent): LiveState {
  switch (event.kind) {
    case "armed":
      return { ...state, armed: event.armed, arming: event.arming };
    case "input":
      return { ...state, inputs: replaced(state.inputs, event.input, (row) => row.input) };
    case "output":
      return { ...state, outputs: replaced(state.outputs, event.output, (row) => row.output) };
    case "board":
      return { ...state, boards: replaced(state.boards, event.board, (row) => row.board) };
    case "channel":
      return { ...state, channels: replaced(state.channels, event.channel, (row) => row.channel) };
    case "volume":
      return { ...state, volumes: replaced(state.volumes, event.volume, (row) => row.volumeId) };
    case "process":
      return { ...state, processes: replaced(state.processes, event.process, (row) => row.name) };
    case "trouble": {
      const troubles = replaced(state.troubles, event.trouble, (row) => row.key);
      return { ...state, troubles: troubles.filter((row) => row.ended === undefined) };
    }
    case "receipt": {
      const openReceipts = replaced(state.openReceipts, event.receipt, (row) => row.edge.eventId);
      return { ...state, openReceipts: openReceipts.filter((row) => row.closedAt === undefined) };
    }
    case "alarms":
      return { ...state, alarms: event.alarms };
    case "stats":
      return { ...state, latency: event.latency, recorderStats: withStats(state.recorderStats, event.stats) };
    case "chime":
      return state;
    // rows that left the configuration leave the state: core sends a new snapshot for that
    case "auto-arm": {
      const { autoArm: before, ...rest } = state;
      if (event.pending === undefined) return before === undefined ? state : rest;
      return { ...rest, autoArm: event.pending };
    }
    case "walk-test": {
      const { walkTest: before, ...rest } = state;
      if (event.walk.ended !== undefined) return before === undefined ? state : rest;
      return { ...rest, walkTest: event.walk };
    }
    case "detection":
      return { ...state, detection: replaced(state.detection ?? [], event.detection, (row) => row.channel) };
    case "detection-model": {
      const { model: before, ...rest } = state;
      if (event.model === undefined) return before === undefined ? state : rest;
      return { ...rest, model: event.model };
    }
    case "word":
      return { ...state, words: replaced(state.words ?? [], event.word, (row) => row.channel) };
    case "config":
      return state;
    default:
      return assertNever(event);
  }
}

function replaced<Row>(rows: readonly Row[], row: Row, key: (row: Row) => number | string): readonly Row[] {
  const at = rows.findIndex((other) => key(other) === key(row));
  return at < 0 ? [...rows, row] : rows.with(at, row);
}

/** Counters do not say which recorder they are of; a channel is with one recorder only. */
function withStats(all: readonly RecorderStats[], stats: RecorderStats): readonly RecorderStats[] {
  const channels = new Set(stats.channels.map((row) => row.channel));
  const others = all.filter((one) => one.channels.length > 0 && !one.channels.some((row) => channels.has(row.channel)));
  return [...others, stats];
}
