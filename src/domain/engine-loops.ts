/**
 * Supervised loops in the engine: a cut or shorted cable is a trouble and a tamper event of its input, at any hour.
 *
 *     fine ──cut or short──▶ suspected ──held for the debounce time──▶ told (event, trouble, recording)
 *       ▲                        │ contact again                         │ contact again, for 10 s
 *       └────────────────────────┴───────────────────────────────────────┘
 *
 * A loop that goes from cut to short is another event. Of a board that is away nothing is known: what was told stays.
 */
import type { Instant } from "../kernel/time.ts";
import { after, seconds } from "../kernel/time.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, change, endTrouble, journal, setInput, withEntry, without } from "./engine-draft.ts";
import { acceptEdge, endRecordHolds } from "./engine-edges.ts";
import type { EngineState, InputEntry, LoopWatch } from "./engine-state.ts";
import { pointKey } from "./engine-state.ts";
import type { LevelFact } from "./engine-types.ts";
import { inputMemory } from "./engine-view.ts";
import { loopWords, type LoopTamper } from "./supervised-loop.ts";

/** How long a loop must be whole before it counts as mended: one that is worked at is one event. */
export const mendedAfterMs = seconds(10);

const nowOf = ({ level, tamper }: Pick<LevelFact, "level" | "tamper">): LoopWatch["now"] =>
  tamper ?? (level === "closed" || level === "open" ? "fine" : "unseen");

/** A level of a point: what it says of the loop behind it, for the inputs on it and those that come to be. */
export function onLoop(draft: Draft, board: number, report: LevelFact): void {
  // a report from after a time that is full, heard late, does not undo what that time brought about
  loopsDue(draft, report.at);
  const key = pointKey(board, report.point);
  const { tampers } = draft.state;
  if (report.tamper !== undefined) change(draft, { tampers: withEntry(tampers, key, report.tamper) });
  else if (tampers.has(key)) change(draft, { tampers: without(tampers, key) });
  for (const { settings } of draft.state.inputs.values()) {
    if (settings.board === board && settings.point === report.point)
      seeLoop(draft, settings.input, nowOf(report), report.at);
  }
}

/** The board is away: nothing is known of its loops. */
export function blindLoops(draft: Draft, board: number, at: Instant): void {
  const kept = [...draft.state.tampers].filter(([key]) => !key.startsWith(`${board}/`));
  if (kept.length !== draft.state.tampers.size) change(draft, { tampers: new Map(kept) });
  for (const { settings } of draft.state.inputs.values()) {
    if (settings.board === board) seeLoop(draft, settings.input, "unseen", at);
  }
}

/** An input came to be on a point, or was switched on: what is known of its loop is a look of now. */
export function lookAtLoop(draft: Draft, input: number): void {
  const settings = draft.state.inputs.get(input)?.settings;
  if (settings === undefined) return;
  const tamper = draft.state.tampers.get(pointKey(settings.board, settings.point));
  if (tamper !== undefined) seeLoop(draft, input, tamper, draft.now.instant);
}

function seeLoop(draft: Draft, input: number, now: LoopWatch["now"], at: Instant): void {
  const entry = draft.state.inputs.get(input);
  if (entry === undefined || entry.loop?.now === now) return;
  if (entry.loop === undefined && (now === "fine" || now === "unseen")) return;
  const told = entry.loop?.told;
  setInput(draft, withLoop(entry, { now, since: at, ...(told === undefined ? {} : { told }) }));
}

/** A loop that is fine and of which nothing was told is not kept. */
function withLoop(entry: InputEntry, loop: LoopWatch): InputEntry {
  const { loop: before, ...rest } = entry;
  const idle = loop.told === undefined && (loop.now === "fine" || loop.now === "unseen");
  return idle && before !== undefined ? rest : { ...rest, loop };
}

/** When what is seen of the loop counts, if it stays so. */
export function loopDueAt({ settings, loop }: InputEntry): Instant | undefined {
  if (loop === undefined || !settings.enabled || loop.now === "unseen" || loop.now === loop.told) return undefined;
  return after(loop.since, loop.now === "fine" ? mendedAfterMs : settings.debounceMs);
}

export const nextLoopDue = (state: EngineState): readonly (Instant | undefined)[] =>
  [...state.inputs.values()].map(loopDueAt);

/** Everything that time alone brings about in loops. */
export function loopsDue(draft: Draft, until: Instant = draft.now.instant): void {
  for (const entry of [...draft.state.inputs.values()]) {
    const due = loopDueAt(entry);
    if (due === undefined || due > until || entry.loop === undefined) continue;
    const { now, since } = entry.loop;
    if (now === "cut" || now === "short") tampered(draft, entry, { what: now, at: since, dueAt: due });
    else mended(draft, entry, since);
  }
}

interface Tampering {
  readonly what: LoopTamper;
  readonly at: Instant;
  readonly dueAt: Instant;
}

function tampered(draft: Draft, entry: InputEntry, { what, at, dueAt }: Tampering): void {
  const { input, name } = entry.settings;
  keep(draft, withLoop(entry, { now: what, since: at, told: what }));
  endTrouble(draft, `loop:${input}`);
  acceptEdge(draft, { input, inputName: name, kind: "tamper", loop: what, at, dueAt });
}

/** Its recording ends as if an input had come to rest. */
function mended(draft: Draft, entry: InputEntry, at: Instant): void {
  keep(draft, withLoop(entry, { now: "fine", since: at }));
  endLoopHolds(draft, entry.settings.input, at);
}

function keep(draft: Draft, entry: InputEntry): void {
  setInput(draft, entry);
  journal(draft, { kind: "input", memory: inputMemory(entry, draft.now) });
}

const endLoopHolds = (draft: Draft, input: number, at: Instant): void =>
  endRecordHolds(draft, (edge) => edge.kind === "tamper" && edge.input === input, at);

/** The input is gone, off, or on another contact: nothing of its loop counts any more. */
export function forgetLoop(draft: Draft, input: number): void {
  const entry = draft.state.inputs.get(input);
  endTrouble(draft, `loop:${input}`);
  if (entry?.loop === undefined) return;
  const { loop, ...rest } = entry;
  if (loop.told === undefined) setInput(draft, rest);
  else keep(draft, rest);
  endLoopHolds(draft, input, draft.now.instant);
}

/** At the end of each step: what was told and is not mended is a trouble, also after a restart. */
export function watchLoops(draft: Draft): void {
  for (const { settings, loop } of draft.state.inputs.values()) {
    const key = `loop:${settings.input}`;
    if (loop?.told === undefined || !settings.enabled) endTrouble(draft, key);
    else beginTrouble(draft, key, `${settings.name}: ${loopWords[loop.told]}`);
  }
}
