import type { FastifyRequest } from "fastify";
import { allChannels, sameRights } from "../../domain/rights.ts";
import { between, minutes, type Instant } from "../../kernel/time.ts";
import type { App, Login } from "../app-types.ts";
import { ApiFailure } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { limitedSentence, mayEnter } from "./channel-rights.ts";
import { isSameOrigin } from "./same-origin.ts";
import { mayUse, scopesOf } from "./scopes.ts";
import { keyPrefix, sessionCookie, tokenHash } from "./secrets.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Closes a scope of routes: nobody gets in without a session or a key that may use the route. Everything that is
 * registered inside is behind it, also the upgrade of a WebSocket.
 */
export function addGate(scope: App, deps: Pick<ApiDeps, "reads" | "clock" | "core">): void {
  const touch = sessionToucher(deps);
  scope.addHook("onRequest", async (request) => {
    const login = await loginOf(deps, request);
    if (login === undefined) throw new ApiFailure("unauthorized");
    if (login.kind === "user") guardCookie(request);
    const { config } = request.routeOptions;
    if (!mayUse(login, config.needs)) throw new ApiFailure("forbidden", missing(config.needs));
    if (!mayEnter(login, config)) throw new ApiFailure("forbidden", limitedSentence);
    request.login = login;
    touch(login);
  });
}

/** How exactly it is known when a session was used last. */
const touchMs = minutes(15);

/** Has it written down that a session is in use, now and then. Nobody waits for it, and it is no harm when it fails. */
function sessionToucher({ core, clock }: Pick<ApiDeps, "core" | "clock">): (login: Login) => void {
  const asked = new Map<string, Instant>();
  return ({ name, tokenHash, seenAt }) => {
    if (tokenHash === undefined || seenAt === undefined || clock.wall() - seenAt < touchMs) return;
    const now = clock.now();
    const last = asked.get(tokenHash);
    if (last !== undefined && between(last, now) < touchMs) return;
    for (const [hash, at] of asked) if (between(at, now) >= touchMs) asked.delete(hash);
    asked.set(tokenHash, now);
    void core.ask({ kind: "user", name }, { kind: "account", op: { kind: "touch-session", tokenHash } });
  };
}

/** `changed`: it may see other channels than when it came. */
export type Standing = "good" | "changed" | "gone";

/** Whether a login from before still opens doors: its session or key is there and has not run out. */
export async function standingOf({ reads, clock }: Pick<ApiDeps, "reads" | "clock">, login: Login): Promise<Standing> {
  if (login.keyHash !== undefined) return (await reads.keyByHash(login.keyHash)) === undefined ? "gone" : "good";
  if (login.tokenHash === undefined) return "gone";
  const user = await reads.sessionUser(login.tokenHash, clock.wall());
  if (user === undefined) return "gone";
  return user.role === login.role && sameRights(user.rights, login.rights) ? "good" : "changed";
}

/** A cookie is sent along with whatever a foreign page makes a browser ask for; a key is not. */
function guardCookie(request: FastifyRequest): void {
  const changes = !reading.has(request.method) || request.headers.upgrade !== undefined;
  if (changes && !isSameOrigin(request.headers)) {
    throw new ApiFailure("forbidden", "This request came from a page of another site and was not carried out.");
  }
}

const missing = (needs: FastifyRequest["routeOptions"]["config"]["needs"]): string =>
  needs === undefined
    ? "Nobody may use this."
    : `This login or key may not do that: it takes ${typeof needs === "string" ? `"${needs}"` : needs.map((one) => `"${one}"`).join(" or ")}.`;

/** A key in `Authorization: Bearer`, else the session cookie. */
async function loginOf(deps: Pick<ApiDeps, "reads" | "clock">, request: FastifyRequest): Promise<Login | undefined> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) {
    const keyHash = tokenHash(bearer);
    const key = bearer.startsWith(keyPrefix) ? await deps.reads.keyByHash(keyHash) : undefined;
    if (key === undefined) return undefined;
    return { kind: "key", name: key.name, scopes: key.scopes, rights: allChannels, preferences: {}, keyHash };
  }
  const token = request.cookies[sessionCookie];
  if (token === undefined) return undefined;
  const hash = tokenHash(token);
  const user = await deps.reads.sessionUser(hash, deps.clock.wall());
  if (user === undefined) return undefined;
  return { kind: "user", ...user, scopes: scopesOf[user.role], tokenHash: hash };
}
