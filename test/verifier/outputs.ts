/** Outputs: what receipts say of relays, and that no relay is on without a hold or past its bound. */
import {
  beganAt,
  tolerance,
  when,
  type ActionAnswer,
  type Facts,
  type OutputSetting,
  type ReceiptAnswer,
} from "./evidence.ts";
import { union, without, type Span } from "./logs.ts";

interface OutputHold extends Span {
  readonly receipt: ReceiptAnswer;
  readonly action: ActionAnswer;
}

export function checkOutputs(facts: Facts): string[] {
  return facts.outputs.flatMap((setting) => {
    const holds = holdsOf(facts, setting);
    const on = relayOn(facts, setting);
    return [
      ...holds.flatMap((hold) => checkAction(facts, setting, hold, on)),
      ...checkRelay(facts, setting, holds, on),
    ];
  });
}

/** When a relay was on. */
function relayOn(facts: Facts, { board, relay }: OutputSetting): Span[] {
  const spans: Span[] = [];
  let since: number | undefined;
  for (const { at, on } of facts.boardFacts.get(board)?.coils.get(relay) ?? []) {
    if (on) since ??= at;
    else if (since !== undefined) {
      spans.push({ from: since, to: at });
      since = undefined;
    }
  }
  return since === undefined ? spans : [...spans, { from: since, to: Infinity }];
}

/**
 * When nobody could command the board: no connection, or core dead, with the time that a new start takes; or the machine
 * gave nobody a turn.
 */
const blind = (facts: Facts, board: number): Span[] => [
  ...unreachable(facts, board),
  ...(facts.stalls ?? []).map(({ from, to }) => ({ from, to: to + tolerance.switch })),
];

const unreachable = (facts: Facts, board: number): Span[] =>
  without({ from: 0, to: facts.until + 60_000 }, facts.boardFacts.get(board)?.connections ?? []).map(
    ({ from, to }) => ({
      from: from - 200,
      to: to + tolerance.connect,
    }),
  );

/** Each action's hold: until rest + hold time (at least 1 s on), bounded from the alarm's first edge; a death of core ends it. */
function holdsOf(facts: Facts, setting: OutputSetting): OutputHold[] {
  return facts.receipts.flatMap((receipt) =>
    receipt.actions.flatMap((action) => {
      if (action.target.output !== setting.output || action.outcome?.kind === "suppressed") return [];
      const from = beganAt(facts, receipt);
      const link = facts.inputs.find(({ input }) => input === receipt.edge.input);
      const holdMs = (link?.outputs.find(({ output }) => output === setting.output)?.holdS ?? 0) * 1000;
      // closed before the entry delay was over: it counts from then
      const rest = facts.releases.has(receipt.edge.eventId)
        ? Math.max(restAfter(facts, receipt), from)
        : restAfter(facts, receipt);
      const bound = alarmStart(facts, receipt) + Math.min(setting.maxOnS, 900) * 1000;
      const kill = facts.kills
        .filter(({ what, at }) => what !== "recorder" && at >= from)
        .reduce((first, { at }) => Math.min(first, at), Infinity);
      const quiet = silencedAfter(facts, setting, from);
      return [{ receipt, action, from, to: Math.min(Math.max(rest + holdMs, from + 1000), bound, kill, quiet) }];
    }),
  );
}

/** Disarming silences sirens; a light stays on. */
const silencedAfter = ({ disarms }: Facts, { kind }: OutputSetting, from: number): number =>
  kind === "siren" ? (disarms.find((at) => at >= from) ?? Infinity) : Infinity;

const restAfter = (facts: Facts, { edge }: ReceiptAnswer): number =>
  facts.receipts
    .filter(
      (other) =>
        other.edge.input === edge.input && other.edge.kind === "cleared" && other.edge.at.instant >= edge.at.instant,
    )
    .reduce((first, other) => Math.min(first, other.edge.at.instant), Infinity);

const alarmStart = (facts: Facts, receipt: ReceiptAnswer): number =>
  facts.receipts
    .filter(
      ({ alarmId, edge }) => receipt.alarmId !== undefined && alarmId === receipt.alarmId && edge.kind !== "cleared",
    )
    .reduce((first, other) => Math.min(first, beganAt(facts, other)), beganAt(facts, receipt));

