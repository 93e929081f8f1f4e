/** All files against the senders' logs and the volumes' journals: nothing missing, doubled, reordered or altered. */
import { tolerance, when, type Facts, type Kill } from "./evidence.ts";
import type { RecordedUnit } from "./units.ts";
import type { ClientLife, SenderFacts, SentUnit, Span } from "./logs.ts";

export function checkFootage(facts: Facts): string[] {
  const found = facts.segments.flatMap(({ path, problems }) => problems.map((problem) => `${path}: ${problem}`));
  found.push(...checkJournals(facts));
  for (const [channel, sent] of facts.sent) {
    found.push(
      ...checkOrder(facts, channel),
      ...checkMarks(facts, channel, sent),
      ...checkSessions(facts, channel, sent),
    );
    for (const kill of facts.kills) found.push(...checkLoss(facts, channel, sent, kill));
  }
  return found;
}

/** Segments as the journals say them. */
function checkJournals(facts: Facts): string[] {
  const found: string[] = [];
  const onDisk = new Map(facts.segments.map((segment) => [segment.id, segment]));
  const ends = new Map<string, { head: string; fragments: number }>();
  const deleted = new Set<string>();
  for (const { record } of facts.volumeJournals.flatMap((journal) => journal.lines)) {
    const id = (record["segment"] as { id: string } | undefined)?.id ?? "";
    if (record.kind === "segment-open") ends.set(id, ends.get(id) ?? { head: "", fragments: -1 });
    if (record.kind === "segment-close" || record.kind === "segment-recovered") {
      ends.set(id, { head: String(record["head"]), fragments: Number(record["fragments"]) });
    }
    if (record.kind === "segment-deleted") deleted.add(String(record["id"]));
  }
  for (const [id, end] of ends) {
    const segment = onDisk.get(id);
    if (deleted.has(id)) continue;
    if (segment === undefined) found.push(`segment ${id} of the journal is not on the disk`);
    else if (end.head === "") found.push(`${segment.path}: the journal never closed it`);
    else if (segment.head !== end.head) found.push(`${segment.path}: the journal closed it with another chain`);
    else if (segment.fragments !== end.fragments)
      found.push(`${segment.path}: the journal counts ${end.fragments} fragments, it has ${segment.fragments}`);
  }
  for (const { id, path } of facts.segments) if (!ends.has(id)) found.push(`${path}: no journal knows it`);
  const torn = facts.volumeJournals.reduce((sum, { damaged }) => sum + damaged, facts.core.damaged);
  if (torn > facts.kills.length)
    found.push(`${torn} journal lines are damaged, more than ${facts.kills.length} kills explain`);
  return found;
}

/** Units of a channel in the order of its files. */
const recorded = (facts: Facts, channel: number): RecordedUnit[] =>
  facts.segments.filter((segment) => segment.channel === channel).flatMap(({ units }) => [...units]);

function checkOrder(facts: Facts, channel: number): string[] {
  const found: string[] = [];
  let last = -1;
  for (const { number } of recorded(facts, channel)) {
    if (number === last) found.push(`channel ${channel}: access unit ${number} is in the files twice`);
    else if (number < last) found.push(`channel ${channel}: access unit ${number} comes after ${last}`);
    last = Math.max(last, number);
  }
  return found.slice(0, 5);
}

