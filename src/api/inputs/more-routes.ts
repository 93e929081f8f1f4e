/** What is done with an input besides setting it: teaching its rest, and copying its settings to others. */
import * as contract from "../../contract/input.ts";
import { numberParams, without } from "../../contract/common.ts";
import { triggerAnswer } from "../../contract/doing.ts";
import { takesMessages } from "../../domain/board-points.ts";
import type { AlarmInputSettings } from "../../domain/site-config.ts";
import type { App } from "../app-types.ts";
import { askCore, fail } from "../failure.ts";
import type { InTurn } from "../in-turn.ts";
import type { ApiDeps } from "../ports.ts";
import { teachDesk } from "./teach.ts";

export function inputDoingRoutes(app: App, deps: ApiDeps, inTurn: InTurn): void {
  const tags = ["inputs"];
  const config = { needs: "configure" } as const;
  const desk = teachDesk(deps.clock);
  const inputs = async () => (await deps.reads.config()).inputs;
  const find = async (id: number) =>
    (await inputs()).find((row) => row.input === id) ?? fail("not-found", `There is no input ${id}.`);
  const live = () => (deps.core.live() ?? fail("unavailable")).state;

  app.post(
    "/inputs/:id/teach/rest",
    {
      config: { needs: "configure", errors: ["not-found", "conflict", "unavailable"] },
      schema: {
        tags,
        summary: "Teach an input, first step: its rest",
        description:
          "Records the level that the contact has now as its rest. Nothing is saved yet; the second step is due within ten minutes.",
        params: numberParams,
        response: { 200: contract.teachRest },
      },
    },
    async (request) => {
      const input = await find(request.params.id);
      const { rest } = desk.rest(input, live());
      // nothing changes yet, but who began is worth knowing
      await askCore(deps, request.login, { kind: "audit", what: "teach-rest", details: { input: input.input, rest } });
      return { rest };
    },
  );
  app.post(
    "/inputs/:id/teach/save",
    {
      config: { needs: "configure", errors: ["not-found", "conflict", "unavailable"] },
      schema: {
        tags,
        summary: "Teach an input, second step: save what was seen",
        description:
          "Sets NO or NC by the recorded rest, and only when the contact was seen to move since (409 otherwise).",
        params: numberParams,
        response: { 200: contract.taught },
      },
    },
    (request) =>
      inTurn(async () => {
        const input = await find(request.params.id);
        const type = desk.type(input, live());
        const value = { ...input, type };
        await askCore(deps, request.login, { kind: "put", change: { part: "input", value } });
        return { type };
      }),
  );
  app.post(
    "/inputs/:id/trip",
    {
      config: { needs: "control", errors: ["not-found", "conflict", "unavailable"] },
      schema: {
        tags,
        summary: "Trip an input that has no contact of its own",
        description:
          "As if its HTTP trigger had been pulsed, a message had come on its MQTT topic, or its virtual contact had moved: an edge with a receipt. The contact of a real board is read, never set (409).",
        params: numberParams,
        response: { 200: triggerAnswer },
      },
    },
    async (request) => {
      const { boards } = await deps.reads.config();
      const { board, point, name } = await find(request.params.id);
      const driver = boards.find((row) => row.board === board)?.driver;
      if (driver === undefined || !(driver.kind === "virtual" || takesMessages(driver, point))) {
        fail("conflict", `"${name}" has a contact of its own; open the door or press the button.`);
      }
      const command = { kind: "trigger", board, point, verb: "pulse" } as const;
      return triggerAnswer.parse(await askCore(deps, request.login, command));
    },
  );
  app.post(
    "/inputs/:id/copy",
    {
      config,
      schema: {
        tags,
        summary: "Copy settings of an input to others",
        description: "To all that are named or, when one of them can't take them, to none.",
        params: numberParams,
        body: contract.copyBody,
        response: { 200: contract.copied },
      },
    },
    ({ body: { to, what }, params: { id }, login }) =>
      inTurn(async () => {
        const rows = await inputs();
        const from = await find(id);
        const targets = to.map(
          (id) => rows.find((row) => row.input === id) ?? fail("not-found", `There is no input ${id}.`),
        );
        const changes = targets.map((target) => ({
          part: "input" as const,
          value: withSettingsOf(from, target, what),
        }));
        await askCore(deps, login, { kind: "put-all", changes });
        return { copied: targets.map((row) => row.input) };
      }),
  );
}

/** `target` with the named settings of `from`. */
function withSettingsOf(
  from: AlarmInputSettings,
  target: AlarmInputSettings,
  what: readonly contract.CopiedSetting[],
): AlarmInputSettings {
  const settings = new Map<string, unknown>(Object.entries({ ...from, ...from.linkage }));
  // a setting that the one has not is taken from the other
  const copied = Object.fromEntries(what.flatMap((name) => (settings.has(name) ? [[name, settings.get(name)]] : [])));
  const body = contract.inputBody.parse({ ...without(contract.inputBodyOf(target), ...what), ...copied });
  return contract.inputRow(body, target.input);
}
