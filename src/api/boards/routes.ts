import * as contract from "../../contract/board.ts";
import { done } from "../../contract/common.ts";
import { newToken } from "../auth/secrets.ts";
import type { App } from "../app-types.ts";
import type { BoardSettings } from "../../domain/site-config.ts";
import { unsealSite } from "../../store/secrets.ts";
import { addConfigRoutes, hostOf, nextNumber, withSecretsOf } from "../config-resource.ts";
import { askCore } from "../failure.ts";
import { detectionRoutes } from "../detection/routes.ts";
import type { ApiDeps, RouteDeps } from "../ports.ts";

/** Boxes with contacts and relays. */
export function boardRoutes(app: App, deps: RouteDeps): void {
  const inTurn = addConfigRoutes(app, deps, {
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
    secretHosts: ({ driver }) => (driver.kind === "mqtt" ? [hostOf(driver.url)] : []),
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
  detectionRoutes(app, deps, inTurn);
  app.post(
    "/boards/:id/relays/:point/test",
    {
      config: { needs: "control", errors: ["not-found", "conflict", "unavailable"] },
      schema: {
        tags: ["boards"],
        summary: "Test a relay that is no output yet",
        description:
          "On for a second. What hangs on it is not known, so it has to be confirmed. Outputs have their own test.",
        params: contract.relayParams,
        body: contract.relayTestBody,
        response: { 200: done },
      },
    },
    async (request) => {
      const { id: board, point } = request.params;
      const confirmed = request.body?.confirmed ?? false;
      await askCore(deps, request.login, { kind: "relay-test", board, point, confirmed });
      return { done: true } as const;
    },
  );
  app.post(
    "/boards/test",
    {
      config: { needs: "configure", errors: ["invalid", "unavailable"] },
      schema: {
        tags: ["boards"],
        summary: "Test the settings of a board",
        description:
          "Connects with these settings, reads every contact once and switches nothing; answers within six seconds. Nothing is saved.",
        body: contract.boardTestBody,
        response: { 200: contract.boardProbe },
      },
    },
    async (request) => {
      const { driver, board } = request.body;
      const row = contract.boardRow({ enabled: true, driver }, board ?? 1, () => newToken(deps.random));
      const old = board === undefined ? undefined : await storedBoard(deps, board);
      const { driver: whole } = keepSecrets(row, old);
      return contract.boardProbe.parse(await askCore(deps, request.login, { kind: "board-test", driver: whole }));
    },
  );
}

const storedBoard = async (deps: ApiDeps, board: number): Promise<BoardSettings | undefined> =>
  unsealSite(deps.sealer, await deps.reads.config()).boards.find((row) => row.board === board);

const keepSecrets = (row: BoardSettings, old: BoardSettings | undefined): BoardSettings =>
  withSecretsOf({ change: (value: BoardSettings) => ({ part: "board", value }) }, row, old);
