import * as contract from "../../contract/input.ts";
import { isLimited, showsInput } from "../../domain/rights.ts";
import type { AlarmInputSettings } from "../../domain/site-config.ts";
import type { App, Login } from "../app-types.ts";
import { seenLinkage } from "../auth/visible.ts";
import { addConfigRoutes, nextNumber } from "../config-resource.ts";
import type { ApiDeps } from "../ports.ts";
import { inputDoingRoutes } from "./more-routes.ts";

/** Alarm inputs: contacts and what their edges do. */
export function inputRoutes(app: App, deps: ApiDeps): void {
  const inTurn = addConfigRoutes(app, deps, {
    part: "input",
    path: "inputs",
    one: "input",
    tag: "inputs",
    body: contract.inputBody,
    patch: contract.inputPatch,
    answer: contract.inputAnswer,
    answers: contract.inputList,
    rows: (config) => config.inputs,
    idOf: (row) => row.input,
    newId: nextNumber,
    row: (body, id) => contract.inputRow(body, Number(id)),
    bodyOf: contract.inputBodyOf,
    change: (value) => ({ part: "input", value }),
    answerOf: (row) => ({ input: row.input, ...contract.inputBodyOf(row) }),
    seenBy: seenInput,
    live: (state, id) => state.inputs.find((input) => input.input === id),
  });
  inputDoingRoutes(app, deps, inTurn);
}

/** An input is known to who may see one of the channels that it records. */
function seenInput(row: AlarmInputSettings, { rights }: Login): AlarmInputSettings | undefined {
  if (!isLimited(rights)) return row;
  if (!showsInput(rights, row.linkage.recordChannels)) return undefined;
  return { ...row, linkage: seenLinkage(rights, row.linkage) };
}