function checkAction(facts: Facts, setting: OutputSetting, hold: OutputHold, on: readonly Span[]): string[] {
  const { receipt, action } = hold;
  const { edge } = receipt;
  const found: string[] = [];
  const say = (what: string) =>
    found.push(
      `receipt ${edge.eventId} (input ${edge.input} at ${when(facts, edge.at.instant)}), output ${setting.output}: ${what}`,
    );
  const poll = facts.boards.find(({ board }) => board === setting.board)?.measuredPollMs ?? 0;
  const wasOn = (from: number, to: number) => on.some((span) => span.from <= to && span.to >= from);
  const { outcome, output } = action;
  // latencies count from the edge, or from the end of its entry delay
  const released = facts.releases.get(edge.eventId);
  if (outcome === undefined) say("it has no outcome");
  if (outcome?.kind === "done") {
    const confirmed =
      output?.confirmedAfterMs === 0 ? hold.from : (released ?? edge.at.instant) + (output?.confirmedAfterMs ?? NaN);
    if (Number.isNaN(confirmed)) say("done without having been read back");
    else if (!wasOn(confirmed - poll - tolerance.read, confirmed))
      say(`read back at ${when(facts, confirmed)}, but its relay was off`);
  }
  if (outcome?.kind === "failed" && /^board /.test(outcome.reason ?? "")) {
    const dead = blind(facts, setting.board).some((span) => span.from <= hold.from + 5500 && span.to >= hold.from);
    if (!dead) say(`failed (${outcome.reason ?? ""}), but its board was there`);
  } else if (outcome?.kind === "failed" && (outcome.reason ?? "").includes("restart")) {
    if (
      !facts.kills.some(
        ({ what, at }) => what !== "recorder" && at >= edge.at.instant - 100 && at <= hold.from + 20_000,
      )
    )
      say(`failed (${outcome.reason ?? ""}), but nobody had killed core`);
  } else if (outcome?.kind === "failed" && /^commanded, but not read back as on/.test(outcome.reason ?? "")) {
    // true of a board that came back too late for it; a lie when the relay was on with time to read it
    if (wasOn(hold.from, hold.from + 5000 - poll - tolerance.read))
      say(`failed (${outcome.reason ?? ""}), but its relay was on`);
  } else if (outcome?.kind === "failed")
    say(`failed for a reason that the verifier does not know: ${outcome.reason ?? ""}`);
  const cutShort = silencedAfter(facts, setting, hold.from) <= hold.from + 5500;
  if (outcome?.kind === "short" && !cutShort) say(`short (${outcome.reason ?? ""}), though no person cut it off`);
  const commanded = output?.commandedAfterMs;
  if (commanded !== undefined && outcome?.kind === "done" && output?.confirmedAfterMs !== 0) {
    const debounceMs = facts.inputs.find(({ input }) => input === edge.input)?.debounceMs ?? 0;
    const at = (released ?? edge.at.instant + debounceMs) + commanded;
    // between the decision and the stated time: the clock is asked after the command was handed over, on a busy machine late
    const coils = facts.boardFacts.get(setting.board)?.coils.get(setting.relay) ?? [];
    if (
      !cutOff(facts, setting, at) &&
      !coils.some((coil) => coil.on && coil.at >= hold.from - 5 && coil.at <= at + tolerance.switch)
    )
      say(`commanded after ${commanded.toFixed(0)} ms, but its board got no command then`);
  }
  return found;
}

/** The board ended the connection that the command was handed to: it went out, and was lost on its way. */
const cutOff = (facts: Facts, { board }: OutputSetting, at: number): boolean =>
  (facts.boardFacts.get(board)?.connections ?? []).some(
    ({ from, to }) => from <= at && to >= at - tolerance.read && to <= at + tolerance.switch,
  );

/** On exactly while held, as far as the board can be reached. */
function checkRelay(facts: Facts, setting: OutputSetting, holds: readonly OutputHold[], on: readonly Span[]): string[] {
  const dead = union(blind(facts, setting.board));
  const held = holds.map(({ from, to }) => ({ from: from - 5, to: to + tolerance.switch }));
  const name = `output ${setting.output}`;
  const wrong = on
    .flatMap((span) => without(span, [...held, ...dead]))
    .map(
      ({ from, to }) =>
        `${name}: its relay was on from ${when(facts, from)} to ${when(facts, to)} with nothing holding it`,
    );
  const silent = holds
    .filter(({ action }) => action.outcome?.kind === "done")
    .flatMap(({ from, to }) =>
      without(
        { from: from + tolerance.switch, to: Math.min(to, facts.until) - tolerance.switch },
        union([...on, ...dead]),
      ),
    )
    .map(({ from, to }) => `${name}: held from ${when(facts, from)} to ${when(facts, to)}, but its relay was off`);
  return [...wrong, ...silent];
}
