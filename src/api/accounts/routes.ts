import { done, textParams } from "../../contract/common.ts";
import * as contract from "../../contract/account.ts";
import { uuidV7 } from "../../kernel/ids.ts";
import type { App } from "../app-types.ts";
import { keyPrefix, newToken, sessionCookie, tokenHash } from "../auth/secrets.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { z } from "zod";

const tags = ["accounts"];
const administrator = { needs: "administrator" } as const;
const gone = { 204: z.null() };

/** Who is logged in, users and keys. Registered behind the gate. */
export function accountRoutes(app: App, deps: ApiDeps): void {
  app.get("/me", { config: { needs: "any" }, schema: { tags, response: { 200: contract.me } } }, (request) => {
    const login = request.login ?? fail("unauthorized");
    const { kind, name, scopes } = login;
    return { kind, name, scopes, ...(login.role === undefined ? {} : { role: login.role }) };
  });
  app.post(
    "/logout",
    { config: { needs: "any" }, schema: { tags, response: { 200: done } } },
    async (request, reply) => {
      const hash = request.login?.tokenHash;
      if (hash !== undefined) {
        await askCore(deps, request.login, { kind: "account", op: { kind: "end-session", tokenHash: hash } });
      }
      return reply.clearCookie(sessionCookie, { path: "/" }).send({ done: true as const });
    },
  );
  userRoutes(app, deps);
  keyRoutes(app, deps);
}

function userRoutes(app: App, deps: ApiDeps): void {
  const params = contract.userParams;
  const find = async (name: string) =>
    (await deps.reads.userForLogin(name)) ?? fail("not-found", `There is no user ${name}.`);
  app.get("/users", { config: administrator, schema: { tags, response: { 200: contract.userList } } }, () =>
    deps.reads.users(),
  );
  app.post(
    "/users",
    { config: administrator, schema: { tags, body: contract.userBody, response: { 201: contract.userAnswer } } },
    async (request, reply) => {
      const { name, role, password } = request.body;
      if ((await deps.reads.userForLogin(name)) !== undefined) fail("conflict", `There is a user ${name} already.`);
      const op = {
        kind: "create-user",
        name,
        role,
        passwordHash: await deps.passwords.hash(password),
        firstStart: false,
      };
      await askCore(deps, request.login, { kind: "account", op: { ...op, kind: "create-user" } });
      return reply.status(201).send({ name, role, createdAt: deps.clock.wall() });
    },
  );
  app.put(
    "/users/:name/password",
    { config: administrator, schema: { tags, params, body: contract.passwordBody, response: { 200: done } } },
    async (request) => {
      const { name } = await find(request.params.name);
      const { password } = request.body;
      if (!contract.isAllowedPassword(name, password)) fail("invalid", contract.passwordRule);
      const passwordHash = await deps.passwords.hash(password);
      await askCore(deps, request.login, { kind: "account", op: { kind: "set-password", name, passwordHash } });
      return { done: true as const };
    },
  );
  app.delete(
    "/users/:name",
    { config: administrator, schema: { tags, params, response: gone } },
    async (request, reply) => {
      const user = await find(request.params.name);
      const others = (await deps.reads.users()).filter((other) => other.name !== user.name);
      if (!others.some((other) => other.role === "administrator")) {
        fail("conflict", "This is the only administrator. Make another one first.");
      }
      await askCore(deps, request.login, { kind: "account", op: { kind: "remove-user", name: user.name } });
      return reply.status(204).send(null);
    },
  );
}

function keyRoutes(app: App, deps: ApiDeps): void {
  app.get("/keys", { config: administrator, schema: { tags, response: { 200: contract.keyList } } }, () =>
    deps.reads.keys(),
  );
  app.post(
    "/keys",
    { config: administrator, schema: { tags, body: contract.keyBody, response: { 201: contract.newKeyAnswer } } },
    async (request, reply) => {
      const { name, scopes } = request.body;
      const id = uuidV7(deps.clock.wall(), deps.random(10));
      const key = keyPrefix + newToken(deps.random);
      const op = { kind: "create-key" as const, id, name, scopes, keyHash: tokenHash(key) };
      await askCore(deps, request.login, { kind: "account", op });
      return reply.status(201).send({ id, name, scopes, key, createdAt: deps.clock.wall() });
    },
  );
  app.delete(
    "/keys/:id",
    { config: administrator, schema: { tags, params: textParams, response: gone } },
    async (request, reply) => {
      const { id } = request.params;
      if (!(await deps.reads.keys()).some((key) => key.id === id)) fail("not-found", `There is no key ${id}.`);
      await askCore(deps, request.login, { kind: "account", op: { kind: "remove-key", id } });
      return reply.status(204).send(null);
    },
  );
}
