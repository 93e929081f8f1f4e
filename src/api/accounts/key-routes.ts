import { z } from "zod";
import { textParams } from "../../contract/common.ts";
import * as contract from "../../contract/account.ts";
import { uuidV7 } from "../../kernel/ids.ts";
import type { App } from "../app-types.ts";
import { keyPrefix, newToken, tokenHash } from "../auth/secrets.ts";
import { fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";
import { changeAccounts } from "./change-accounts.ts";

const tags = ["accounts"];
const administrator = { needs: "administrator" } as const;

/** API keys: shown once, then only what they may do. */
export function keyRoutes(app: App, deps: RouteDeps): void {
  app.get(
    "/keys",
    {
      config: administrator,
      schema: { tags, summary: "List all API keys, without their secrets", response: { 200: contract.keyList } },
    },
    () => deps.reads.keys(),
  );
  app.post(
    "/keys",
    {
      config: administrator,
      schema: {
        tags,
        summary: "Make an API key",
        description: "The key itself is shown this once.",
        body: contract.keyBody,
        response: { 201: contract.newKeyAnswer },
      },
    },
    async (request, reply) => {
      const { name, scopes } = request.body;
      const id = uuidV7(deps.clock.wall(), deps.random(10));
      const key = keyPrefix + newToken(deps.random);
      const op = { kind: "create-key" as const, id, name, scopes, keyHash: tokenHash(key) };
      await changeAccounts(deps, request.login, op);
      return reply.status(201).send({ id, name, scopes, key, createdAt: deps.clock.wall() });
    },
  );
  app.delete(
    "/keys/:id",
    {
      config: administrator,
      schema: {
        tags,
        summary: "Remove an API key",
        description: "The WebSockets that it opened end with it.",
        params: textParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await deps.reads.keys()).some((key) => key.id === id)) fail("not-found", `There is no key ${id}.`);
      await changeAccounts(deps, request.login, { kind: "remove-key", id });
      return reply.status(204).send(null);
    },
  );
}
