/**
 * The shell around the pure alarm engine: one queue of events, one step at a time, effects carried out in their order.
 * Nothing here waits for a disk, a database or a network: a relay command is handed to its driver before the step's
 * records are appended, and everything slower is put somewhere else.
 */
import { momentOf, type Clock, type Instant } from "../kernel/time.ts";
import { assertNever } from "../kernel/machine.ts";
import {
  engineView,
  initialEngine,
  stateRecord,
  stepEngine,
  type EngineEffect,
  type EngineEvent,
  type EngineMemory,
  type EngineState,
  type EngineView,
} from "../domain/engine.ts";
import { isArmed } from "../domain/arming.ts";
import type { OutputState } from "../domain/level.ts";
import type { Outcome, Receipt } from "../domain/receipt.ts";
import { callsNobody, mayWait } from "../domain/patient-records.ts";
import { sentence } from "../domain/receipt-sentence.ts";
import type { SiteTime } from "../domain/schedule-gate.ts";
import type { OutputMode, SiteConfig } from "../domain/site-config.ts";
import type { WalkRecord } from "../domain/walk-test.ts";
import type { CoreRecord } from "../messages/journal.ts";
import type { CoreToRecorder, HoldOrder } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";
import type { Log } from "../platform/log.ts";
import type { CoreJournal } from "./core-journal.ts";
import type { LatencyBook } from "./latency.ts";
import type { LiveBook } from "./live-book.ts";
import type { PtzOrder } from "./ptz-desk.ts";

export interface EngineShellDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly live: LiveBook;
  readonly latency: LatencyBook;
  readonly memory: EngineMemory | undefined;
  newId(): string;
  /** What schedules go by. */
  siteTime(): SiteTime;
  /** Opens core's journal; `opening` is what a new file begins with. */
  openJournal(opening: () => CoreRecord): CoreJournal;
  want(board: number, point: number, state: OutputState, until?: Instant): void;
  order(hold: HoldOrder): void;
  /** To the recorder of a channel, or to all of them when the channel is not known. */
  tell(channel: number | undefined, message: CoreToRecorder): void;
  store(intent: StoreIntent): void;
  /** A receipt began or went on. */
  receiptKept(receipt: Receipt): void;
  notify(effect: NotifyEffect): Promise<Outcome>;
  /** Takes pictures for an edge; never rejects. */
  snapshots(order: SnapshotOrder): Promise<Outcome>;
  /** Turns a camera for an edge; never rejects. */
  turn(order: PtzOrder): Promise<Outcome>;
  /** The engine changed a mode by itself; the configuration has to follow. */
  modeChanged(output: number, mode: OutputMode): void;
  /** A step itself failed: nothing that the engine knows can be relied on, the process has to begin anew. */
  broken(error: unknown): void;
}

export interface EngineShell extends AsyncDisposable {
  /** Takes an event; `done` gets the effects of its step after they were carried out. */
  feed(event: EngineEvent, done?: (effects: readonly EngineEffect[]) => void): void;
  /** The configuration that holds from the next event on. */
  configure(config: SiteConfig): void;
  config(): SiteConfig;
  view(): EngineView;
  readonly journal: CoreJournal;
  /** From now on events are left alone: the process is stopping. */
  halt(): void;
}

interface Queued {
  readonly event: EngineEvent;
  readonly done: ((effects: readonly EngineEffect[]) => void) | undefined;
}

