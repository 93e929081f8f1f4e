/**
 * The independent verifier: recomputes every receipt of a run from what the cameras and boards say they did, and from
 * the files and journals as they lie on the disk. It uses none of Reed's reading code. Run it after a clean stop.
 */
import { isDeepStrictEqual } from "node:util";
import { checkArming } from "./arming.ts";
import { checkEdges } from "./edges.ts";
import { readEvidence, when, type Evidence, type Facts, type ReceiptAnswer } from "./evidence.ts";
import { checkFootage } from "./footage.ts";
import { checkGraver } from "./graver.ts";
import { checkOutputs } from "./outputs.ts";
import { checkRecords } from "./records.ts";

export interface Verdict {
  /** Every difference between what is claimed and what was, a sentence each. */
  readonly differences: readonly string[];
  readonly receipts: number;
  readonly actions: number;
  readonly done: number;
  readonly units: number;
}

export function verify(evidence: Evidence): Verdict {
  const facts = readEvidence(evidence);
  const actions = facts.receipts.flatMap((receipt) => receipt.actions);
  return {
    differences: [
      ...checkReceipts(facts),
      ...checkEdges(facts),
      ...checkArming(facts),
      ...checkGraver(facts),
      ...checkRecords(facts),
      ...checkOutputs(facts),
      ...checkFootage(facts),
    ],
    receipts: facts.receipts.length,
    actions: actions.length,
    done: actions.filter(({ outcome }) => outcome?.kind === "done").length,
    units: facts.segments.reduce((sum, { units }) => sum + units.length, 0),
  };
}

/** The API's receipts are core's journal's, one an edge, closed, with the actions that the settings ask for. */
function checkReceipts(facts: Facts): string[] {
  const found: string[] = [];
  const edges = facts.core.lines
    .filter(({ record }) => record.kind === "edge")
    .map(({ record }) => record["edge"] as ReceiptAnswer["edge"]);
  const closed = new Map<string, ReceiptAnswer>();
  for (const { record } of facts.core.lines) {
    if (record.kind !== "receipt") continue;
    const receipt = record["receipt"] as ReceiptAnswer;
    closed.set(receipt.edge.eventId, receipt);
  }
  const given = new Map(facts.receipts.map((receipt) => [receipt.edge.eventId, receipt]));
  if (given.size !== facts.receipts.length) found.push("the API gives a receipt twice");
  const ids = new Set(edges.map(({ eventId }) => eventId));
  for (const edge of edges)
    if (!given.has(edge.eventId))
      found.push(
        `core's journal has edge ${edge.eventId} (input ${edge.input}, ${edge.kind} at ${when(facts, edge.at.instant)}), the API no receipt of it`,
      );
  for (const [eventId, receipt] of given) {
    if (!ids.has(eventId)) found.push(`receipt ${eventId} is of no edge in core's journal`);
    if (receipt.closedAt === undefined) found.push(`receipt ${eventId} is not closed`);
    const own = closed.get(eventId);
    if (own !== undefined && !sameReceipt(own, receipt))
      found.push(`receipt ${eventId} is another one in core's journal`);
    if (own === undefined) found.push(`receipt ${eventId} was never closed in core's journal`);
    found.push(...checkActions(facts, receipt));
  }
  return found;
}

const plain = ({ edge, armed, alarmId, graver, actions, closedAt }: ReceiptAnswer) =>
  JSON.parse(
    JSON.stringify({
      at: edge.at,
      kind: edge.kind,
      input: edge.input,
      decidedAt: edge.decidedAt,
      armed,
      alarmId,
      graver,
      actions,
      closedAt,
    }),
  ) as unknown;

const sameReceipt = (a: ReceiptAnswer, b: ReceiptAnswer): boolean => isDeepStrictEqual(plain(a), plain(b));

function checkActions(facts: Facts, { edge, actions }: ReceiptAnswer): string[] {
  const own =
    edge.kind === "tamper"
      ? facts.inputs.filter(({ board }) => board === edge.board)
      : facts.inputs.filter(({ input }) => input === edge.input);
  const channels = edge.kind === "cleared" ? [] : [...new Set(own.flatMap(({ recordChannels }) => recordChannels))];
  const outputs =
    edge.kind === "cleared" || edge.kind === "tamper"
      ? []
      : own.flatMap((input) => input.outputs.map(({ output }) => output));
  const said = (kind: string) =>
    actions
      .filter(({ target }) => target.kind === kind)
      .map(({ target }) => Number(kind === "record" ? target.channel : target.output))
      .sort((a, b) => a - b);
  const found: string[] = [];
  const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b);
  if (!isDeepStrictEqual(said("record"), sorted(channels)))
    found.push(
      `receipt ${edge.eventId} records channels ${said("record").join(", ")}, set are ${sorted(channels).join(", ")}`,
    );
  if (!isDeepStrictEqual(said("output"), sorted(outputs)))
    found.push(
      `receipt ${edge.eventId} switches outputs ${said("output").join(", ")}, set are ${sorted(outputs).join(", ")}`,
    );
  return found;
}
