/**
 * What feeds one live track into a SourceBuffer, as a pure machine: connection, queue, appends, trimming, staying at
 * the live edge, coming back. `live-player.ts` carries out its effects and tells it what happened.
 *
 *     idle ──show──▶ connecting ──open──▶ open ──closed──▶ pausing ──wake──▶ connecting …
 *       ◀────────────── hide (from anywhere) ─────────────┘
 *
 * Times of the buffer are seconds of the media element, `now` is milliseconds of any steady clock.
 */
import { assertNever, type Step } from "../../../src/kernel/machine.ts";
import { edgeAction, settings, type BufferFacts, type Edge, newEdge } from "./live-edge.ts";

/** Bytes that may wait for the SourceBuffer; beyond it the page is too slow, and begins anew at the live edge. */
export const mostQueued = 12 * 1024 * 1024;
const firstPauseMs = 500;
const longestPauseMs = 10_000;
/** A conversion that was refused is asked for again: somebody may have gone. */
const refusedPauseMs = 15_000;

export interface Refusal {
  readonly reason: string;
  /** Conversions that may run at once; `busy`: all of them do. */
  readonly most: number;
  readonly busy: boolean;
}

export type Phase =
  | { readonly kind: "idle" }
  | { readonly kind: "connecting" }
  | { readonly kind: "open" }
  /** `refused`: the server said why it does not serve; without: the connection was lost. */
  | { readonly kind: "pausing"; readonly until: number; readonly refused?: Refusal }
  /** The browser plays neither the stream nor anything it could be converted to. */
  | { readonly kind: "unplayable"; readonly mime: string };

interface Piece {
  readonly bytes: Uint8Array;
  /** Set for an init segment. */
  readonly mime?: string;
}

export interface Feeder {
  readonly phase: Phase;
  /** Attempts in a row that brought no picture. */
  readonly attempts: number;
  /** The server is asked to convert: the browser can't play what the camera sends. */
  readonly convert: boolean;
  /** Announced: the next bytes are its init segment. */
  readonly announced?: string;
  readonly queue: readonly Piece[];
  readonly queuedBytes: number;
  /** The SourceBuffer takes something in. */
  readonly busy: boolean;
  /** Pictures (or sound) of this connection: none yet, the first are going in, some are in the buffer. */
  readonly fed: "no" | "first" | "yes";
  readonly edge: Edge;
}

export type FeederEvent =
  | { readonly kind: "show" }
  | { readonly kind: "hide" }
  /** The camera is known to be there (again): a lost connection is tried at once. */
  | { readonly kind: "hurry" }
  | { readonly kind: "opened" }
  | { readonly kind: "init"; readonly mime: string; readonly playable: boolean }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** The server serves no such stream (now), with its sentence. */
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "closed"; readonly loggedOut: boolean }
  | { readonly kind: "appended"; readonly buffer: BufferFacts }
  /** The SourceBuffer refused: `full` (its quota) or broken. */
  | { readonly kind: "append-failed"; readonly full: boolean; readonly buffer: BufferFacts }
  /** The element waits for data. */
  | { readonly kind: "starved" }
  | { readonly kind: "wake" };

export type FeederEffect =
  | { readonly kind: "connect"; readonly convert: boolean }
  | { readonly kind: "disconnect" }
  /** An init segment: the SourceBuffer is made or changed; what follows is placed behind what it has. */
  | { readonly kind: "begin"; readonly mime: string; readonly bytes: Uint8Array }
  | { readonly kind: "append"; readonly chunks: readonly Uint8Array[] }
  | { readonly kind: "remove"; readonly to: number }
  | { readonly kind: "seek"; readonly to: number }
  | { readonly kind: "rate"; readonly rate: number }
  | { readonly kind: "play" }
  /** The buffer is of no use any more; the last picture may stay. */
  | { readonly kind: "drop-buffer" }
  | { readonly kind: "wake"; readonly at: number };

export const newFeeder: Feeder = {
  phase: { kind: "idle" },
  attempts: 0,
  convert: false,
  queue: [],
  queuedBytes: 0,
  busy: false,
  fed: "no",
  edge: newEdge,
};

type Stepped = Step<Feeder, FeederEffect>;
const stay = (state: Feeder): Stepped => ({ state, effects: [] });

/** One event: the next state and what the player has to do, in order. */
export function stepFeeder(state: Feeder, event: FeederEvent, now: number): Stepped {
  switch (event.kind) {
    case "show":
      return state.phase.kind === "idle" ? connect(state) : stay(state);
    case "hide":
      return hide(state);
    case "hurry":
      return state.phase.kind === "pausing" && state.phase.refused === undefined ? connect(state) : stay(state);
    case "opened":
      return state.phase.kind === "connecting" ? stay({ ...state, phase: { kind: "open" } }) : stay(state);
    case "init":
      return onInit(state, event);
    case "bytes":
      return onBytes(state, event.bytes, now);
    case "refused":
      return state.phase.kind === "open" ? pause(state, now, refusedPauseMs, event.refusal) : stay(state);
    case "closed":
      return onClosed(state, event.loggedOut, now);
    case "appended":
      return onAppended(state, event.buffer, now);
    case "append-failed":
      return onFailed(state, event, now);
    case "starved":
      return state.fed === "yes" ? stay({ ...state, edge: { ...state.edge, starved: true } }) : stay(state);
    case "wake":
      return state.phase.kind === "pausing" && now >= state.phase.until ? connect(state) : stay(state);
    default:
      return assertNever(event);
  }
}

/** Nothing of an earlier connection is left in the queue. */
const emptied = (state: Feeder): Feeder => {
  const { phase, attempts, convert, busy, edge } = state;
  return { phase, attempts, convert, busy, edge, queue: [], queuedBytes: 0, fed: "no" };
};

