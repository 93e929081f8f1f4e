/**
 * What pictures show and calls nobody, in few bytes: the journal's line of a step leaves out what the line itself, the
 * lines before it or the rules of the engine say already. Lossless or not at all: `shorten` gives up where `restore`
 * would not give the same records. `docs/design/alarm.md`, "Short lines", has the form; the verifier reads it by that.
 */
import { instant, momentAt, wallTime, type Moment } from "../kernel/time.ts";
import type { EngineRecord, InputMemory } from "./engine-records.ts";
import type { RecordHold } from "./engine-facts.ts";
import type { Level } from "./level.ts";
import type { ActionTarget, Edge, EdgeKind, Outcome, Receipt, ReceiptAction, RecordFacts } from "./receipt.ts";
import { actionAt, noteRecord, placeOf, type ShortBook } from "./short-book.ts";

/** Of an action that is not recorded at once: what a gate held back, else all of it. */
type ShortAction =
  | readonly [id: string, channel: number, preS: number]
  | { readonly id: string; readonly target: ActionTarget; readonly gate: string }
  | { readonly all: ReceiptAction };

export interface ShortEdge {
  readonly edge: string;
  readonly of: number;
  readonly name: string;
  readonly on: EdgeKind;
  /** When it was decided: instant and wall time. */
  readonly t: readonly [number, number];
  /** Its own instant, where it is another. */
  readonly at?: number;
  readonly armed?: 1;
  readonly cause?: NonNullable<Edge["cause"]>;
  /** What else its edge has. */
  readonly more?: Partial<Edge>;
  readonly do?: readonly ShortAction[];
  /** What is recorded ends so many ms after the edge at the latest. */
  readonly max?: number;
}

/** `n`: the place of the action among the event's, where it is not the first without an outcome. */
interface OfAction {
  readonly n?: number;
}

export type ShortPart =
  | ShortEdge
  /** The level of the input whose edge stands in this line, or all that is known of it. */
  | { readonly level: Level; readonly of: number }
  | { readonly memory: InputMemory }
  | ({ readonly end: string; readonly at: number } & OfAction)
  | ({ readonly facts: string; readonly is: RecordFacts } & OfAction)
  /** `how` is absent where it is done; `is`: what was not known before. */
  | ({ readonly out: string; readonly at: number; readonly how?: Outcome; readonly is?: RecordFacts } & OfAction)
  | { readonly closed: string; readonly at: number };

const rule = (input: number): string => `input:${input}`;

/** The parts of a step's line, or nothing where one of its records has no short form. To be compared with `restore`. */
export function shorten(
  records: readonly EngineRecord[],
  known: ReadonlyMap<string, Receipt>,
): ShortPart[] | undefined {
  const book: ShortBook = new Map(known);
  const edges = new Set(records.flatMap((record) => (record.kind === "edge" ? [record.edge.input] : [])));
  const parts: ShortPart[] = [];
  for (const record of records) {
    const part = partOf(record, book, edges);
    if (part === undefined) return undefined;
    parts.push(part);
    noteRecord(book, record);
  }
  return parts;
}

function partOf(record: EngineRecord, book: ShortBook, edges: ReadonlySet<number>): ShortPart | undefined {
  switch (record.kind) {
    case "input": {
      const { memory } = record;
      const plain = edges.has(memory.input) && memory.turned === undefined && memory.movedAt !== undefined;
      const others = Object.keys(memory).length > 5;
      return plain && !others ? { level: memory.level, of: memory.input } : { memory };
    }
    case "edge":
      return shortEdge(record);
    case "hold-end": {
      const owner = [...book.values()].find(({ actions }) => actions.some(({ id }) => id === record.holdId));
      if (owner === undefined) return undefined;
      const { eventId } = owner.edge;
      return { end: eventId, at: record.endAt, ...place(book, eventId, record.holdId) };
    }
    case "facts":
    case "outcome":
      return shortAction(record, book);
    case "receipt": {
      const { edge, closedAt } = record.receipt;
      return closedAt === undefined ? undefined : { closed: edge.eventId, at: closedAt };
    }
    default:
      return undefined;
  }
}

function place(book: ShortBook, eventId: string, actionId: string): OfAction {
  if (actionAt(book, eventId, undefined)?.id === actionId) return {};
  const n = placeOf(book, eventId, actionId);
  return n === undefined ? {} : { n };
}

function shortAction(
  record: Extract<EngineRecord, { kind: "facts" | "outcome" }>,
  book: ShortBook,
): ShortPart | undefined {
  const { eventId, actionId } = record;
  const action = book.get(eventId)?.actions.find(({ id }) => id === actionId);
  if (action === undefined || record.output !== undefined) return undefined;
  const before: Readonly<Record<string, unknown>> = { ...action.record };
  const news = Object.entries(record.record ?? {}).filter(([name, value]) => before[name] !== value);
  const is = Object.fromEntries(news) as RecordFacts;
  const of = place(book, eventId, actionId);
  if (record.kind === "facts") return { facts: eventId, ...of, is };
  const { outcome } = record;
  return {
    ...{ out: eventId, ...of, at: record.at },
    ...(outcome.kind === "done" ? {} : { how: outcome }),
    ...(news.length === 0 ? {} : { is }),
  };
}

