/** Record actions: what a receipt says of footage, against what was sent and what is in the files. */
import { tolerance, when, type ActionAnswer, type Facts, type ReceiptAnswer } from "./evidence.ts";
import { holdEndOf } from "./footage.ts";
import { overlaps, type SenderFacts, type SentUnit, type Span } from "./logs.ts";

interface Claim {
  readonly facts: Facts;
  readonly receipt: ReceiptAnswer;
  readonly action: ActionAnswer;
  readonly sent: SenderFacts;
  /** What the hold wanted kept, ms. */
  readonly window: Span;
  readonly edgeAt: number;
}

export function checkRecords(facts: Facts): string[] {
  return facts.receipts.flatMap((receipt) =>
    receipt.actions
      .filter(({ target }) => target.kind === "record")
      .flatMap((action) => {
        const name = `receipt ${receipt.edge.eventId} (input ${receipt.edge.input}, ${receipt.edge.kind} at ${when(facts, receipt.edge.at.instant)}), channel ${action.target.channel ?? 0}: `;
        return checkRecord(facts, receipt, action).map((what) => name + what);
      }),
  );
}

function checkRecord(facts: Facts, receipt: ReceiptAnswer, action: ActionAnswer): string[] {
  const sent = facts.sent.get(action.target.channel ?? 0);
  if (sent === undefined) return ["a channel that nobody sent"];
  const edgeAt = receipt.edge.at.instant;
  const journalled = journalOf(facts, action.id);
  const end = receipt.edge.kind === "tamper" ? journalled.endAt : holdEndOf(facts, receipt.edge.input, edgeAt);
  const claim = {
    facts,
    receipt,
    action,
    sent,
    edgeAt,
    window: { from: edgeAt - (action.target.preS ?? 0) * 1000, to: end },
  };
  const found = checkJournal(claim, journalled);
  switch (action.outcome?.kind) {
    case undefined:
      return [...found, "it has no outcome"];
    case "suppressed":
      return [...found, "recording was suppressed"];
    case "done":
      return [...found, ...checkDone(claim)];
    case "short":
    case "failed":
      return [...found, ...checkLack(claim, action.outcome.kind)];
  }
}

interface Journalled {
  readonly durable: { readonly at: number; readonly pre: number } | undefined;
  readonly closed: { readonly result: string; readonly reason: string } | undefined;
  readonly endAt: number;
}

function journalOf(facts: Facts, holdId: string): Journalled {
  const lines = facts.volumeJournals.flatMap((journal) => journal.lines).map(({ record }) => record);
  const own = lines.filter((record) => record["holdId"] === holdId);
  const durable = own.find(({ kind }) => kind === "hold-durable");
  const closed = own.find(({ kind }) => kind === "hold-closed");
  const order = lines
    .filter(({ kind }) => kind === "hold")
    .map((record) => record["hold"] as { holdId: string; boundAt: number; endAt?: number })
    .find((hold) => hold.holdId === holdId);
  const ended = own.findLast(({ kind }) => kind === "hold-end");
  return {
    durable: durable && { at: Number(durable["durableAt"]), pre: Number(durable["preAchievedMs"]) },
    closed: closed && { result: String(closed["result"]), reason: String(closed["reason"]) },
    endAt: Number(ended?.["endAt"] ?? order?.endAt ?? order?.boundAt ?? Infinity),
  };
}

