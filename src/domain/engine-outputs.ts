/** Outputs in the engine: holds end, people press buttons, boards answer; the wanted state is told when it changes. */
import type { Instant } from "../kernel/time.ts";
import { after, later, seconds } from "../kernel/time.ts";
import { activeState, asksFirst, canReadBack, longestOnMs, wantedState } from "./alarm-output.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, endTrouble, journal, note, setOutput, settle } from "./engine-draft.ts";
import { returnToAuto } from "./engine-forced.ts";
import { dropHolds, latchesOver, silenceAlarms } from "./engine-output-holds.ts";
import type { EngineState, OutputEntry } from "./engine-state.ts";
import type { EngineEvent } from "./engine-types.ts";
import { feedbackOf } from "./engine-view.ts";
import { addHold, expireHolds, heldUntil, type Holds } from "./hold.ts";
import { patience } from "./receipt-book.ts";

type EventOf<K extends EngineEvent["kind"]> = Extract<EngineEvent, { readonly kind: K }>;

/** All outputs to their rest state. Asks first when a lock or gate would move. */
export function restOutputs(draft: Draft, event: EventOf<"rest-outputs">): void {
  const asking = [...draft.state.outputs.values()].filter(
    (entry) => asksFirst(entry.settings.kind) && !isAtRest(entry),
  );
  if (asking.length > 0 && !event.confirmed) {
    draft.others.push({ kind: "confirmation-needed", outputs: asking.map((entry) => entry.settings.output) });
    return;
  }
  draft.by = `outputs to rest by ${event.by}`;
  dropHolds(draft, () => true, "returned to rest before the board confirmed it");
  silenceAlarms(draft, event.by);
  for (const entry of draft.state.outputs.values()) {
    draft.resend.add(entry.settings.output);
    if (entry.mode === "on") returnToAuto(draft, entry);
  }
}

const isAtRest = ({ settings, wanted, readBack }: OutputEntry): boolean =>
  wanted === settings.restState && (readBack === "unknown" || readBack === settings.restState);

/** A person switches it on for a while; never longer than an edge could. */
export function testOutput(draft: Draft, event: EventOf<"output-test">): void {
  const entry = draft.state.outputs.get(event.output);
  if (entry === undefined || event.seconds <= 0) return;
  const from = draft.now.instant;
  const longest = Math.min(seconds(event.seconds), longestOnMs(entry.settings));
  const boundAt = after(from, longest);
  draft.by = `test by ${event.by}`;
  const hold = { by: `test:${draft.env.newId()}`, from, boundAt, input: 0, holdS: 0 };
  setOutput(draft, { ...entry, holds: addHold(entry.holds, hold) });
  draft.changedOutputs.add(event.output);
}

const entryAt = (draft: Draft, board: number, point: number): OutputEntry[] =>
  [...draft.state.outputs.values()].filter(({ settings }) => settings.board === board && settings.point === point);

/** The command left for the board. Where it can't be read back, this is all the proof there is. */
export function onCommanded(draft: Draft, event: EventOf<"commanded">): void {
  for (const entry of entryAt(draft, event.board, event.point)) {
    setOutput(draft, { ...entry, commanded: event.state });
    if (event.state !== activeState(entry.settings)) continue;
    const board = draft.env.config.boards.find((candidate) => candidate.board === event.board);
    for (const waiting of entry.waiting) {
      const open = draft.state.book.get(waiting.eventId)?.receipt;
      const action = open?.actions.find((candidate) => candidate.id === waiting.actionId);
      if (action?.output?.commandedAfterMs === undefined) {
        const commandedAfterMs = Math.max(0, event.at - waiting.dueAt);
        note(draft, waiting.eventId, waiting.actionId, { output: { commandedAfterMs } });
        draft.others.push({ kind: "latency", what: "edge-to-command", ms: commandedAfterMs });
      }
      if (!canReadBack(board, event.point)) settle(draft, waiting.eventId, waiting.actionId, { kind: "done" });
    }
  }
}

export function onReadBack(draft: Draft, event: EventOf<"read-back">): void {
  for (const entry of entryAt(draft, event.board, event.point)) {
    if (entry.readBack !== event.state) {
      setOutput(draft, { ...entry, readBack: event.state });
      draft.changedOutputs.add(entry.settings.output);
    }
    if (event.state !== activeState(entry.settings)) continue;
    for (const waiting of entry.waiting) {
      const confirmedAfterMs = Math.max(0, event.at - waiting.edgeAt);
      settle(draft, waiting.eventId, waiting.actionId, { kind: "done" }, { output: { confirmedAfterMs } });
    }
  }
}

/** The board is out of reach: nobody knows what its relays are. */
export function forgetReadBack(draft: Draft, board: number): void {
  for (const entry of draft.state.outputs.values()) {
    if (entry.settings.board !== board) continue;
    setOutput(draft, { ...entry, commanded: "unknown", readBack: "unknown" });
    draft.changedOutputs.add(entry.settings.output);
  }
}