/** Every recorded unit is one that was sent, unaltered: mark, key flag, media time and picture. */
function checkMarks(facts: Facts, channel: number, sent: SenderFacts): string[] {
  const found: string[] = [];
  const byNumber = new Map(sent.units.map((unit) => [unit.number, unit]));
  const gopUnits = facts.cameras.find((camera) => camera.channel === channel)?.gopUnits ?? 0;
  const pictures = new Map<number, string>();
  const say = (number: number, what: string) => found.push(`channel ${channel}: access unit ${number} ${what}`);
  for (const segment of facts.segments.filter((one) => one.channel === channel)) {
    let before: { unit: RecordedUnit; truth: SentUnit } | undefined;
    for (const unit of segment.units) {
      const truth = byNumber.get(unit.number);
      if (truth === undefined || Math.abs(truth.sent - unit.sent) > 0.001 || unit.camera !== sent.camera) {
        say(unit.number, "was never sent with that mark");
        continue;
      }
      if (unit.arrival !== undefined && unit.arrival < truth.sent - 1)
        say(unit.number, `is said to have arrived ${(truth.sent - unit.arrival).toFixed(0)} ms before it was sent`);
      if (truth.key !== unit.key) say(unit.number, "has another key flag than was sent");
      const place = gopUnits === 0 ? -1 : unit.number % gopUnits;
      if (place >= 0 && (pictures.get(place) ?? unit.picture) !== unit.picture)
        say(unit.number, "has other bytes than were sent");
      pictures.set(place, pictures.get(place) ?? unit.picture);
      if (before !== undefined && before.unit.number + 1 === unit.number && sameClient(before.truth, truth)) {
        const ticks = (truth.rtpTime - before.truth.rtpTime) >>> 0;
        if (Math.abs(unit.decodeTime - before.unit.decodeTime - ticks) > 1)
          say(unit.number, `is ${unit.decodeTime - before.unit.decodeTime} ticks after the one before, sent ${ticks}`);
      }
      before = { unit, truth };
    }
  }
  return found.slice(0, 10);
}

const sameClient = (a: SentUnit, b: SentUnit): boolean => a.to.some((client) => b.to.includes(client));

/** What was sent to a client of the channel and is in no file needs a reason. */
function checkSessions(facts: Facts, channel: number, sent: SenderFacts): string[] {
  const files = facts.units.get(channel) ?? new Map<number, RecordedUnit>();
  const stated = gapsOf(facts, channel);
  return sent.clients.flatMap((life) => {
    const units = sent.units.filter((unit) => unit.to.includes(life.client) && !unit.damaged);
    const missing = units.filter(({ number }) => !files.has(number));
    const unproven = unprovenOf(units);
    const unexplained = missing.filter(
      (unit) =>
        !unproven.has(unit) && !stated.some((gap) => within(gap, unit.sent)) && !lostWithKill(facts, units, unit, life),
    );
    const tail = tailOf(units, unexplained, life);
    const lost = unexplained.slice(0, unexplained.length - tail);
    if (lost.length === 0) return [];
    const [first] = lost;
    return [
      `channel ${channel}: ${lost.length} access units from ${first?.number ?? 0} (${when(facts, first?.sent ?? 0)}) were sent to client ${life.client} and are in no file`,
    ];
  });
}

const within = (span: Span, at: number): boolean => at >= span.from && at <= span.to;

/** How many of the newest units were on their way when the connection ended. */
function tailOf(units: readonly SentUnit[], missing: readonly SentUnit[], life: ClientLife): number {
  let count = 0;
  for (let i = units.length - 1, j = missing.length - 1; j >= 0 && units[i] === missing[j]; i--, j--) {
    if ((missing[j]?.sent ?? 0) < life.to - tolerance.read) break;
    count++;
  }
  return count;
}

/**
 * Lost at most 1.5 s before a kill. Whether a camera's RTP markers can be believed is learned from the first units of a
 * session, each of which waits for the packet behind it: one that was followed by silence waits longer.
 */
function lostWithKill({ kills }: Facts, units: readonly SentUnit[], unit: SentUnit, life: ClientLife): boolean {
  const waits = units.at(-1) === unit && units.length <= learning;
  return kills.some(
    ({ what, at }) =>
      what !== "core" && at >= life.from && at <= life.to + 1000 && (waits ? unit.sent <= at : unit.sent >= at - 1500),
  );
}

const learning = 5;

