/**
 * Zones and arming: what each raised edge's outputs and messages should have done, worked out anew from what was asked
 * for, when, and from how the inputs were set; not from what core's journal says of delays and gates.
 */
import { tolerance, when, type ActionAnswer, type InputSetting, type ReceiptAnswer } from "./evidence.ts";
import { checkAsked, checkMessages, type ArmingFacts } from "./asked.ts";
import type { Line } from "./journal.ts";
import { checkKeys, keyTurnedAt } from "./keys.ts";

/** What an edge should do: act at once, wait for the end of the entry delay, or be an event because of a gate. */
type Verdict =
  | { readonly kind: "acts"; readonly joins: boolean; readonly silent: boolean }
  | { readonly kind: "waits"; readonly until: number }
  | { readonly kind: "event"; readonly gate: string };

/** The arming as far as the walk through the journal has come. */
interface Walk {
  readonly facts: ArmingFacts;
  readonly final: ReadonlyMap<string, ReceiptAnswer>;
  readonly found: string[];
  mode: string;
  bypass: readonly number[];
  exitUntil: number;
  entryUntil: number;
  /** The running alarm of an input. */
  readonly alarms: Map<number, { readonly alarmId: string; readonly lastAt: number }>;
  /** Alarms of this arming by input. */
  readonly counts: Map<number, number>;
  /** Events that wait for the end of the entry delay. */
  readonly waiting: Map<string, { readonly input: InputSetting; readonly until: number }>;
}

const disarmedInTime = "entry delay: disarmed in time";

export function checkArming(facts: ArmingFacts): string[] {
  const walk: Walk = {
    ...{ facts, found: [], mode: "disarmed", bypass: [], exitUntil: -Infinity, entryUntil: -Infinity },
    ...{ final: new Map(facts.receipts.map((receipt) => [receipt.edge.eventId, receipt])) },
    ...{ alarms: new Map(), counts: new Map(), waiting: new Map() },
  };
  for (const line of facts.core.lines) {
    if (line.record.kind === "armed") onArmed(walk, line);
    else if (line.record.kind === "arming") onLeftOut(walk, line);
    else if (line.record.kind === "edge") onEdge(walk, line);
    else if (line.record.kind === "released") onReleased(walk, line);
  }
  for (const [eventId, { until }] of walk.waiting) {
    if (restartedAt(facts, until) + tolerance.connect < facts.until)
      walk.found.push(`receipt ${eventId}: its entry delay was over at ${when(facts, until)}, and nobody released it`);
  }
  return [...walk.found, ...checkKeys(facts), ...checkAsked(facts), ...checkMessages(facts)];
}

/** Somebody asked for it, and what is said of delays is what is set. */
function onArmed(walk: Walk, { at, record }: Line): void {
  const { facts, found } = walk;
  const arming = record["arming"] as { mode: string; bypass: readonly number[]; exitUntil?: { instant: number } };
  const name = `core's journal says ${arming.mode} at ${when(facts, at)}`;
  const key = keyTurnedAt(facts, walk.mode, at).find((turn) => turn.mode === arming.mode);
  const all = (key === undefined ? facts.armings : [{ ...key, at, bypass: [], answered: at }]).filter(
    (one) => one.mode === arming.mode && at >= one.at - 1 && at <= (one.answered ?? one.at + tolerance.connect),
  );
  const asked = all.find(({ bypass }) => bypass.join() === arming.bypass.join()) ?? all[0];
  if (asked === undefined) found.push(`${name}, and nobody had asked for it`);
  else if (asked.bypass.join() !== arming.bypass.join())
    found.push(
      `${name} without inputs ${arming.bypass.join(", ")}, asked was without ${asked.bypass.join(", ") || "none"}`,
    );
  walk.mode = arming.mode;
  walk.counts.clear();
  walk.bypass = asked?.bypass ?? arming.bypass;
  // the line's time is that of its writing: the delay began when it was decided, a moment before
  const set = exitMs(walk);
  const said = arming.exitUntil?.instant;
  const delay = said === undefined ? 0 : said - at;
  const fits = set === 0 ? said === undefined : delay <= set + 1 && delay >= set - tolerance.delay;
  if (!fits) found.push(`${name} with an exit delay of ${delay.toFixed(0)} ms, set are ${set}`);
  walk.exitUntil = fits ? (said ?? -Infinity) : at + set;
  if (arming.mode !== "disarmed") return;
  walk.alarms.clear();
  walk.entryUntil = -Infinity;
  for (const [eventId, { input, until }] of walk.waiting) {
    const late = at > restartedAt(facts, until) + tolerance.delay;
    if (late) found.push(`receipt ${eventId}: disarmed ${(at - until).toFixed(0)} ms after its entry delay was over`);
    const own = walk.final.get(eventId);
    if (own !== undefined) expectGate(walk, own, disarmedInTime, input);
  }
  walk.waiting.clear();
}

