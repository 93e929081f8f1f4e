/** The receipts' edges against what the contacts did: each change that held still is one edge, none without cause. */
import { tolerance, when, type Facts, type InputSetting, type ReceiptAnswer } from "./evidence.ts";
import type { Span } from "./logs.ts";

interface Change {
  readonly at: number;
  readonly active: boolean;
}

interface Contact {
  readonly facts: Facts;
  readonly setting: InputSetting;
  readonly changes: readonly Change[];
  readonly looks: readonly Span[];
  readonly pauses: readonly Span[];
  readonly poll: number;
  readonly edges: readonly ReceiptAnswer["edge"][];
}

export function checkEdges(facts: Facts): string[] {
  return [...facts.inputs.flatMap((setting) => checkContact(contactOf(facts, setting))), ...checkTampers(facts)];
}

function contactOf(facts: Facts, setting: InputSetting): Contact {
  const board = facts.boardFacts.get(setting.board);
  const changes = board?.contacts.get(setting.contact) ?? [];
  return {
    facts,
    setting,
    changes: changes.map(({ at, closed }) => ({ at, active: closed !== (setting.type === "NC") })),
    looks: (board?.connections ?? []).filter(({ to }) => to >= facts.from),
    pauses: board?.pauses ?? [],
    poll: facts.boards.find((one) => one.board === setting.board)?.measuredPollMs ?? 0,
    edges: facts.receipts
      .map(({ edge }) => edge)
      .filter((edge) => edge.input === setting.input)
      .sort((a, b) => a.decidedAt.instant - b.decidedAt.instant || a.at.instant - b.at.instant),
  };
}

const raises = (edge: ReceiptAnswer["edge"]): boolean => edge.kind !== "cleared";

/** At rest before the first change. */
const activeAt = ({ changes }: Contact, at: number): boolean =>
  changes.findLast((change) => change.at <= at)?.active ?? false;

function checkContact(contact: Contact): string[] {
  const found: string[] = [];
  let active = false;
  let usedUntil = -Infinity;
  for (const edge of contact.edges) {
    const name = `input ${contact.setting.input}: ${edge.kind} at ${when(contact.facts, edge.at.instant)}`;
    if (raises(edge) === active) found.push(`${name} repeats the side that the edge before it had`);
    active = raises(edge);
    const cause = causeOf(contact, edge, usedUntil);
    if (typeof cause === "string") found.push(`${name} ${cause}`);
    else usedUntil = cause;
  }
  return [...found, ...checkStillness(contact)];
}

/** When a change could be seen first: not while nobody looked, by the board's own log. */
const seenAt = ({ pauses }: Contact, at: number): number =>
  pauses.find(({ from, to }) => at >= from && at <= to)?.to ?? at;

/** The change that an edge is of; a sentence when there is none. */
function causeOf(contact: Contact, edge: ReceiptAnswer["edge"], usedUntil: number): number | string {
  const { changes, setting, poll, looks } = contact;
  const at = edge.at.instant;
  const side = raises(edge);
  const early = poll + tolerance.edge;
  const live = changes.find(
    (one) => one.active === side && one.at > usedUntil && seenAt(contact, one.at) >= at - early && one.at <= at + 1,
  );
  const looked = looks.some(({ from }) => at >= from && at <= from + tolerance.connect);
  if (live !== undefined && edge.kind !== "raised(found)") {
    const late = at - seenAt(contact, live.at);
    if (late > early) return `is ${late.toFixed(0)} ms late`;
    const waited = edge.decidedAt.instant - at;
    const held = (changes.find((one) => one.at > live.at)?.at ?? Infinity) - live.at;
    if (held + 2 * poll + 100 < setting.debounceMs && !bounced(contact, live.at, edge.decidedAt.instant)) {
      return `is of a glitch of ${held.toFixed(0)} ms`;
    }
    if (waited < setting.debounceMs - 1) return `was decided after ${waited.toFixed(0)} ms, before its debounce`;
    return live.at;
  }
  if (edge.kind === "raised") return "is of no change of its contact";
  if (!looked) return "was found although no connection to its board began before it";
  const newest = changes.findLast((one) => one.active === side && one.at <= at);
  if (newest === undefined || newest.at <= usedUntil) return "was found although its contact had not changed";
  if (!activeNear(contact, at, side)) return `was found although its contact was ${side ? "at rest" : "active"}`;
  const notBefore = edge.notBefore === undefined ? -Infinity : edge.notBefore - edge.at.wall + at;
  if (newest.at < notBefore - early)
    return `says that it came after ${when(contact.facts, notBefore)}, it came at ${when(contact.facts, newest.at)}`;
  return newest.at;
}

