import * as contract from "../../contract/notifier.ts";
import { numberParams } from "../../contract/common.ts";
import type { App } from "../app-types.ts";
import { addConfigRoutes, nextNumber } from "../config-resource.ts";
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
}