/** At the end of each step: what the relays shall be now, told where it changed or was asked for again. */
export function tellOutputs(draft: Draft): void {
  const at = draft.now.instant;
  for (const entry of draft.state.outputs.values()) {
    const { output, board, point } = entry.settings;
    const holds = expireHolds(entry.holds, at);
    const wanted = wantedState(entry.settings, entry.mode, holds, at);
    const changed = wanted !== entry.wanted;
    if (holds.length !== entry.holds.length) draft.changedOutputs.add(output);
    latchesOver(draft, entry, holds);
    const operated = changed && wanted === activeState(entry.settings);
    const operations = entry.operations + (operated ? 1 : 0);
    if (changed || holds !== entry.holds) {
      const told = { wanted, wantedAt: changed ? at : entry.wantedAt, operations };
      setOutput(draft, { ...entry, holds, ...told, ...(operated ? { lastOnAt: at } : {}) });
    }
    const until = wanted === activeState(entry.settings) ? onUntil(entry, holds) : undefined;
    // a board that switches off by itself must hear of a later end
    const prolonged = !changed && until !== undefined && until > (entry.toldUntil ?? Infinity);
    if (!changed && !prolonged && !draft.resend.has(output)) continue;
    tellUntil(draft, output, until);
    draft.commands.push({
      ...{ kind: "want-output", output, board, point, state: wanted },
      ...(until === undefined ? {} : { until }),
    });
    if (!changed) continue;
    draft.changedOutputs.add(output);
    const why = draft.byOf.get(output) ?? draft.by;
    const by = why !== "" ? why : operated ? "still held" : "its time is over";
    journal(draft, { kind: "output", output, state: wanted, by, ...(operated ? { operations } : {}) });
  }
}

/** Whoever forces it and whatever holds it: the later of their ends. */
function onUntil({ forcedUntil }: OutputEntry, holds: Holds): Instant | undefined {
  const held = heldUntil(holds);
  return forcedUntil === undefined || held === undefined ? (forcedUntil ?? held) : later(forcedUntil, held);
}

function tellUntil(draft: Draft, output: number, until: Instant | undefined): void {
  const entry = draft.state.outputs.get(output);
  if (entry !== undefined && entry.toldUntil !== until) setOutput(draft, { ...entry, toldUntil: until });
}

/** When a relay that contradicts its command becomes a trouble. */
export function mismatchAt(entry: OutputEntry): Instant | undefined {
  if (entry.readBack === "unknown" || entry.readBack === entry.wanted) return undefined;
  return after(entry.wantedAt, patience.output);
}

/** When a feedback contact that contradicts what its output shall be becomes a trouble. */
export function feedbackMismatchAt(state: EngineState, entry: OutputEntry): Instant | undefined {
  const felt = feedbackOf(state, entry);
  if (felt === undefined || felt === "unknown" || felt === entry.wanted) return undefined;
  return after(entry.wantedAt, patience.output);
}

/** A contact moved: the outputs that it gives feedback of are told anew. */
export function feedbackMoved(draft: Draft, board: number, point?: number): void {
  for (const { settings } of draft.state.outputs.values()) {
    if (settings.feedback?.board !== board) continue;
    if (point === undefined || settings.feedback.point === point) draft.changedOutputs.add(settings.output);
  }
}

/** A relay that is not what it was told to be, for longer than a command takes, is a trouble until it is. */
export function watchReadBack(draft: Draft): void {
  for (const entry of draft.state.outputs.values()) {
    const { output, name } = entry.settings;
    const due = mismatchAt(entry);
    if (due === undefined) endTrouble(draft, `output:${output}`);
    else if (due <= draft.now.instant) {
      beginTrouble(draft, `output:${output}`, `${name} is told ${entry.wanted} but reads back ${entry.readBack}`);
    }
    const felt = feedbackMismatchAt(draft.state, entry);
    if (felt === undefined) endTrouble(draft, `feedback:${output}`);
    else if (felt <= draft.now.instant) {
      beginTrouble(
        draft,
        `feedback:${output}`,
        `${name} is told ${entry.wanted}, but its feedback contact says otherwise`,
      );
    }
  }
}

/** Why an output action got no proof in time. */
export function whyUnconfirmed(draft: Draft, output: number): string {
  const entry = draft.state.outputs.get(output);
  if (entry === undefined) return "its output was removed";
  const active = activeState(entry.settings);
  const link = draft.state.boards.get(entry.settings.board)?.link;
  if (link?.kind === "lost" || link?.kind === "unauthorized") return `board lost: ${link.reason}`;
  const s = patience.output / 1000;
  return entry.commanded === active
    ? `commanded, but not read back as ${active} within ${s} s`
    : `board took no command within ${s} s`;
}
