import type { LiveEvent, LiveState } from "../../src/messages/api.ts";

/** Replaces the row with the same key, or adds it. Rows keep their order. */
export function put<T>(rows: readonly T[], row: T, keyOf: (row: T) => unknown): readonly T[] {
  const at = rows.findIndex((one) => keyOf(one) === keyOf(row));
  return at === -1 ? [...rows, row] : rows.with(at, row);
}

const without = <T>(rows: readonly T[], drop: (row: T) => boolean): readonly T[] =>
  rows.some(drop) ? rows.filter((row) => !drop(row)) : rows;

/** The state after an event. What did not change keeps its identity, so that pages draw only what did. */
export function applyLive(state: LiveState, event: LiveEvent): LiveState {
  switch (event.kind) {
    case "armed":
      return { ...state, armed: event.armed, arming: event.arming };
    case "input":
      return { ...state, inputs: put(state.inputs, event.input, (one) => one.input) };
    case "output":
      return { ...state, outputs: put(state.outputs, event.output, (one) => one.output) };
    case "board":
      return { ...state, boards: put(state.boards, event.board, (one) => one.board) };
    case "channel":
      return { ...state, channels: put(state.channels, event.channel, (one) => one.channel) };
    case "volume":
      return { ...state, volumes: put(state.volumes, event.volume, (one) => one.volumeId) };
    case "trouble": {
      const { trouble } = event;
      const troubles =
        trouble.ended === undefined
          ? put(state.troubles, trouble, (one) => one.key)
          : without(state.troubles, (one) => one.key === trouble.key);
      return { ...state, troubles };
    }
    case "receipt": {
      const { receipt } = event;
      const openReceipts =
        receipt.closedAt !== undefined
          ? without(state.openReceipts, (one) => one.edge.eventId === receipt.edge.eventId)
          : put(state.openReceipts, receipt, (one) => one.edge.eventId);
      return { ...state, openReceipts };
    }
    case "alarms":
      return { ...state, alarms: event.alarms };
    case "process":
      return { ...state, processes: put(state.processes, event.process, (one) => one.name) };
    case "stats":
      return { ...state, latency: event.latency };
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
    case "detection": {
      const { detection } = event;
      return { ...state, detection: put(state.detection ?? [], detection, (one) => one.channel) };
    }
    case "detection-model": {
      const { model: before, ...rest } = state;
      if (event.model === undefined) return before === undefined ? state : rest;
      return { ...rest, model: event.model };
    }
    case "word":
      return { ...state, words: put(state.words ?? [], event.word, (one) => one.channel) };
    case "config":
      return state;
    default:
      // newer kinds of events concern their own pages (`onLiveEvent`)
      return state;
  }
}
