/** Outputs in the engine: holds end, people press buttons, boards answer; the wanted state is told when it changes. */
import type { Instant } from "../kernel/time.ts";
import { after, seconds } from "../kernel/time.ts";
import {
  activeState,
  asksFirst,
  canReadBack,
  endAfterRest,
  isSilenced,
  longestOnMs,
  wantedState,
} from "./alarm-output.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, change, endTrouble, journal, note, setOutput, settle } from "./engine-draft.ts";
import type { EngineState, OutputEntry } from "./engine-state.ts";
import type { EngineEvent } from "./engine-types.ts";
import { feedbackOf } from "./engine-view.ts";
import { addHold, endHold, expireHolds } from "./hold.ts";
import type { OutputKind } from "./site-config.ts";
import { patience } from "./receipt-book.ts";

type EventOf<K extends EngineEvent["kind"]> = Extract<EngineEvent, { readonly kind: K }>;

/** An input came to rest: its holds go on for their hold time. */
export function endOutputHolds(draft: Draft, input: number, restAt: Instant): void {
  for (const entry of draft.state.outputs.values()) {
    const held = entry.holds.filter((hold) => hold.input === input && hold.endAt === undefined);
    if (held.length === 0) continue;
    const holds = held.reduce(
      (all, hold) => endHold(all, hold.by, endAfterRest(hold, restAt, hold.holdS)),
      entry.holds,
    );
    setOutput(draft, { ...entry, holds });
    draft.changedOutputs.add(entry.settings.output);
  }
}

/** One press: every siren, strobe and general output lets go; edges that join the running alarms stay quiet. */
export function silence(draft: Draft, by: string): void {
  draft.by = `silence by ${by}`;
  dropHolds(draft, isSilenced, "silenced before the board confirmed it");
  silenceAlarms(draft, by);
}

function silenceAlarms(draft: Draft, by: string): void {
  if ([...draft.state.alarms.values()].every((alarm) => alarm.silenced)) return;
  const alarms = [...draft.state.alarms].map(([input, alarm]) => [input, { ...alarm, silenced: true }] as const);
  change(draft, { alarms: new Map(alarms) });
  journal(draft, { kind: "silenced", by });
}

function dropHolds(draft: Draft, which: (kind: OutputKind) => boolean, reason: string): void {
  for (const entry of draft.state.outputs.values()) {
    if (!which(entry.settings.kind)) continue;
    if (entry.holds.length > 0) draft.changedOutputs.add(entry.settings.output);
    setOutput(draft, { ...entry, holds: [] });
    for (const { eventId, actionId } of entry.waiting) settle(draft, eventId, actionId, { kind: "short", reason });
  }
}

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
    const { output } = entry.settings;
    draft.resend.add(output);
    if (entry.mode !== "on") continue;
    setOutput(draft, { ...entry, mode: "auto" });
    draft.changedOutputs.add(output);
    draft.others.push({ kind: "mode-changed", output, mode: "auto" });
  }
}

const isAtRest = ({ settings, wanted, readBack }: OutputEntry): boolean =>
  wanted === settings.restState && (readBack === "unknown" || readBack === settings.restState);

export function setMode(draft: Draft, event: EventOf<"output-mode">): void {
  const entry = draft.state.outputs.get(event.output);
  if (entry === undefined || entry.mode === event.mode) return;
  draft.by = `mode ${event.mode} by ${event.by}`;
  setOutput(draft, { ...entry, mode: event.mode });
  draft.changedOutputs.add(event.output);
  if (event.mode !== "off") return;
  const reason = "set to off before the board confirmed it";
  for (const { eventId, actionId } of entry.waiting) settle(draft, eventId, actionId, { kind: "short", reason });
}

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
    if (changed || holds !== entry.holds) {
      setOutput(draft, { ...entry, holds, wanted, wantedAt: changed ? at : entry.wantedAt });
    }
    if (!changed && !draft.resend.has(output)) continue;
    draft.commands.push({ kind: "want-output", output, board, point, state: wanted });
    if (!changed) continue;
    draft.changedOutputs.add(output);
    journal(draft, { kind: "output", output, state: wanted, by: draft.by === "" ? "its time is over" : draft.by });
  }
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
  const within = `within ${patience.output / 1000} s`;
  return entry.commanded === active
    ? `commanded, but not read back as ${active} ${within}`
    : `board took no command ${within}`;
}