/** Starts from what the journal remembered. Feed `resume` once everything is connected. */
export function startEngineShell(deps: EngineShellDeps, initialConfig: SiteConfig): EngineShell {
  let config = initialConfig;
  let state: EngineState = initialEngine(config, deps.memory, momentOf(deps.clock));
  // a new day's file begins with what was true before the step whose records it takes
  let before = state;
  let viewed: { readonly of: EngineState; readonly view: EngineView } | undefined;
  let halted = false;
  let busy = false;
  let cancelWake: () => void = () => undefined;
  const queue: Queued[] = [];
  const journal = deps.openJournal(() => stateRecord(before, momentOf(deps.clock)));

  const runStep = ({ event, done }: Queued) => {
    before = state;
    const env = { config, time: deps.siteTime(), newId: () => deps.newId() };
    const next = stepEngine(env, state, event, momentOf(deps.clock));
    state = next.state;
    // the engine gives relays first, then what is journalled, then what others are told of it
    for (const effect of next.effects) if (effect.kind === "want-output") hand(deps, effect);
    const records = next.effects.flatMap((effect) => (effect.kind === "journal" ? [effect.record] : []));
    if (mayWait(records, [before, state])) journal.step(records, "patient");
    else journal.step(records);
    before = state;
    for (const record of records) if (record.kind === "edge") logEdge(deps.log, record);
    for (const effect of next.effects) {
      if (effect.kind === "wake") {
        cancelWake();
        cancelWake = deps.clock.wakeAt(effect.at, () => feed({ kind: "wake" }));
      } else if (effect.kind !== "want-output" && effect.kind !== "journal")
        apart(deps, effect.kind, () => carryOut(deps, { feed, state }, effect));
    }
    apart(deps, "answer", () => done?.(next.effects));
  };
  const feed: EngineShell["feed"] = (event, done) => {
    if (halted) return;
    queue.push({ event, done });
    if (busy) return;
    busy = true;
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) runStep(next);
    } catch (error) {
      deps.broken(error);
    } finally {
      busy = false;
    }
  };
  return {
    feed,
    configure(next) {
      config = next;
      feed({ kind: "config-changed" });
    },
    config: () => config,
    view() {
      if (viewed?.of !== state) viewed = { of: state, view: engineView(state, momentOf(deps.clock)) };
      return viewed.view;
    },
    journal,
    halt() {
      halted = true;
      cancelWake();
    },
    async [Symbol.asyncDispose]() {
      halted = true;
      cancelWake();
      await journal[Symbol.asyncDispose]();
    },
  };
}

export type NotifyEffect = Extract<EngineEffect, { kind: "notify" }>;
export type SnapshotOrder = Extract<EngineEffect, { kind: "take-snapshots" }>;

type Work = Exclude<EngineEffect, { kind: "wake" | "want-output" | "journal" }>;

interface Carrying extends Pick<EngineShell, "feed"> {
  readonly state: EngineState;
}

/** One effect. What a command waits for (`triggered` and the like) is for the caller of `feed` alone. */
function carryOut(deps: EngineShellDeps, { feed, state }: Carrying, effect: Work): void {
  switch (effect.kind) {
    case "order-hold":
      deps.order(effect.hold);
      return;
    case "end-hold":
      deps.tell(effect.channel, { kind: "end-hold", holdId: effect.holdId, endAt: effect.endAt });
      return;
    case "forget-hold":
      deps.tell(effect.channel, { kind: "forget-hold", holdId: effect.holdId });
      return;
    case "notify":
      startNotifying(deps, feed, effect);
      return;
    case "go-ptz":
      void turnCamera(deps, feed, effect);
      return;
    case "take-snapshots":
      void takeSnapshots(deps, feed, effect);
      return;
    case "receipt-changed":
      keepReceipt(deps, effect.receipt, callsNobody(effect.receipt, [state]));
      return;
    case "armed-changed":
      deps.store({ kind: "armed", armed: effect.armed, at: deps.clock.wall(), by: effect.by });
      return;
    case "arming-changed":
      deps.live.publish({ kind: "armed", armed: isArmed(effect.arming), arming: effect.arming });
      return;
    case "walk-changed":
      keepWalk(deps, effect.walk);
      return;
    case "chime":
      deps.live.publish(effect);
      return;
    case "input-changed":
      deps.live.publish({ kind: "input", input: effect.input });
      return;
    case "output-changed":
      deps.live.publish({ kind: "output", output: effect.output });
      return;
    case "mode-changed":
      deps.modeChanged(effect.output, effect.mode);
      return;
    case "trouble":
      if (effect.trouble.ended === undefined) deps.log.warn({ trouble: effect.trouble.key }, effect.trouble.what);
      deps.live.publish({ kind: "trouble", trouble: effect.trouble });
      return;
    case "latency":
      if (effect.what === "edge-to-decision") deps.latency.edgeToDecision(effect.ms);
      if (effect.what === "edge-to-command") deps.latency.edgeToCommand(effect.ms);
      if (effect.what === "edge-to-durable") deps.latency.edgeToDurable(effect.ms);
      return;
    case "triggered":
    case "trigger-refused":
    case "confirmation-needed":
      return;
    default:
      assertNever(effect);
  }
}

