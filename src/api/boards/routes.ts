import * as contract from "../../contract/board.ts";
import { newToken } from "../auth/secrets.ts";
import type { App } from "../app-types.ts";
import { addConfigRoutes, nextNumber } from "../config-resource.ts";
import type { ApiDeps } from "../ports.ts";

/** Boxes with contacts and relays. */
export function boardRoutes(app: App, deps: ApiDeps): void {
  addConfigRoutes(app, deps, {
    part: "board",
    path: "boards",
    one: "board",
    tag: "boards",
    createNote: "Keys of an HTTP trigger's points that Reed makes are shown this once, as `newKeys`.",
    body: contract.boardBody,
    patch: contract.boardPatch,
    answer: contract.boardAnswer,
    answers: contract.boardList,
    rows: (config) => config.boards,
    idOf: (row) => row.board,
    newId: nextNumber,
    row: (body, id) => contract.boardRow(body, Number(id), () => newToken(deps.random)),
    bodyOf: contract.boardBodyOf,
    change: (value) => ({ part: "board", value }),
    answerOf: (row) => ({ ...row }),
    live: (state, id) => state.boards.find((board) => board.board === id),
    once: (row, body) => {
      if (row.driver.kind !== "http-trigger" || body.driver.kind !== "http-trigger") return {};
      const came = new Set(body.driver.inputs.filter((input) => input.key !== undefined).map((input) => input.point));
      const newKeys = row.driver.inputs.filter((input) => !came.has(input.point));
      return newKeys.length === 0 ? {} : { newKeys: newKeys.map(({ point, key }) => ({ point, key })) };
    },
  });
}