/** The volume's journal says the same as the receipt. */
function checkJournal({ receipt, action, window }: Claim, { durable, closed, endAt }: Journalled): string[] {
  const found: string[] = [];
  const outcome = action.outcome;
  if (closed === undefined && outcome?.kind === "done") found.push("done, but no volume's journal says so");
  if (closed !== undefined && (closed.result !== outcome?.kind || closed.reason !== (outcome.reason ?? ""))) {
    found.push(
      `it says ${outcome?.kind ?? "nothing"} (${outcome?.reason ?? ""}), the volume's journal ${closed.result} (${closed.reason})`,
    );
  }
  if (closed !== undefined && Math.abs(endAt - window.to) > 2)
    found.push(`the hold ended ${(endAt - window.to).toFixed(0)} ms beside rest + post-record or its bound`);
  const said = action.record?.durableAfterMs;
  if (said !== undefined) {
    const after = (durable?.at ?? NaN) - receipt.edge.decidedAt.instant;
    if (!(Math.abs(Math.max(0, after) - said) <= 1))
      found.push(`durable after ${said.toFixed(0)} ms, the volume's journal says ${after.toFixed(0)} ms`);
  } else if (outcome?.kind === "done" && durable === undefined) found.push("done without ever being durable");
  return found;
}

const lastKeyAt = ({ sent }: Claim, at: number): SentUnit | undefined =>
  sent.units.findLast((unit) => unit.key && unit.sent <= at);

/** Everything from the key frame at or before the asked time to the end is there, once (files are checked for doubles). */
function checkDone(claim: Claim): string[] {
  const { facts, action, sent, window, edgeAt } = claim;
  const files = facts.usable.get(action.target.channel ?? 0);
  const key = lastKeyAt(claim, window.from);
  if (key === undefined) return ["done, but the camera had sent no key frame before the asked time"];
  const found: string[] = [];
  const missing = sent.units.filter(
    (unit) =>
      unit.number >= key.number && unit.sent <= window.to - tolerance.pictureMs && files?.has(unit.number) !== true,
  );
  if (missing.length > 0)
    found.push(
      `done, but ${missing.length} access units from ${missing[0]?.number ?? 0} (${when(facts, missing[0]?.sent ?? 0)}) are in no file or can't be shown`,
    );
  const pre = action.record?.preAchievedMs;
  if (pre === undefined) return [...found, "done without saying how much lies before the edge"];
  const asked = edgeAt - window.from;
  if (pre < asked) found.push(`done with ${pre.toFixed(0)} ms before the edge, asked were ${asked}`);
  const arrival = edgeAt - pre;
  const first = sent.units.find(
    (unit) => unit.key && unit.sent <= arrival + 1 && unit.sent >= arrival - tolerance.read,
  );
  if (first === undefined || files?.has(first.number) !== true)
    found.push(`${pre.toFixed(0)} ms before the edge no key frame arrived that is in the files`);
  else if (first.number < key.number && key.sent < window.from - tolerance.read)
    found.push(
      `it begins at access unit ${first.number}, not at the newest key frame before the asked time (${key.number})`,
    );
  if ((action.record?.gaps ?? []).length > 0) found.push("done, and yet it lists gaps");
  return found;
}

/** Less than asked: the gaps listed are what is missing, no more and no less, and their reasons are true. */
function checkLack(claim: Claim, kind: "short" | "failed"): string[] {
  const { facts, action, sent, window, receipt } = claim;
  const found: string[] = [];
  const files = facts.usable.get(action.target.channel ?? 0);
  const offset = receipt.edge.at.instant - receipt.edge.at.wall;
  const gaps = (action.record?.gaps ?? []).map((gap) => ({ ...gap, from: gap.from + offset, to: gap.to + offset }));
  const wanted = sent.units.filter((unit) => unit.sent >= window.from && unit.sent <= window.to);
  const slack = tolerance.read;
  const uncovered = wanted.filter((unit) => {
    if (files?.has(unit.number) === true || unit.sent > window.to - tolerance.pictureMs) return false;
    return !gaps.some((gap) => unit.sent >= gap.from - slack && unit.sent <= gap.to + slack);
  });
  if (uncovered.length > 0)
    found.push(
      `${kind}, and ${uncovered.length} access units from ${uncovered[0]?.number ?? 0} (${when(facts, uncovered[0]?.sent ?? 0)}) are missing outside of its gaps`,
    );
  if (gaps.length === 0) found.push(`${kind} without a gap`);
  for (const gap of gaps) {
    const inside = wanted.filter(
      (unit) => unit.sent > gap.from + slack && unit.sent < gap.to - slack && files?.has(unit.number) === true,
    );
    const where = `its gap from ${when(facts, gap.from)} to ${when(facts, gap.to)}`;
    if (inside.length > 0) found.push(`${where} holds ${inside.length} access units that are in the files`);
    const lie = untrue(claim, gap, gap.reason);
    if (lie !== undefined) found.push(`${where} says "${gap.reason}", but ${lie}`);
  }
  if (
    kind === "failed" &&
    wanted.some(
      (unit) => files?.has(unit.number) === true && unit.sent > window.from + slack && unit.sent < window.to - slack,
    )
  ) {
    found.push("failed, although footage of it is in the files");
  }
  return found;
}

