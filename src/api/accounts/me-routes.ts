import { done } from "../../contract/common.ts";
import * as contract from "../../contract/account.ts";
import { isAllowedPassword } from "../../domain/password-rules.ts";
import type { App, Login } from "../app-types.ts";
import { createDoorman } from "../auth/doorman.ts";
import { neverMs, sessionCookie } from "../auth/secrets.ts";
import { fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";
import { changeAccounts } from "./change-accounts.ts";
import { setSessionCookie } from "./start-session.ts";

const tags = ["accounts"];
const everybody = { needs: "any", channels: "none" } as const;

/** What somebody may know and change of their own login. */
export function meRoutes(app: App, deps: RouteDeps): void {
  app.get(
    "/me",
    {
      config: everybody,
      schema: { tags, summary: "Who is logged in, and what they may do", response: { 200: contract.me } },
    },
    (request, reply) => {
      const login = request.login ?? fail("unauthorized");
      const token = request.cookies[sessionCookie];
      // a browser forgets every cookie after a while; that of a display must stay
      if (login.role === "display" && token !== undefined) setSessionCookie(reply, token, login.role);
      return meOf(login);
    },
  );
  app.patch(
    "/me/preferences",
    {
      config: everybody,
      schema: {
        tags,
        summary: "Choose language and colours of one's own pages",
        body: contract.preferences,
        response: { 200: contract.preferences },
      },
    },
    async (request) => {
      const login = userOf(request.login);
      const preferences = { ...login.preferences, ...request.body };
      await changeAccounts(deps, login, { kind: "set-preferences", name: login.name, preferences });
      return preferences;
    },
  );
  app.post(
    "/logout",
    {
      config: everybody,
      schema: {
        tags,
        summary: "Log out",
        description: "Ends this session and the WebSockets that it opened.",
        response: { 200: done },
      },
    },
    async (request, reply) => {
      const { name, tokenHash } = request.login ?? fail("unauthorized");
      if (tokenHash !== undefined) {
        await changeAccounts(deps, request.login, { kind: "end-session", tokenHash, user: name });
      }
      return reply.clearCookie(sessionCookie, { path: "/" }).send({ done: true as const });
    },
  );
  ownPasswordRoute(app, deps);
}

function ownPasswordRoute(app: App, deps: RouteDeps): void {
  const doorman = createDoorman(deps);
  app.put(
    "/me/password",
    {
      config: { ...everybody, errors: ["too-many"] },
      schema: {
        tags,
        summary: "Change one's own password",
        description: "Ends one's other sessions. Takes the password that was good so far.",
        body: contract.ownPasswordBody,
        response: { 200: done },
      },
    },
    async (request) => {
      const login = userOf(request.login);
      const { current, password } = request.body;
      if (!isAllowedPassword(login.name, password)) fail("invalid", contract.passwordRule);
      const known = (await deps.reads.userForLogin(login.name))?.passwordHash ?? "";
      if (known === "") fail("conflict", "A display has no password.");
      doorman.enter(request.ip, login.name);
      if (!(await deps.passwords.verify(known, current))) {
        fail("invalid", "The password so far is wrong.");
      }
      doorman.welcome(request.ip, login.name);
      const passwordHash = await deps.passwords.hash(password);
      const keep = login.tokenHash === undefined ? {} : { keepSession: login.tokenHash };
      await changeAccounts(deps, login, { kind: "set-password", name: login.name, passwordHash, ...keep });
      return { done: true as const };
    },
  );
}

function meOf(login: Login) {
  const { kind, name, scopes, rights, preferences, role, expiresAt } = login;
  return {
    ...{ kind, name, scopes, rights, preferences },
    ...(role === undefined ? {} : { role }),
    ...(expiresAt === undefined || expiresAt >= neverMs ? {} : { sessionEnds: expiresAt }),
  };
}

/** A key has no password and no pages. */
function userOf(login: Login | undefined): Login {
  return login?.kind === "user" ? login : fail("forbidden", "This is for people who are logged in, not for keys.");
}