/** Units of a session that have to end at their marker before a receiver may believe the marker. */
const unbelieved = 3;

/**
 * Units that no receiver can know to be whole: of the first of a session, one right before numbers that were passed over.
 * Its marker came, but a receiver must not rely on it (RFC 6184 §5.1), and what lies behind it is missing. Where it was
 * the session's first, nothing can be shown up to the next key frame.
 */
function unprovenOf(units: readonly SentUnit[]): Set<SentUnit> {
  const at = units
    .slice(0, unbelieved)
    .findIndex((unit, i) => (units[i + 1]?.number ?? unit.number + 1) !== unit.number + 1);
  const nextKey = units.findIndex(({ key }, i) => i > 0 && key);
  if (at < 0) return new Set();
  return new Set(at > 0 ? units.slice(at, at + 1) : units.slice(0, nextKey < 0 ? undefined : nextKey));
}

/** Gaps that the volumes' journals state for a channel. */
function gapsOf(facts: Facts, channel: number): Span[] {
  const lines = facts.volumeJournals.flatMap((journal) => journal.lines);
  return lines
    .filter(({ record }) => record.kind === "gap" && record["channel"] === channel)
    .map(({ record, at, wall }) => {
      const gap = record["gap"] as { from: number; to: number };
      return { from: gap.from - wall + at - tolerance.read, to: gap.to - wall + at + tolerance.read };
    });
}

/**
 * `kill -9` of the recorder loses at most the last 1.0 s before it while an alarm holds the channel, 1.5 s otherwise: from
 * the first unit that somebody was sent and that is in no file. A pause of the camera in front of it is no loss.
 */
export function checkLoss(
  facts: Pick<Facts, "units" | "receipts" | "inputs" | "from">,
  channel: number,
  sent: Pick<SenderFacts, "units" | "clients">,
  { what, at }: Kill,
): string[] {
  if (what === "core") return [];
  const files = facts.units.get(channel);
  const newest = sent.units.findLast((unit) => unit.sent <= at && unit.to.length > 0);
  const life = sent.clients.find((client) => newest?.to.includes(client.client));
  if (newest === undefined || life === undefined || life.to < at) return [];
  const got = sent.units.filter((unit) => unit.sent <= at && unit.to.includes(life.client));
  const kept = got.findLastIndex((unit) => files?.has(unit.number) === true);
  const firstLost = got[kept + 1];
  const lostMs = firstLost === undefined ? 0 : at - firstLost.sent;
  const bound = heldAt(facts, channel, at) ? 1000 : 1500;
  return lostMs <= bound
    ? []
    : [
        `channel ${channel}: the kill at ${when(facts, at)} lost ${lostMs.toFixed(0)} ms of footage, more than ${bound} ms`,
      ];
}

/** Whether an alarm had held the channel for the last second and a half. */
function heldAt(facts: Pick<Facts, "receipts" | "inputs">, channel: number, at: number): boolean {
  return facts.receipts.some((receipt) =>
    receipt.actions.some(
      ({ target, outcome }) =>
        target.channel === channel &&
        receipt.edge.decidedAt.instant <= at - 1500 &&
        outcome !== undefined &&
        holdEndOf(facts, receipt.edge.input, receipt.edge.at.instant) >= at,
    ),
  );
}

/** End of a record hold: the contact's rest + post-record, or the bound. */
export function holdEndOf(facts: Pick<Facts, "receipts" | "inputs">, input: number, edgeAt: number): number {
  const setting = facts.inputs.find((one) => one.input === input);
  const rest = facts.receipts
    .filter(({ edge }) => edge.input === input && edge.kind === "cleared" && edge.at.instant >= edgeAt)
    .reduce((first, { edge }) => Math.min(first, edge.at.instant), Infinity);
  return Math.min(rest + (setting?.postRecordS ?? 0) * 1000, edgeAt + (setting?.maxRecordS ?? 0) * 1000);
}