/** Asked for the mode that it is in already (a key was faster), other inputs are left out, and nothing else changes. */
function onLeftOut(walk: Walk, { at, record }: Line): void {
  const { facts } = walk;
  const { mode, bypass } = record["arming"] as { mode: string; bypass: readonly number[] };
  if (bypass.join() === walk.bypass.join()) return;
  const isAsked = facts.armings.some(
    (one) =>
      one.mode === mode &&
      one.bypass.join() === bypass.join() &&
      at >= one.at - 1 &&
      at <= (one.answered ?? one.at + tolerance.connect),
  );
  if (mode !== walk.mode || !isAsked)
    walk.found.push(
      `core's journal leaves out inputs ${bypass.join(", ") || "none"} at ${when(facts, at)}, and nobody had asked for it`,
    );
  walk.bypass = bypass;
}

/** Where an input of the way out is armed and not left out. */
function exitMs({ facts, mode, bypass }: Walk): number {
  const onTheWay = facts.inputs.some(
    (input) =>
      (input.zone === "entry-exit" || input.zone === "follower") &&
      input.modes?.includes(mode) !== false &&
      !bypass.includes(input.input),
  );
  return onTheWay ? (facts.modes.find((one) => one.mode === mode)?.exitS ?? 0) * 1000 : 0;
}

const raises = ({ edge }: ReceiptAnswer): boolean => edge.kind === "raised" || edge.kind === "raised(found)";

function onEdge(walk: Walk, { record }: Line): void {
  const entered = record as unknown as ReceiptAnswer;
  const input = walk.facts.inputs.find((one) => one.input === entered.edge.input);
  if (!raises(entered) || input === undefined) return;
  const { edge } = entered;
  const final = walk.final.get(edge.eventId);
  const should = verdicts(walk, input, edge);
  const verdict = should.find((one) => saysSo(walk, input, entered, one)) ?? should[0];
  if (verdict === undefined || !saysSo(walk, input, entered, verdict)) {
    walk.found.push(
      `${nameOf(walk, edge, input)} ${described(verdict)}, but it says ${describedActions(entered)} (${walk.mode})`,
    );
    return;
  }
  if (final === undefined) return;
  if (verdict.kind === "event") expectGate(walk, final, verdict.gate, input);
  else if (verdict.kind === "acts") acted(walk, input, final, { verdict, at: edge.at.instant });
  else {
    walk.entryUntil = verdict.until;
    walk.waiting.set(edge.eventId, { input, until: verdict.until });
  }
}

/** What the edge should do; near the end of a delay what it should do on the other side of it too. */
function verdicts(walk: Walk, input: InputSetting, edge: ReceiptAnswer["edge"]): Verdict[] {
  const at = edge.decidedAt.instant;
  const near = (end: number, late: number) => at > end - tolerance.blur && at < end + late;
  const exits = near(walk.exitUntil, tolerance.blur) ? [true, false] : [at < walk.exitUntil];
  // late is whoever ends the delay, and levels are heard before
  const entries = near(walk.entryUntil, tolerance.delay) ? [true, false] : [at < walk.entryUntil];
  return exits.flatMap((leaving) => entries.map((entering) => verdict(walk, input, edge, { leaving, entering })));
}