function shortEdge({ edge, armed, actions, holds }: Extract<EngineRecord, { kind: "edge" }>): ShortEdge {
  const { eventId, input, inputName, kind, at, decidedAt, cause, ...more } = edge;
  const first = holds[0];
  return {
    ...{ edge: eventId, of: input, name: inputName, on: kind, t: [decidedAt.instant, decidedAt.wall] },
    ...(at.instant === decidedAt.instant ? {} : { at: at.instant }),
    ...(armed ? { armed: 1 } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(Object.keys(more).length === 0 ? {} : { more }),
    ...(actions.length === 0 ? {} : { do: actions.map((action) => actionPart(action, edge)) }),
    ...(first === undefined ? {} : { max: first.boundAt - first.edgeAt }),
  };
}

function actionPart(action: ReceiptAction, { input, decidedAt }: Edge): ShortAction {
  const { id, target, because, outcome, outcomeAt, ...rest } = action;
  if (because.rule === rule(input) && Object.keys(rest).length === 0) {
    if (outcome === undefined && target.kind === "record") return [id, target.channel, target.preS];
    if (outcome?.kind === "suppressed" && outcomeAt === decidedAt.wall) return { id, target, gate: outcome.gate };
  }
  return { all: action };
}

/** The records of a short line. What speaks of an event that no line before it tells of is left out. */
export function restore(
  parts: readonly ShortPart[],
  bootId: string,
  known: ReadonlyMap<string, Receipt>,
): EngineRecord[] {
  const book: ShortBook = new Map(known);
  const edges = parts.flatMap((part) => ("edge" in part ? [edgeOf(part, bootId)] : []));
  return parts.flatMap((part) => {
    const record = recordOf(part, book, edges);
    if (record === undefined) return [];
    noteRecord(book, record);
    return [record];
  });
}

type EdgeRecord = Extract<EngineRecord, { kind: "edge" }>;

function recordOf(part: ShortPart, book: ShortBook, edges: readonly EdgeRecord[]): EngineRecord | undefined {
  if ("memory" in part) return { kind: "input", memory: part.memory };
  if ("level" in part) return memoryOf(part, edges);
  if ("edge" in part) return edges.find(({ edge }) => edge.eventId === part.edge);
  if ("closed" in part) {
    const receipt = book.get(part.closed);
    return receipt && { kind: "receipt", receipt: { ...receipt, closedAt: wallTime(part.at) } };
  }
  if ("end" in part) {
    const action = actionAt(book, part.end, part.n);
    return action && { kind: "hold-end", holdId: action.id, endAt: instant(part.at) };
  }
  const eventId = "facts" in part ? part.facts : part.out;
  const action = actionAt(book, eventId, part.n);
  if (action === undefined) return undefined;
  const facts = { ...action.record, ...part.is };
  const of = { eventId, actionId: action.id };
  const record = action.record === undefined && part.is === undefined ? {} : { record: facts };
  if ("facts" in part) return { kind: "facts", ...of, ...record };
  return { kind: "outcome", ...of, outcome: part.how ?? { kind: "done" }, at: wallTime(part.at), ...record };
}

function memoryOf({ level, of }: { readonly level: Level; readonly of: number }, edges: readonly EdgeRecord[]) {
  const edge = edges.find(({ edge: one }) => one.input === of)?.edge;
  if (edge === undefined) return undefined;
  const { decidedAt, at, kind } = edge;
  const memory: InputMemory = { input: of, level, active: kind !== "cleared", wall: decidedAt.wall, movedAt: at };
  return { kind: "input", memory } as const;
}

function edgeOf(part: ShortEdge, bootId: string): EdgeRecord {
  const decidedAt: Moment = { bootId, instant: instant(part.t[0]), wall: wallTime(part.t[1]) };
  const at = part.at === undefined ? decidedAt : momentAt(decidedAt, instant(part.at));
  const edge: Edge = {
    ...{ eventId: part.edge, input: part.of, inputName: part.name, kind: part.on, at, decidedAt },
    ...(part.cause === undefined ? {} : { cause: part.cause }),
    ...part.more,
  };
  const actions = (part.do ?? []).map((one) => actionOf(one, edge));
  const holds = actions.flatMap((action) => holdOf(action, edge, part.max));
  return { kind: "edge", edge, armed: part.armed === 1, actions, holds };
}

function actionOf(short: ShortAction, { eventId, input, decidedAt }: Edge): ReceiptAction {
  if ("all" in short) return short.all;
  const because = { rule: rule(input), eventId };
  if (!("gate" in short)) {
    const [id, channel, preS] = short;
    return { id, target: { kind: "record", channel, preS }, because };
  }
  const { id, target, gate } = short;
  return { id, target, because, outcome: { kind: "suppressed", gate }, outcomeAt: decidedAt.wall };
}

function holdOf({ id, target, outcome }: ReceiptAction, { eventId, at, cause }: Edge, max = 0): RecordHold[] {
  if (target.kind !== "record" || outcome !== undefined) return [];
  const { bootId, instant: edgeAt, wall: edgeWall } = at;
  return [
    {
      ...{ holdId: id, eventId, channel: target.channel, trigger: cause ?? "edge", bootId, edgeAt, edgeWall },
      ...{ preMs: target.preS * 1000, boundAt: instant(edgeAt + max) },
    },
  ];
}

/** The events that a short line speaks of. */
export const eventsOf = (parts: readonly ShortPart[]): string[] =>
  parts.flatMap((part) => {
    if ("edge" in part) return [part.edge];
    if ("end" in part) return [part.end];
    if ("facts" in part) return [part.facts];
    if ("out" in part) return [part.out];
    return "closed" in part ? [part.closed] : [];
  });