/** A driver that throws must keep no other effect from happening. */
function hand(deps: EngineShellDeps, effect: Extract<EngineEffect, { kind: "want-output" }>): void {
  apart(deps, `output ${effect.board}/${effect.point}`, () =>
    deps.want(effect.board, effect.point, effect.state, effect.until),
  );
}

/** Whoever throws keeps no other effect from happening, and no event from being taken. */
function apart(deps: EngineShellDeps, effect: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    deps.log.error({ effect, error: error instanceof Error ? error.stack : String(error) }, "an effect failed");
  }
}

function logEdge(log: Log, { edge, armed, alarmId }: Extract<CoreRecord, { kind: "edge" }>): void {
  const { eventId, inputName, kind } = edge;
  log.info({ eventId, armed, ...(alarmId === undefined ? {} : { alarmId }) }, `edge accepted: ${inputName} ${kind}`);
}

/** Beside the footage lies a copy of what called somebody: of the rest the volume's own lines say what was recorded. */
function keepReceipt(deps: EngineShellDeps, receipt: Receipt, calledNobody: boolean): void {
  deps.store({ kind: "receipt", receipt });
  deps.live.publish({ kind: "receipt", receipt });
  deps.receiptKept(receipt);
  if (receipt.closedAt === undefined) return;
  if (!calledNobody) deps.tell(undefined, { kind: "note", note: { kind: "receipt", receipt } });
  const text = sentence(receipt, (wall) => new Date(wall).toISOString());
  deps.log.info({ eventId: receipt.edge.eventId }, `receipt closed: ${text}`);
}

/** The end that nobody asked for stands in the audit log too. */
function keepWalk(deps: EngineShellDeps, walk: WalkRecord): void {
  const { walkId, ended } = walk;
  deps.store({ kind: "walk-test", walk });
  deps.live.publish({ kind: "walk-test", walk });
  deps.log.info({ walkId, ...ended }, ended === undefined ? "walk test begun" : "walk test ended");
  if (ended === undefined || ended.why === "stopped") return;
  const actor = { kind: "system", name: "walk test" } as const;
  deps.store({ kind: "audit", at: ended.at, actor, what: "walk-test-ended", details: { walkId, why: ended.why } });
}

async function turnCamera(deps: EngineShellDeps, feed: EngineShell["feed"], order: PtzOrder): Promise<void> {
  const { eventId, actionId } = order;
  feed({ kind: "ptz-result", eventId, actionId, outcome: await deps.turn(order) });
}

async function takeSnapshots(deps: EngineShellDeps, feed: EngineShell["feed"], order: SnapshotOrder): Promise<void> {
  const { eventId, actionId } = order;
  feed({ kind: "snapshot-result", eventId, actionId, outcome: await deps.snapshots(order) });
}

function startNotifying(deps: EngineShellDeps, feed: EngineShell["feed"], effect: NotifyEffect): void {
  const ended = (outcome: Outcome) =>
    feed({
      kind: "notify-result",
      eventId: effect.receipt.edge.eventId,
      actionId: effect.action.id,
      outcome,
    });
  deps
    .notify(effect)
    .then(ended, (error: unknown) =>
      ended({ kind: "failed", reason: error instanceof Error ? error.message : String(error) }),
    );
}
