/** How events make the live state: the same in an api, which is told by core, and in a page, which is told by the api. */
import type { LiveEvent, LiveState } from "./api.ts";
import type { RecorderStats } from "./recorder.ts";

/**
 * The state after an event: rows are replaced by their key, what is over is taken out. What did not change keeps its
 * identity, so that pages draw only what did. A kind that a page does not know yet, as of a newer Reed, changes nothing.
 */
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
      const { trouble } = event;
      const troubles =
        trouble.ended === undefined
          ? replaced(state.troubles, trouble, (row) => row.key)
          : without(state.troubles, (row) => row.key === trouble.key);
      return { ...state, troubles };
    }
    case "receipt": {
      const { receipt } = event;
      const openReceipts =
        receipt.closedAt === undefined
          ? replaced(state.openReceipts, receipt, (row) => row.edge.eventId)
          : without(state.openReceipts, (row) => row.edge.eventId === receipt.edge.eventId);
      return { ...state, openReceipts };
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
      event satisfies never;
      return state;
  }
}

function replaced<Row>(rows: readonly Row[], row: Row, key: (row: Row) => number | string): readonly Row[] {
  const at = rows.findIndex((other) => key(other) === key(row));
  return at < 0 ? [...rows, row] : rows.with(at, row);
}

const without = <Row>(rows: readonly Row[], drop: (row: Row) => boolean): readonly Row[] =>
  rows.some(drop) ? rows.filter((row) => !drop(row)) : rows;

/** Counters do not say which recorder they are of; a channel is with one recorder only. */
function withStats(all: readonly RecorderStats[], stats: RecorderStats): readonly RecorderStats[] {
  const channels = new Set(stats.channels.map((row) => row.channel));
  const others = all.filter((one) => one.channels.length > 0 && !one.channels.some((row) => channels.has(row.channel)));
  return [...others, stats];
}
