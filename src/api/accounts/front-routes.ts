import type { FastifyReply, FastifyRequest } from "fastify";
import { done } from "../../contract/common.ts";
import * as contract from "../../contract/account.ts";
import type { App } from "../app-types.ts";
import { isLoopback, isSameOrigin } from "../auth/same-origin.ts";
import { equalSecrets, newToken, sessionCookie, sessionMs, tokenHash } from "../auth/secrets.ts";
import { accountSlowDown, addressSlowDown, createSlowDown } from "../auth/slow-down.ts";
import { ApiFailure, askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

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
      doorman.let(request.ip, "the first start");
      if (!isLoopback(request.ip, request.raw) && !isToken(deps.firstStartToken(), token)) {
        doorman.refuse(request.ip, "the first start");
        await refused(deps, "setup-refused", { name, address: request.ip });
        fail(
          "forbidden",
          "The first-start token is missing or wrong. It is in the address that Reed printed at its start.",
        );
      }
      const passwordHash = await deps.passwords.hash(password);
      const op = { kind: "create-user" as const, name, role: "administrator" as const, passwordHash, firstStart: true };
      await askCore(deps, { kind: "user", name, scopes: [] }, { kind: "account", op });
      await startSession(deps, reply, name);
      return reply
        .status(201)
        .send({ kind: "user" as const, name, role: "administrator" as const, scopes: contract.scopes });
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
      doorman.let(request.ip, name);
      const user = await deps.reads.userForLogin(name);
      // an unknown name costs as much time as a known one
      const fits = await deps.passwords.verify(user?.passwordHash ?? (await doorman.nobody()), password);
      if (user === undefined || !fits) {
        doorman.refuse(request.ip, name);
        await refused(deps, "login-refused", { name, address: request.ip });
        fail("unauthorized", "Name or password is wrong.");
      }
      doorman.welcome(request.ip, name);
      await startSession(deps, reply, user.name);
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

async function startSession(deps: ApiDeps, reply: FastifyReply, user: string): Promise<void> {
  const token = newToken(deps.random);
  const expiresAt = deps.clock.wall() + sessionMs;
  const op = { kind: "create-session" as const, tokenHash: tokenHash(token), user, expiresAt };
  await askCore(deps, { kind: "user", name: user, scopes: [] }, { kind: "account", op });
  void reply.setCookie(sessionCookie, token, {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure: isOverTls(reply.request),
    maxAge: sessionMs / 1000,
  });
}

/** A browser says in `Origin` by what it came, also where a proxy in between ended the TLS. */
const isOverTls = (request: FastifyRequest): boolean =>
  request.protocol === "https" || request.headers.origin?.startsWith("https://") === true;

/** Slows guessing down, per address and per account. */
function createDoorman(deps: Pick<ApiDeps, "clock" | "passwords">) {
  const addresses = createSlowDown(addressSlowDown);
  const accounts = createSlowDown(accountSlowDown);
  const account = (name: string) => name.toLowerCase();
  let nobodysHash: Promise<string> | undefined;
  return {
    let(address: string, name: string) {
      const now = deps.clock.now();
      const waitMs = Math.max(addresses.waitMs(address, now), accounts.waitMs(account(name), now));
      if (waitMs > 0) {
        const waitS = Math.ceil(waitMs / 1000);
        throw new ApiFailure("too-many", `Too many wrong passwords. Try again in ${waitS} s.`, waitS);
      }
    },
    refuse(address: string, name: string) {
      addresses.refused(address, deps.clock.now());
      accounts.refused(account(name), deps.clock.now());
    },
    welcome(address: string, name: string) {
      addresses.succeeded(address);
      accounts.succeeded(account(name));
    },
    nobody: () => (nobodysHash ??= deps.passwords.hash("nobody has this password")),
  };
}