/** From each kill until a recorder has set up its channels again, with what the kill took along. */
function recorderDead({ kills, volumeJournals }: Facts): Span[] {
  const lines = volumeJournals.flatMap((journal) => journal.lines);
  const starts = lines.filter(({ record }) => record.kind === "start").map(({ at }) => at);
  const deaths = kills.filter(({ what }) => what !== "core");
  return deaths.map(({ at }) => ({
    from: at - tolerance.connect,
    to: (starts.find((start) => start > at) ?? at) + tolerance.connect,
  }));
}

/** When pictures came to somebody: from the first one that was sent, when it arrived as the files say. */
const receiving = ({ facts, action, sent: { clients, units } }: Claim): Span[] =>
  clients.flatMap(({ client, to }) => {
    const first = units.find((unit) => unit.to.includes(client));
    if (first === undefined) return [];
    const arrival = facts.units.get(action.target.channel ?? 0)?.get(first.number)?.arrival ?? first.sent;
    return [{ from: Math.min(arrival, first.sent + tolerance.read), to }];
  });

/** What somebody got together with everything since a key frame. */
function showable({ units }: SenderFacts): SentUnit[] {
  let whole: readonly number[] = [];
  return units.filter((unit) => {
    whole = unit.damaged ? [] : unit.key ? unit.to : whole.filter((client) => unit.to.includes(client));
    return whole.length > 0;
  });
}

/** Why a gap's reason can't be true; undefined when it can. */
function untrue(claim: Claim, gap: Span, reason: string): string | undefined {
  const { facts, sent } = claim;
  const wide = { from: gap.from - tolerance.connect, to: gap.to + tolerance.connect };
  const killed = recorderDead(facts).some((dead) => overlaps(gap, dead));
  const notPlaying = !receiving(claim).some(({ from, to }) => from <= gap.from && to >= gap.to);
  const faulty = sent.faults.some((fault) => overlaps(fault, wide));
  if (/recorder was not running|not set up like this yet/.test(reason))
    return killed || gap.from < facts.from ? undefined : "nobody had killed the recorder";
  if (/ended unasked before this was on the disk/.test(reason)) {
    const near = { from: gap.from, to: gap.to + tolerance.inMemory };
    return facts.kills.some(({ what, at }) => what !== "core" && at >= near.from && at <= near.to)
      ? undefined
      : "nobody had killed the recorder then";
  }
  if (/^camera down: |camera was not connected/.test(reason))
    return notPlaying || faulty ? undefined : "the camera was sending to it all the while";
  if (/no pictures that can be shown|waits for the first key frame/.test(reason)) {
    const inside = { from: gap.from + tolerance.read, to: gap.to - tolerance.read };
    // what was sent right before a kill is lost with it: the gap's reason is that of its greater part
    const lost = (at: number) =>
      facts.kills.some((kill) => kill.what !== "core" && Math.abs(kill.at - at) <= tolerance.inMemory);
    const shown = showable(sent).filter((unit) => unit.sent > inside.from && unit.sent < inside.to && !lost(unit.sent));
    const count = shown.length;
    return count === 0 ? undefined : `it sent ${count} access units that can be shown`;
  }
  return "the verifier knows no such reason";
}
