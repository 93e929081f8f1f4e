import { z } from "zod";
import * as contract from "../../contract/notifier.ts";
import { numberParams } from "../../contract/common.ts";
import type { App } from "../app-types.ts";
import { addConfigRoutes, hostOf, nextNumber } from "../config-resource.ts";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** Who is told, and how. */
export function notifierRoutes(app: App, deps: ApiDeps): void {
  addConfigRoutes(app, deps, {
    part: "notifier",
    path: "notifiers",
    one: "notifier",
    tag: "alarms",
    // the address of a web hook and the topic of ntfy are as good as passwords
    readNeeds: "configure",
    body: contract.notifierBody,
    patch: contract.notifierPatch,
    answer: contract.notifierAnswer,
    answers: contract.notifierList,
    secretHosts: (row) =>
      row.kind === "webhook" || row.kind === "heartbeat" || row.kind === "push"
        ? []
        : [row.kind === "email" ? row.host : hostOf(row.url)],
    rows: (config) => config.notifiers,
    idOf: (row) => row.notifier,
    newId: nextNumber,
    row: (body, id) => contract.notifierRow(body, Number(id)),
    bodyOf: contract.notifierBodyOf,
    change: (value) => ({ part: "notifier", value }),
    answerOf: (row) => ({ ...row }),
  });

  app.post(
    "/notifiers/:id/test",
    {
      config: { needs: "configure" },
      schema: {
        tags: ["alarms"],
        summary: "Send a test message to a notifier",
        description: "Sent at once and once; answers what the peer said.",
        params: numberParams,
        response: { 200: contract.notifierTest },
      },
    },
    async (request) => {
      const command = { kind: "notifier-test", notifier: request.params.id } as const;
      return contract.notifierTest.parse(await askCore(deps, request.login, command));
    },
  );

  letterRoutes(app, deps);
}

/** Messages that did not arrive: seen, sent again, put away. */
function letterRoutes(app: App, deps: ApiDeps): void {
  const tags = ["alarms"];
  const config = { needs: "configure" } as const;
  const params = contract.letterParams;
  app.get(
    "/dead-letters",
    {
      config,
      schema: {
        tags,
        summary: "List messages that did not arrive, the newest first",
        description: "Kept across restarts, the last 200.",
        response: { 200: contract.deadLetters },
      },
    },
    async (request) => contract.deadLetters.parse(await askCore(deps, request.login, { kind: "dead-letters" })),
  );
  app.post(
    "/dead-letters/:letter/send",
    {
      config,
      schema: {
        tags,
        summary: "Send a message again that did not arrive",
        description: "Once, to its notifier as it is set now. Taken, it is no dead letter any more.",
        params,
        response: { 200: contract.notifierTest },
      },
    },
    async (request) => {
      const command = { kind: "send-letter", letter: request.params.letter } as const;
      return contract.notifierTest.parse(await askCore(deps, request.login, command));
    },
  );
  app.delete(
    "/dead-letters/:letter",
    { config, schema: { tags, summary: "Remove a message that did not arrive", params, response: { 204: z.null() } } },
    async (request, reply) => {
      await askCore(deps, request.login, { kind: "remove-letter", letter: request.params.letter });
      return reply.status(204).send(null);
    },
  );
}