/** The contact came to rest on the new side, after bounces, before the edge was decided. */
const bounced = (contact: Contact, at: number, decidedAt: number): boolean =>
  contact.changes.some((one) => {
    const next = contact.changes.find(({ at: later }) => later > one.at)?.at ?? Infinity;
    return one.at > at && one.at < decidedAt && next - one.at + 2 * contact.poll + 100 >= contact.setting.debounceMs;
  });

/** It was on that side at some moment of the look that found it so, if only between two bounces. */
const activeNear = (contact: Contact, at: number, side: boolean): boolean => {
  const since = at - contact.poll - tolerance.read;
  return (
    activeAt(contact, since) === side ||
    contact.changes.some((one) => one.active === side && one.at > since && one.at <= at)
  );
};

/** Wherever a connected board's contact held still for long enough, the receipts know its side. */
function checkStillness(contact: Contact): string[] {
  const { facts, setting, changes, looks, poll } = contact;
  const found: string[] = [];
  const patience = setting.debounceMs + poll + tolerance.decide;
  for (const look of looks) {
    const end = Math.min(look.to, facts.until);
    const starts = [
      look.from + tolerance.connect,
      ...changes.filter(({ at }) => at > look.from && at < end).map(({ at }) => at),
    ];
    for (const [i, start] of starts.entries()) {
      const next = changes.find(({ at }) => at > start)?.at ?? Infinity;
      const known = Math.max(seenAt(contact, start), look.from + tolerance.connect) + patience;
      if (known > Math.min(next, end) || start < facts.from) continue;
      const truth = activeAt(contact, start);
      const said = contact.edges.findLast((edge) => edge.decidedAt.instant <= known);
      if ((said !== undefined && raises(said)) === truth) continue;
      const what = i === 0 ? "since before the connection" : `since ${when(facts, start)}`;
      found.push(
        `input ${setting.input}: its contact was ${truth ? "active" : "at rest"} ${what}, and ${when(facts, known)} no receipt says so`,
      );
    }
  }
  return found;
}

/** From each arming, or change of its mode, to the next. */
function armedSpans({ core }: Facts): Span[] {
  const changes = core.lines.filter(({ record }) => record.kind === "armed");
  return changes.flatMap(({ at, record }, i) =>
    record["armed"] === true ? [{ from: at, to: changes[i + 1]?.at ?? Infinity }] : [],
  );
}

/** A board out of reach for 10 s while armed is one tamper event; less is none. */
function checkTampers(facts: Facts): string[] {
  const found: string[] = [];
  const armed = armedSpans(facts);
  const armedFor = (span: Span) =>
    Math.max(0, ...armed.map(({ from, to }) => Math.min(to, span.to) - Math.max(from, span.from)));
  for (const [board, { connections }] of facts.boardFacts) {
    const tampers = facts.receipts.filter(({ edge }) => edge.kind === "tamper" && edge.board === board);
    const outages = gapsBetween(connections, facts);
    const coreDead = (span: Span) =>
      facts.kills.some(({ what, at }) => what !== "recorder" && at >= span.from - 100 && at <= span.to);
    for (const outage of outages.filter((span) => armedFor(span) > 12_000 && !coreDead(span))) {
      const own = tampers.filter(({ edge }) => Math.abs(edge.at.instant - outage.from) <= tolerance.connect);
      if (own.length !== 1)
        found.push(
          `board ${board}: out of reach from ${when(facts, outage.from)} for ${((outage.to - outage.from) / 1000).toFixed(1)} s, ${own.length} tamper events`,
        );
    }
    // its time is the loss; it is decided 10 s later
    for (const { edge } of tampers) {
      const cause = outages.some(
        ({ from, to }) =>
          Math.abs(edge.at.instant - from) <= tolerance.connect &&
          edge.decidedAt.instant >= from + 9900 &&
          edge.decidedAt.instant <= to + tolerance.connect &&
          armed.some((span) => edge.decidedAt.instant >= span.from + 9900 && edge.decidedAt.instant <= span.to),
      );
      if (!cause)
        found.push(
          `board ${board}: a tamper event at ${when(facts, edge.at.instant)} without 10 s of outage while armed before it`,
        );
    }
  }
  return found;
}

function gapsBetween(connections: readonly Span[], { until }: Facts): Span[] {
  return connections.flatMap(({ to }, i) =>
    to >= until ? [] : [{ from: to, to: Math.min(connections[i + 1]?.from ?? until, until) }],
  );
}
