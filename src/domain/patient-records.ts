/**
 * What needs no sync of its own: what pictures show while it calls nobody. A busy street has thousands of such edges a
 * day, and no alarm shall wait behind their syncs.
 */
import type { EngineState } from "./engine-state.ts";
import type { EngineRecord } from "./engine-records.ts";
import { isPictureKind } from "./input-kind.ts";
import type { Receipt, ReceiptAction } from "./receipt.ts";

/** All records of a step may be synced a little later. `states`: of the engine before and after the step. */
export const mayWait = (records: readonly EngineRecord[], states: readonly EngineState[]): boolean =>
  records.every((record) => isPatient(record, states));

function isPatient(record: EngineRecord, states: readonly EngineState[]): boolean {
  switch (record.kind) {
    case "edge":
      return callsNobody(record, states);
    case "receipt":
      return callsNobody(record.receipt, states);
    case "input":
      return isOfPicture(record.memory.input, states);
    case "facts":
    case "outcome":
      return isKnownPatient(record.eventId, states);
    case "hold-end": {
      const hold = states.map(({ holds }) => holds.get(record.holdId)).find((one) => one !== undefined);
      return hold !== undefined && isKnownPatient(hold.eventId, states);
    }
    default:
      return false;
  }
}

const isOfPicture = (input: number, states: readonly Pick<EngineState, "inputs">[]): boolean =>
  states.some(({ inputs }) => {
    const kind = inputs.get(input)?.settings.kind;
    return kind !== undefined && isPictureKind(kind);
  });

function isKnownPatient(eventId: string, states: readonly EngineState[]): boolean {
  const receipt = states.map(({ book }) => book.get(eventId)?.receipt).find((one) => one !== undefined);
  return receipt !== undefined && callsNobody(receipt, states);
}

/** Motion or a rule that is no alarm and is recorded at most, or its end. */
export function callsNobody(
  { edge, alarmId, actions }: Receipt,
  states: readonly Pick<EngineState, "inputs">[],
): boolean {
  if (alarmId !== undefined || edge.walk !== undefined || actions.some(acts)) return false;
  return edge.kind === "cleared" ? isOfPicture(edge.input, states) : edge.cause !== undefined;
}

/** It did something that somebody is meant to notice. */
export const acts = ({ target, outcome }: ReceiptAction): boolean =>
  target.kind !== "record" && outcome?.kind !== "suppressed";
