/** Alarms that became graver: by somebody who was really seen within the seconds, told as such, and none was missed. */
import type { Facts, InputSetting, ReceiptAnswer } from "./evidence.ts";

export type GraverFacts = Pick<Facts, "inputs" | "receipts" | "core">;

const ranks = ["info", "warning", "critical"];
const rank = (severity: string | undefined): number => ranks.indexOf(severity ?? "warning");
const atAnyHour = new Set(["24h-audible", "24h-silent"]);
/** What was told so much later than it was seen still counts, ms. */
const toldLate = 10_000;

const raises = ({ kind }: ReceiptAnswer["edge"]): boolean => kind === "raised" || kind === "raised(found)";

export function checkGraver(facts: GraverFacts): string[] {
  return facts.receipts.flatMap((receipt) => {
    const { edge } = receipt;
    const setting = facts.inputs.find(({ input }) => input === edge.input);
    const name = `receipt ${edge.eventId} (input ${edge.input})`;
    if (setting?.confirm?.severity === undefined || !raises(edge))
      return receipt.graver === undefined ? [] : [`${name} became graver, and nothing is set that makes it so`];
    const seen = seenBeside(facts, setting, receipt);
    const found = receipt.graver === undefined ? missed(receipt, setting, seen) : wrong(facts, receipt, seen);
    return found.map((what) => `${name} ${what}`);
  });
}

/** Edges that may have made it graver, in the order in which they were decided. */
function seenBeside(facts: GraverFacts, { confirm, zone }: InputSetting, { edge }: ReceiptAnswer): ReceiptAnswer[] {
  const withinMs = (confirm?.withinS ?? 0) * 1000;
  const disarmed = facts.core.lines.find(
    ({ record, at }) => record.kind === "armed" && record["armed"] === false && at >= edge.decidedAt.instant,
  );
  const until = Math.min(
    edge.at.instant + withinMs + toldLate,
    atAnyHour.has(zone ?? "instant") ? Infinity : (disarmed?.at ?? Infinity),
  );
  return facts.receipts
    .filter(
      ({ edge: other }) =>
        raises(other) &&
        confirm?.inputs.includes(other.input) === true &&
        other.decidedAt.instant > edge.decidedAt.instant &&
        other.decidedAt.instant < until &&
        Math.abs(other.at.instant - edge.at.instant) <= withinMs,
    )
    .sort((a, b) => a.edge.decidedAt.instant - b.edge.decidedAt.instant);
}

function missed({ edge, alarmId }: ReceiptAnswer, { confirm }: InputSetting, seen: readonly ReceiptAnswer[]): string[] {
  const [first] = seen;
  if (alarmId === undefined || first === undefined || rank(confirm?.severity) <= rank(edge.severity)) return [];
  return [`was seen by input ${first.edge.input} as well, and is no graver for it`];
}

function wrong({ core, receipts }: GraverFacts, receipt: ReceiptAnswer, seen: readonly ReceiptAnswer[]): string[] {
  const { graver, edge, actions, alarmId } = receipt;
  if (graver === undefined) return [];
  const by = seen.find((other) => other.edge.eventId === graver.eventId);
  if (by?.edge.input !== graver.input) return [`became graver by ${graver.name}, who saw nothing in that time`];
  const found: string[] = [];
  if (Math.abs(by.edge.at.instant - edge.at.instant - graver.afterMs) > 1)
    found.push(`became graver ${graver.afterMs} ms after its edge, by the edges it was another time`);
  if (rank(graver.severity) <= rank(edge.severity)) found.push(`became ${graver.severity}, which is no graver`);
  const lines = core.lines.filter(({ record }) => record.kind === "graver" && record["eventId"] === edge.eventId);
  if (lines.length !== 1) found.push(`became graver, and core's journal says so ${lines.length} times`);
  const told = new Set(lines.flatMap(({ record }) => (record["actions"] as { id: string }[]).map(({ id }) => id)));
  const messages = actions.filter(({ because }) => because?.eventId === graver.eventId);
  if (messages.length !== told.size || messages.some(({ id }) => !told.has(id)))
    found.push("tells people that it is graver in other messages than core's journal has");
  // as grave already: by another edge of the alarm, before or in the same moment
  const others = receipts.filter((one) => one.alarmId === alarmId && one.edge.eventId !== edge.eventId);
  const toldBefore = others.some((one) => one.graver !== undefined || rank(one.edge.severity) >= rank(graver.severity));
  // what waits for the entry delay is told as grave as it is by then
  const waited = core.lines.some(
    ({ record, at }) =>
      record.kind === "released" && record["eventId"] === edge.eventId && at >= (lines[0]?.at ?? Infinity),
  );
  if (alarmId !== undefined && messages.length === 0 && !toldBefore && !waited && expectsMessages(receipt))
    found.push("became graver, and nobody was told");
  return found;
}

/** Its linkage tells people. */
const expectsMessages = ({ actions }: ReceiptAnswer): boolean =>
  actions.some(({ target, because }) => target.kind === "notify" && because !== undefined);
