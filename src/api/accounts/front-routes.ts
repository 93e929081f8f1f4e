import type { FastifyRequest } from "fastify";
import { done } from "../../contract/common.ts";
import * as contract from "../../contract/account.ts";
import type { App } from "../app-types.ts";
import { isLoopback, isSameOrigin } from "../auth/same-origin.ts";
import { allChannels } from "../../domain/rights.ts";
import { createDoorman, type Doorman } from "../auth/doorman.ts";
import { equalSecrets, tokenHash } from "../auth/secrets.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { startSession } from "./start-session.ts";

const tags = ["accounts"];

/** First start and login: the routes that nobody can be logged in for. Registered outside the gate. */
export function frontRoutes(app: App, deps: ApiDeps): void {
  const doorman = createDoorman(deps);
  const hasUsers = async () => (await deps.reads.users()).length > 0;

  app.get(
    "/api/setup",
    { schema: { tags, summary: "Whether there is an administrator already", response: { 200: contract.setupAnswer } } },
    async (request) => {
      if (await hasUsers()) return { administrator: true };
      const near = isLoopback(request.ip, request.raw);
      return { administrator: false, needs: near ? ("nothing" as const) : ("token" as const) };
    },
  );

  app.post(
    "/api/setup",
    {
      config: { errors: ["forbidden", "conflict", "too-many", "unavailable"] },
      schema: {
        tags,
        summary: "Create the first administrator and log in",
        description: "Takes the token that Reed printed at its start; from the machine itself none.",
        body: contract.setupBody,
        response: { 201: contract.me },
      },
    },
    async (request, reply) => {
      guardOrigin(request);
      if (await hasUsers()) fail("conflict", "There is an administrator already. Log in instead.");
      const { token, name, password } = request.body;
      doorman.enter(request.ip, "the first start");
      if (!isLoopback(request.ip, request.raw) && !isToken(deps.firstStartToken(), token)) {
        await refused(deps, "setup-refused", { name, address: request.ip });
        fail(
          "forbidden",
          "The first-start token is missing or wrong. It is in the address that Reed printed at its start.",
        );
      }
      doorman.welcome(request.ip, "the first start");
      const passwordHash = await deps.passwords.hash(password);
      const op = { kind: "create-user" as const, name, role: "administrator" as const, passwordHash, firstStart: true };
      await askCore(deps, { kind: "user", name }, { kind: "account", op });
      await startSession(deps, reply, { name, role: "administrator" });
      const who = { kind: "user" as const, name, role: "administrator" as const };
      return reply.status(201).send({ ...who, scopes: contract.scopes, rights: allChannels, preferences: {} });
    },
  );

  app.post(
    "/api/login",
    {
      config: { errors: ["unauthorized", "forbidden", "too-many", "unavailable"] },
      schema: {
        tags,
        summary: "Log in",
        description: "Sets the session's cookie. Wrong passwords slow the next tries down.",
        body: contract.loginBody,
        response: { 200: done },
      },
    },
    async (request, reply) => {
      guardOrigin(request);
      const { name, password } = request.body;
      doorman.enter(request.ip, name);
      const user = await deps.reads.userForLogin(name);
      // an unknown name costs as much time as a known one
      const known = user?.passwordHash ?? "";
      const fits = await deps.passwords.verify(known === "" ? await doorman.nobody() : known, password);
      if (user === undefined || known === "" || !fits) {
        await refused(deps, "login-refused", { name, address: request.ip });
        fail("unauthorized", "Name or password is wrong.");
      }
      doorman.welcome(request.ip, name);
      await startSession(deps, reply, user);
      return { done: true as const };
    },
  );
  linkRoute(app, deps, doorman);
}

function linkRoute(app: App, deps: ApiDeps, doorman: Doorman): void {
  /** Links that are being spent: of two who come at once with the same one, one gets in. */
  const spent = new Set<string>();
  app.post(
    "/api/login/link",
    {
      config: { errors: ["unauthorized", "forbidden", "too-many", "unavailable"] },
      schema: {
        tags,
        summary: "Log in with a one-time link",
        description: "For displays: sets a cookie that does not run out. The link is good once.",
        body: contract.linkBody,
        response: { 200: done },
      },
    },
    async (request, reply) => {
      guardOrigin(request);
      doorman.enter(request.ip, "a one-time link");
      const linkHash = tokenHash(request.body.token);
      const user = spent.has(linkHash) ? undefined : await deps.reads.linkUser(linkHash, deps.clock.wall());
      if (user === undefined || spent.has(linkHash)) {
        await refused(deps, "login-refused", { name: "a one-time link", address: request.ip });
        fail("unauthorized", "This link was used already or has run out. Ask for a new one.");
      }
      spent.add(linkHash);
      doorman.welcome(request.ip, "a one-time link");
      try {
        await startSession(deps, reply, user, linkHash);
      } catch (error) {
        spent.delete(linkHash);
        throw error;
      }
      return { done: true as const };
    },
  );
}

/** Whoever knocked in vain stands in the audit log; without core the answer stays the same. */
async function refused(deps: ApiDeps, what: string, details: { name: string; address: string }): Promise<void> {
  await deps.core.ask({ kind: "system", name: "api" }, { kind: "audit", what, details });
}

const isToken = (expected: string | undefined, given: string): boolean =>
  expected !== undefined && expected !== "" && equalSecrets(expected, given);

function guardOrigin(request: FastifyRequest): void {
  if (!isSameOrigin(request.headers)) fail("forbidden", "This request came from a page of another site.");
}