function verdict(
  walk: Walk,
  input: InputSetting,
  edge: ReceiptAnswer["edge"],
  { leaving, entering }: { readonly leaving: boolean; readonly entering: boolean },
): Verdict {
  const { zone = "instant" } = input;
  const running = walk.alarms.get(input.input);
  const joins = running !== undefined && edge.at.instant - running.lastAt < input.antiDitherS * 1000;
  const acts: Verdict = { kind: "acts", joins, silent: zone === "24h-silent" };
  const event = (gate: string): Verdict => ({ kind: "event", gate });
  if (zone === "record-only") return event("record-only");
  if (zone === "key-switch") return event("key switch");
  if (walk.bypass.includes(input.input) && walk.mode !== "disarmed") return event("bypassed");
  if (zone === "24h-audible" || zone === "24h-silent") return acts;
  if (walk.mode === "disarmed") return event("disarmed");
  const mode = walk.facts.modes.find((one) => one.mode === walk.mode);
  if (input.modes?.includes(walk.mode) === false) return event(`not armed in ${mode?.name.toLowerCase() ?? ""}`);
  const { swingerAlarms: most = 0 } = input;
  if (!joins && most > 0 && (walk.counts.get(input.input) ?? 0) >= most)
    return event(`swinger shutdown after ${most} alarms`);
  if (zone === "instant") return acts;
  if (leaving) return event("exit delay");
  if (joins) return acts;
  if (entering) return { kind: "waits", until: walk.entryUntil };
  const entryMs = (mode?.entryS ?? 0) * 1000;
  return zone === "follower" || entryMs === 0 ? acts : { kind: "waits", until: edge.decidedAt.instant + entryMs };
}

const gated = ({ actions }: Pick<ReceiptAnswer, "actions">): ActionAnswer[] =>
  actions.filter(({ target }) => target.kind === "output" || target.kind === "notify");

/** The receipt as it was entered says this of itself. */
function saysSo(walk: Walk, input: InputSetting, entered: ReceiptAnswer, verdict: Verdict): boolean {
  const actions = gated(entered);
  const { wall, instant } = entered.edge.decidedAt;
  switch (verdict.kind) {
    case "event":
      return entered.alarmId === undefined && actions.every(({ outcome }) => outcome?.gate === verdict.gate);
    case "waits":
      return (
        entered.alarmId === undefined &&
        actions.every(
          ({ outcome, waitsUntil = NaN }) =>
            outcome !== undefined || Math.abs(waitsUntil - wall - (verdict.until - instant)) <= tolerance.blur,
        ) &&
        actions.every(({ outcome }) => outcome?.kind !== "suppressed")
      );
    case "acts":
      return (
        entered.alarmId !== undefined &&
        actions.every((action) => action.waitsUntil === undefined && mayBe(walk, input, action, verdict))
      );
  }
}

/** Suppressed in an alarm is only what its zone, its time on or a repeat of it suppresses. */
function mayBe(walk: Walk, input: InputSetting, { target, outcome }: ActionAnswer, verdict: Verdict): boolean {
  const { joins, silent } = verdict.kind === "acts" ? verdict : { joins: true, silent: false };
  const kind = walk.facts.outputs.find(({ output }) => output === target.output)?.kind;
  const hushed = silent && target.kind === "output" && kind === "siren";
  if (hushed) return outcome?.gate === "24-hour silent";
  if (target.kind === "notify" && joins && verdict.kind === "acts")
    return outcome?.gate === `repeat within ${input.antiDitherS} s`;
  if (outcome?.kind !== "suppressed") return true;
  return target.kind === "output"
    ? joins && /^already on for|^its relay rests/.test(outcome.gate ?? "")
    : verdict.kind === "waits" && outcome.gate === `repeat within ${input.antiDitherS} s`;
}

function onReleased(walk: Walk, { at, record }: Line): void {
  const { facts, found } = walk;
  const eventId = String(record["eventId"]);
  const waited = walk.waiting.get(eventId);
  const final = walk.final.get(eventId);
  if (waited === undefined || final === undefined) {
    found.push(`receipt ${eventId} was released at ${when(facts, at)}, and did not wait`);
    return;
  }
  walk.waiting.delete(eventId);
  const { input, until } = waited;
  const late = at - restartedAt(facts, until);
  if (at < until - tolerance.blur || late > tolerance.delay)
    found.push(`${nameOf(walk, final.edge, input)} was released ${late.toFixed(0)} ms after its entry delay`);
  acted(walk, input, final, { verdict: { kind: "waits", until }, at: decidedAt(at, record) });
}