function connect(state: Feeder): Stepped {
  const next: Feeder = { ...emptied(state), phase: { kind: "connecting" } };
  return { state: next, effects: [{ kind: "connect", convert: state.convert }] };
}

function hide(state: Feeder): Stepped {
  if (state.phase.kind === "idle") return stay(state);
  const next: Feeder = { ...emptied(state), phase: { kind: "idle" }, attempts: 0 };
  return { state: next, effects: [{ kind: "disconnect" }] };
}

function pause(state: Feeder, now: number, ms: number, refused?: Refusal): Stepped {
  const until = now + ms;
  const phase: Phase = { kind: "pausing", until, ...(refused === undefined ? {} : { refused }) };
  const next: Feeder = { ...emptied(state), phase, attempts: state.attempts + 1 };
  return { state: next, effects: [{ kind: "disconnect" }, { kind: "wake", at: until }] };
}

const growing = (attempts: number): number => Math.min(firstPauseMs * 2 ** attempts, longestPauseMs);

function onClosed(state: Feeder, loggedOut: boolean, now: number): Stepped {
  if (state.phase.kind !== "connecting" && state.phase.kind !== "open") return stay(state);
  // the page goes to the login by itself
  if (loggedOut) return hide(state);
  return pause(state, now, growing(state.attempts));
}

/** H.265 that the browser can't play is asked for once more, converted. */
function onInit(state: Feeder, { mime, playable }: Extract<FeederEvent, { kind: "init" }>): Stepped {
  if (state.phase.kind !== "open") return stay(state);
  if (playable) return stay({ ...state, announced: mime });
  if (!state.convert && mime.startsWith("video/")) {
    const again = connect({ ...state, convert: true });
    return { state: again.state, effects: [{ kind: "disconnect" }, ...again.effects] };
  }
  return { state: { ...emptied(state), phase: { kind: "unplayable", mime } }, effects: [{ kind: "disconnect" }] };
}

function onBytes(state: Feeder, bytes: Uint8Array, now: number): Stepped {
  if (state.phase.kind !== "open") return stay(state);
  if (state.queuedBytes + bytes.byteLength > mostQueued) {
    const anew = pause({ ...state, busy: false }, now, growing(state.attempts));
    return { state: anew.state, effects: [...anew.effects, { kind: "drop-buffer" }] };
  }
  const { announced, ...rest } = state;
  const piece: Piece = { bytes, ...(announced === undefined ? {} : { mime: announced }) };
  const queue = [...state.queue, piece];
  return pump({ ...rest, queue, queuedBytes: state.queuedBytes + bytes.byteLength }, []);
}

/** Hands over an init segment alone, or all fragments that wait: whatever gathered while the buffer was busy is one. */
function pump(state: Feeder, effects: readonly FeederEffect[]): Stepped {
  const [head] = state.queue;
  if (state.busy || head === undefined) return { state, effects };
  if (head.mime !== undefined) {
    const queue = state.queue.slice(1);
    const next: Feeder = { ...state, queue, queuedBytes: state.queuedBytes - head.bytes.byteLength, busy: true };
    return { state: next, effects: [...effects, { kind: "begin", mime: head.mime, bytes: head.bytes }] };
  }
  const nextInit = state.queue.findIndex((piece) => piece.mime !== undefined);
  const taken = nextInit < 0 ? state.queue : state.queue.slice(0, nextInit);
  const chunks = taken.map((piece) => piece.bytes);
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const queue = nextInit < 0 ? [] : state.queue.slice(nextInit);
  const next: Feeder = { ...state, queue, queuedBytes: state.queuedBytes - bytes, busy: true, attempts: 0 };
  return {
    state: { ...next, fed: state.fed === "no" ? "first" : state.fed },
    effects: [...effects, { kind: "append", chunks }],
  };
}

function onAppended(state: Feeder, buffer: BufferFacts, now: number): Stepped {
  const idle = { ...state, busy: false };
  if (state.phase.kind === "idle" || state.fed === "no") return pump(idle, []);
  // the first pictures of a connection: whatever was shown before, on to the live edge
  const { edge, actions } =
    state.fed === "first"
      ? edgeAction({ ...state.edge, starved: false, calmSince: now }, { ...buffer, playing: false }, now)
      : edgeAction(state.edge, buffer, now);
  const trimTo = trim(buffer);
  // a removal keeps the buffer busy; what waits goes in when it is done
  if (trimTo !== undefined) {
    return { state: { ...idle, edge, fed: "yes", busy: true }, effects: [...actions, { kind: "remove", to: trimTo }] };
  }
  return pump({ ...idle, edge, fed: "yes" }, actions);
}

/** Old pictures go in large pieces: until where, when it is worth it. */
function trim(buffer: BufferFacts): number | undefined {
  const first = buffer.ranges[0];
  const keepFrom = buffer.position - settings.keepS;
  return first !== undefined && keepFrom - first.start > settings.trimS ? keepFrom : undefined;
}

function onFailed(state: Feeder, event: Extract<FeederEvent, { kind: "append-failed" }>, now: number): Stepped {
  const idle = { ...state, busy: false };
  const first = event.buffer.ranges[0];
  const behind = event.buffer.position - 1;
  if (event.full && first !== undefined && behind > first.start) {
    return { state: { ...idle, busy: true }, effects: [{ kind: "remove", to: behind }] };
  }
  if (state.phase.kind !== "open") return { state: idle, effects: [{ kind: "drop-buffer" }] };
  const anew = pause(idle, now, growing(state.attempts));
  return { state: anew.state, effects: [...anew.effects, { kind: "drop-buffer" }] };
}
