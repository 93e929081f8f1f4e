import { done, textParams } from "../../contract/common.ts";
import * as contract from "../../contract/account.ts";
import { uuidV7 } from "../../kernel/ids.ts";
import type { AccountOp } from "../../messages/api.ts";
import type { App, Login } from "../app-types.ts";
import { keyPrefix, newToken, sessionCookie, tokenHash } from "../auth/secrets.ts";
import { askCore, fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";
import { z } from "zod";

const tags = ["accounts"];
const administrator = { needs: "administrator" } as const;
const gone = { 204: z.null() };

/** Changes accounts; streams that were opened by a login that is no more end with it. */
async function changeAccounts(deps: RouteDeps, login: Login | undefined, op: AccountOp): Promise<void> {
  await askCore(deps, login, { kind: "account", op });
  await deps.sockets.recheck();
}

/** Who is logged in, users and keys. Registered behind the gate. */
export function accountRoutes(app: App, deps: RouteDeps): void {
  app.get(
    "/me",
    {
      config: { needs: "any" },
      schema: { tags, summary: "Who is logged in, and what they may do", response: { 200: contract.me } },
    },
    (request) => {
      const login = request.login ?? fail("unauthorized");
      const { kind, name, scopes } = login;
      return { kind, name, scopes, ...(login.role === undefined ? {} : { role: login.role }) };
    },
  );
  app.post(
    "/logout",
    {
      config: { needs: "any" },
      schema: {
        tags,
        summary: "Log out",
        description: "Ends this session and the WebSockets that it opened.",
        response: { 200: done },
      },
    },
    async (request, reply) => {
      const hash = request.login?.tokenHash;
      if (hash !== undefined) {
        await changeAccounts(deps, request.login, { kind: "end-session", tokenHash: hash });
      }
      return reply.clearCookie(sessionCookie, { path: "/" }).send({ done: true as const });
    },
  );
  userRoutes(app, deps);
  keyRoutes(app, deps);
}

function userRoutes(app: App, deps: RouteDeps): void {
  const params = contract.userParams;
  const find = async (name: string) =>
    (await deps.reads.userForLogin(name)) ?? fail("not-found", `There is no user ${name}.`);
  app.get(
    "/users",
    { config: administrator, schema: { tags, summary: "List all users", response: { 200: contract.userList } } },
    () => deps.reads.users(),
  );
  app.post(
    "/users",
    {
      config: administrator,
      schema: { tags, summary: "Add a user", body: contract.userBody, response: { 201: contract.userAnswer } },
    },
    async (request, reply) => {
      const { name, role, password } = request.body;
      if ((await deps.reads.userForLogin(name)) !== undefined) fail("conflict", `There is a user ${name} already.`);
      const passwordHash = await deps.passwords.hash(password);
      await changeAccounts(deps, request.login, { kind: "create-user", name, role, passwordHash, firstStart: false });
      return reply.status(201).send({ name, role, createdAt: deps.clock.wall() });
    },
  );
  app.put(
    "/users/:name/password",
    {
      config: administrator,
      schema: {
        tags,
        summary: "Set the password of a user",
        params,
        body: contract.passwordBody,
        response: { 200: done },
      },
    },
    async (request) => {
      const { name } = await find(request.params.name);
      const { password } = request.body;
      if (!contract.isAllowedPassword(name, password)) fail("invalid", contract.passwordRule);
      const passwordHash = await deps.passwords.hash(password);
      await changeAccounts(deps, request.login, { kind: "set-password", name, passwordHash });
      return { done: true as const };
    },
  );
  app.delete(
    "/users/:name",
    {
      config: administrator,
      schema: { tags, summary: "Remove a user", description: "The only administrator stays.", params, response: gone },
    },
    async (request, reply) => {
      const user = await find(request.params.name);
      const others = (await deps.reads.users()).filter((other) => other.name !== user.name);
      if (!others.some((other) => other.role === "administrator")) {
        fail("conflict", "This is the only administrator. Make another one first.");
      }
      await changeAccounts(deps, request.login, { kind: "remove-user", name: user.name });
      return reply.status(204).send(null);
    },
  );
}

function keyRoutes(app: App, deps: RouteDeps): void {
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
        response: gone,
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