/** The line's time is that of its writing, a moment later: its own word counts where it lies that close. */
function decidedAt(at: number, record: Line["record"]): number {
  const { instant = at } = (record["at"] ?? {}) as { readonly instant?: number };
  return instant <= at && instant >= at - tolerance.blur ? instant : at;
}

/** It is of an alarm: the running one inside its window, else a new one; and nothing of it was held back by the arming. */
function acted(
  walk: Walk,
  input: InputSetting,
  final: ReceiptAnswer,
  { verdict, at }: { readonly verdict: Verdict; readonly at: number },
): void {
  const name = nameOf(walk, final.edge, input);
  const running = walk.alarms.get(input.input);
  const joins = running !== undefined && at - running.lastAt < input.antiDitherS * 1000;
  const { alarmId } = final;
  if (alarmId === undefined) walk.found.push(`${name} acted and is of no alarm`);
  else if (joins !== (alarmId === running?.alarmId))
    walk.found.push(
      `${name} ${joins ? "is inside" : "is outside"} the window of the alarm before it, its own says else`,
    );
  for (const action of gated(final)) {
    if (!mayBe(walk, input, action, verdict))
      walk.found.push(`${name} acts, but its ${targetOf(action)} ended ${outcomeOf(action)}`);
  }
  if (alarmId !== undefined && !joins) walk.counts.set(input.input, (walk.counts.get(input.input) ?? 0) + 1);
  if (alarmId !== undefined) walk.alarms.set(input.input, { alarmId, lastAt: Math.max(at, running?.lastAt ?? at) });
}

function expectGate(walk: Walk, final: ReceiptAnswer, gate: string, input: InputSetting): void {
  const name = nameOf(walk, final.edge, input);
  if (final.alarmId !== undefined) walk.found.push(`${name} is an event (${gate}), and yet of an alarm`);
  for (const action of gated(final)) {
    if (action.outcome?.gate !== gate)
      walk.found.push(`${name} is held back (${gate}), but its ${targetOf(action)} ended ${outcomeOf(action)}`);
  }
}

/** From a kill of core until it goes on again. */
function deaths({ kills, core, until }: ArmingFacts): { readonly from: number; readonly to: number }[] {
  const starts = core.lines.filter(({ record }) => record.kind === "start").map(({ at }) => at);
  return kills
    .filter(({ what }) => what !== "recorder")
    .map(({ at }) => ({ from: at, to: starts.find((start) => start > at) ?? until }));
}

/** When what was due at `at` could be done. */
const restartedAt = (facts: ArmingFacts, at: number): number =>
  deaths(facts).reduce(
    (due, { from, to }) =>
      due >= from - tolerance.switch && due <= to + tolerance.connect ? to + tolerance.connect : due,
    at,
  );

const nameOf = ({ facts }: Walk, edge: ReceiptAnswer["edge"], { zone = "instant" }: InputSetting): string =>
  `receipt ${edge.eventId} (input ${edge.input}, ${zone}, decided at ${when(facts, edge.decidedAt.instant)})`;
const targetOf = ({ target }: ActionAnswer): string =>
  target.kind === "output" ? `output ${target.output ?? 0}` : "message";
const outcomeOf = ({ outcome }: ActionAnswer): string =>
  `${outcome?.kind ?? "nowhere"} (${outcome?.gate ?? outcome?.reason ?? ""})`;
const describedActions = (entered: ReceiptAnswer): string =>
  `${entered.alarmId === undefined ? "no alarm" : "an alarm"}, ${gated(entered)
    .map((action) => `${targetOf(action)} ${action.waitsUntil === undefined ? outcomeOf(action) : "waits"}`)
    .join(", ")}`;
function described(verdict: Verdict | undefined): string {
  if (verdict?.kind === "event") return `should be held back (${verdict.gate})`;
  return verdict?.kind === "waits" ? "should wait for the end of the entry delay" : "should act at once";
}
