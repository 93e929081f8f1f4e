import { z } from "zod";
import { done } from "../../contract/common.ts";
import * as contract from "../../contract/account.ts";
import { isAllowedPassword } from "../../domain/password-rules.ts";
import { rightsOfRole } from "../../domain/rights.ts";
import { wallTime } from "../../kernel/time.ts";
import type { User } from "../../store/read-accounts.ts";
import type { App } from "../app-types.ts";
import { newToken, tokenHash } from "../auth/secrets.ts";
import { fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";
import { changeAccounts } from "./change-accounts.ts";

const tags = ["accounts"];
const administrator = { needs: "administrator" } as const;
const params = contract.userParams;

/** Milliseconds that a one-time link waits for its display. */
const linkMs = 24 * 3_600_000;

type FindUser = (name: string) => Promise<User>;

/** People and displays: made, given other roles and channels, removed. */
export function userRoutes(app: App, deps: RouteDeps): void {
  const find: FindUser = async (name) =>
    (await deps.reads.userForLogin(name)) ?? fail("not-found", `There is no user ${name}.`);
  app.get(
    "/users",
    { config: administrator, schema: { tags, summary: "List all users", response: { 200: contract.userList } } },
    async () => (await deps.reads.users()).map(shown),
  );
  app.post(
    "/users",
    {
      config: administrator,
      schema: {
        tags,
        summary: "Add a user",
        description: "A display has no password: it is let in by a link (POST /api/users/{name}/link).",
        body: contract.userBody,
        response: { 201: contract.userAnswer },
      },
    },
    async (request, reply) => {
      const { name, role, password } = request.body;
      if ((await deps.reads.userForLogin(name)) !== undefined) fail("conflict", `There is a user ${name} already.`);
      const passwordHash = password === undefined ? "" : await deps.passwords.hash(password);
      const rights = rightsOfRole(role, request.body.rights);
      const op = { kind: "create-user" as const, name, role, passwordHash, firstStart: false, rights };
      await changeAccounts(deps, request.login, op);
      return reply.status(201).send({ name, role, rights, createdAt: deps.clock.wall() });
    },
  );
  changeRoute(app, deps, find);
  letInRoutes(app, deps, find);
  app.delete(
    "/users/:name",
    {
      config: administrator,
      schema: {
        tags,
        summary: "Remove a user",
        description: "The only administrator stays.",
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const user = await find(request.params.name);
      await guardLastAdministrator(deps, user);
      await changeAccounts(deps, request.login, { kind: "remove-user", name: user.name });
      return reply.status(204).send(null);
    },
  );
}

function changeRoute(app: App, deps: RouteDeps, find: FindUser): void {
  app.patch(
    "/users/:name",
    {
      config: administrator,
      schema: {
        tags,
        summary: "Change the role or the channels of a user",
        description: "Counts at once, also for what is open. The only administrator stays one.",
        params,
        body: contract.userPatch,
        response: { 200: contract.userAnswer },
      },
    },
    async (request) => {
      const user = await find(request.params.name);
      const role = request.body.role ?? user.role;
      if (role !== user.role && (role === "display" || user.role === "display")) {
        fail("conflict", "A display has no password and people have one. Make a new user instead.");
      }
      if (role !== "administrator") await guardLastAdministrator(deps, user);
      const rights = rightsOfRole(role, request.body.rights ?? user.rights);
      await changeAccounts(deps, request.login, { kind: "change-user", name: user.name, role, rights });
      return shown({ ...user, role, rights });
    },
  );
}

/** How somebody gets in whom an administrator lets in: a new password, or a display's link. */
function letInRoutes(app: App, deps: RouteDeps, find: FindUser): void {
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
      const { name, role } = await find(request.params.name);
      const { password } = request.body;
      if (role === "display") fail("conflict", "A display has no password. Make it a new link instead.");
      if (!isAllowedPassword(name, password)) fail("invalid", contract.passwordRule);
      const passwordHash = await deps.passwords.hash(password);
      await changeAccounts(deps, request.login, { kind: "set-password", name, passwordHash });
      return { done: true as const };
    },
  );
  app.post(
    "/users/:name/link",
    {
      config: administrator,
      schema: {
        tags,
        summary: "Make a one-time link that logs a display in",
        description: "Good once, for 24 hours; a link that was made before is void.",
        params,
        response: { 201: contract.linkAnswer },
      },
    },
    async (request, reply) => {
      const user = await find(request.params.name);
      if (user.role !== "display") fail("conflict", "Only a display is let in by a link; people have a password.");
      const token = newToken(deps.random);
      const expiresAt = wallTime(deps.clock.wall() + linkMs);
      const op = { kind: "create-link" as const, linkHash: tokenHash(token), user: user.name, expiresAt };
      await changeAccounts(deps, request.login, op);
      return reply.status(201).send({ token, expiresAt });
    },
  );
}

const shown = ({ name, role, createdAt, rights }: User) => ({ name, role, createdAt, rights });

async function guardLastAdministrator(deps: RouteDeps, user: User): Promise<void> {
  const others = (await deps.reads.users()).filter((other) => other.name !== user.name);
  if (!others.some((other) => other.role === "administrator")) {
    fail("conflict", "This is the only administrator. Make another one first.");
  }
}
