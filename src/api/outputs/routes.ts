import * as contract from "../../contract/output.ts";
import { done, numberParams } from "../../contract/common.ts";
import { copied } from "../../contract/input.ts";
import { modeBody, restBody, testBody } from "../../contract/doing.ts";
import type { App } from "../app-types.ts";
import { addConfigRoutes, nextNumber } from "../config-resource.ts";
import { askCore, fail } from "../failure.ts";
import { seenOutput } from "../auth/visible.ts";
import type { ApiDeps } from "../ports.ts";

/** Alarm outputs: relays, what they are told to be, what they read back as and what holds them. */
export function outputRoutes(app: App, deps: ApiDeps): void {
  const inTurn = addConfigRoutes(app, deps, {
    part: "output",
    path: "outputs",
    one: "output",
    tag: "outputs",
    body: contract.outputBody,
    patch: contract.outputPatch,
    answer: contract.outputAnswer,
    answers: contract.outputList,
    rows: (config) => config.outputs,
    idOf: (row) => row.output,
    newId: nextNumber,
    row: (body, id) => contract.outputRow(body, Number(id)),
    bodyOf: contract.outputBodyOf,
    under: contract.outputUnder,
    change: (value) => ({ part: "output", value }),
    answerOf: (row) => ({ ...row }),
    seenBy: (row) => row,
    live: (state, id, view) => {
      const live = state.outputs.find((output) => output.output === id);
      return live === undefined || view === undefined ? live : seenOutput(view, live);
    },
  });

  const tags = ["outputs"];
  const config = { needs: "control", channels: "none" } as const;
  const response = { 200: done };
  app.post(
    "/outputs/rest",
    {
      config,
      schema: {
        tags,
        summary: "Bring all outputs to rest",
        description:
          "Where a lock or gate would move it is refused with 409, which names them; send `confirmed: true` once a person said so. Outputs in mode `on` go to `auto`, running alarms are silenced.",
        body: restBody,
        response,
      },
    },
    async (request) => {
      await askCore(deps, request.login, { kind: "rest-outputs", confirmed: request.body?.confirmed ?? false });
      return { done: true as const };
    },
  );
  app.put(
    "/outputs/:id/mode",
    {
      config,
      schema: {
        tags,
        summary: "Set the mode of an output",
        description:
          "`auto`: on while something holds it. `on` and `off`: whatever happens, as a trouble, until `forS` is over (an hour unless said); `on` does not outlive a restart.",
        params: numberParams,
        body: modeBody,
        response,
      },
    },
    async (request) => {
      await askCore(deps, request.login, { kind: "output-mode", output: request.params.id, ...request.body });
      return { done: true as const };
    },
  );
  app.post(
    "/outputs/:id/test",
    {
      config,
      schema: {
        tags,
        summary: "Switch an output on for some seconds, as a test",
        description:
          "A pulse that ends by itself, never longer than an edge could. Refused with 409 while an alarm holds the output, its board is not reached or its mode is not `auto`, and for a lock or gate until `confirmed` is true.",
        params: numberParams,
        body: testBody,
        response,
      },
    },
    async (request) => {
      const { seconds, confirmed } = request.body ?? { seconds: 1, confirmed: false };
      await askCore(deps, request.login, { kind: "output-test", output: request.params.id, seconds, confirmed });
      return { done: true as const };
    },
  );
  app.post(
    "/outputs/:id/copy",
    {
      config: { needs: "configure", channels: "none" },
      schema: {
        tags,
        summary: "Copy settings of an output to others",
        description: "To all that are named or, when one of them can't take them, to none.",
        params: numberParams,
        body: contract.outputCopyBody,
        response: { 200: copied },
      },
    },
    ({ body: { to, what }, params: { id }, login }) =>
      inTurn(async () => {
        const rows = (await deps.reads.config()).outputs;
        const find = (id: number) =>
          rows.find((row) => row.output === id) ?? fail("not-found", `There is no output ${id}.`);
        const from = find(id);
        const changes = to.map((id) => ({
          part: "output" as const,
          value: contract.withSettingsOf(from, find(id), what),
        }));
        await askCore(deps, login, { kind: "put-all", changes });
        return { copied: to };
      }),
  );
  app.post(
    "/outputs/:id/relay-replaced",
    {
      config: { needs: "configure", channels: "none" },
      schema: {
        tags,
        summary: "Say that an output has a new relay",
        description: "Its operations count from 0 again, and the trouble of a worn relay ends.",
        params: numberParams,
        response,
      },
    },
    async (request) => {
      await askCore(deps, request.login, { kind: "relay-replaced", output: request.params.id });
      return { done: true as const };
    },
  );
}
