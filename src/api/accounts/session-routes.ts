import { z } from "zod";
import { textParams } from "../../contract/common.ts";
import * as contract from "../../contract/account.ts";
import type { Session } from "../../store/read-accounts.ts";
import type { App, Login } from "../app-types.ts";
import { neverMs } from "../auth/secrets.ts";
import { fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";
import { changeAccounts } from "./change-accounts.ts";

const tags = ["accounts"];
const everybody = { needs: "any", channels: "none" } as const;

/** Where somebody is logged in: one's own sessions; an administrator sees and ends everybody's. */
export function sessionRoutes(app: App, deps: RouteDeps): void {
  const visible = (login: Login | undefined) => {
    if (login?.kind !== "user") fail("forbidden", "Sessions are for people who are logged in, not for keys.");
    const user = login.role === "administrator" ? undefined : login.name;
    return deps.reads.sessions({ user, now: deps.clock.wall() });
  };
  app.get(
    "/sessions",
    {
      config: everybody,
      schema: {
        tags,
        summary: "List where one is logged in",
        description: "An administrator sees everybody's sessions.",
        response: { 200: contract.sessionList },
      },
    },
    async (request) => (await visible(request.login)).map((session) => shown(session, request.login)),
  );
  app.delete(
    "/sessions/:id",
    {
      config: everybody,
      schema: {
        tags,
        summary: "End a session",
        description: "The WebSockets that it opened end with it.",
        params: textParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const session =
        (await visible(request.login)).find((one) => idOf(one) === id) ??
        fail("not-found", "This session has ended already.");
      const { tokenHash, user } = session;
      await changeAccounts(deps, request.login, { kind: "end-session", tokenHash, user });
      return reply.status(204).send(null);
    },
  );
}

/** A piece of the hash: enough to tell sessions apart, and of no use to get in. */
const idOf = (session: Session): string => session.tokenHash.slice(0, 16);

function shown(session: Session, login: Login | undefined) {
  const { user, createdAt, seenAt, expiresAt, address, agent, tokenHash } = session;
  return {
    ...{ id: idOf(session), user, createdAt, seenAt, address, agent },
    own: tokenHash === login?.tokenHash,
    ...(expiresAt >= neverMs ? {} : { expiresAt }),
  };
}
