import type { FastifyReply, FastifyRequest } from "fastify";
import { wallTime } from "../../kernel/time.ts";
import type { Role } from "../../messages/api.ts";
import { longestCookieMs, neverMs, newToken, sessionCookie, sessionMs, tokenHash } from "../auth/secrets.ts";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** Characters of a browser's name that are kept. */
const longestAgent = 300;

/** Opens a session for somebody who has shown who they are, and sets its cookie. */
export async function startSession(
  deps: ApiDeps,
  reply: FastifyReply,
  user: { readonly name: string; readonly role: Role },
  linkHash?: string,
): Promise<void> {
  const token = newToken(deps.random);
  const { request } = reply;
  const op = {
    kind: "create-session" as const,
    tokenHash: tokenHash(token),
    user: user.name,
    expiresAt: user.role === "display" ? neverMs : wallTime(deps.clock.wall() + sessionMs),
    from: { address: request.ip, agent: (request.headers["user-agent"] ?? "").slice(0, longestAgent) },
    ...(linkHash === undefined ? {} : { linkHash }),
  };
  await askCore(deps, { kind: "user", name: user.name }, { kind: "account", op });
  setSessionCookie(reply, token, user.role);
}

/** A display's cookie lasts as long as a browser lets it and is set again by each look at who is logged in. */
export function setSessionCookie(reply: FastifyReply, token: string, role: Role): void {
  void reply.setCookie(sessionCookie, token, {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure: isOverTls(reply.request),
    maxAge: (role === "display" ? longestCookieMs : sessionMs) / 1000,
  });
}

/** A browser says in `Origin` by what it came, also where a proxy in between ended the TLS. */
const isOverTls = (request: FastifyRequest): boolean =>
  request.protocol === "https" || request.headers.origin?.startsWith("https://") === true;
