import type { FastifyRequest } from "fastify";
import type { App, Login } from "../app-types.ts";
import { ApiFailure } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { isSameOrigin } from "./same-origin.ts";
import { mayUse, scopesOf } from "./scopes.ts";
import { keyPrefix, sessionCookie, tokenHash } from "./secrets.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Closes a scope of routes: nobody gets in without a session or a key that may use the route. Everything that is
 * registered inside is behind it, also the upgrade of a WebSocket.
 */
export function addGate(scope: App, deps: Pick<ApiDeps, "reads" | "clock">): void {
  scope.addHook("onRequest", async (request) => {
    const login = await loginOf(deps, request);
    if (login === undefined) throw new ApiFailure("unauthorized");
    if (login.kind === "user") guardCookie(request);
    const { needs } = request.routeOptions.config;
    if (!mayUse(login, needs)) throw new ApiFailure("forbidden", missing(needs));
    request.login = login;
  });
}

/** Whether a login from before still opens doors: its session or key is there and has not run out. */
export async function isStillGood({ reads, clock }: Pick<ApiDeps, "reads" | "clock">, login: Login): Promise<boolean> {
  if (login.keyHash !== undefined) return (await reads.keyByHash(login.keyHash)) !== undefined;
  if (login.tokenHash === undefined) return false;
  return (await reads.sessionUser(login.tokenHash, clock.wall())) !== undefined;
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
    return key === undefined ? undefined : { kind: "key", name: key.name, scopes: key.scopes, keyHash };
  }
  const token = request.cookies[sessionCookie];
  if (token === undefined) return undefined;
  const hash = tokenHash(token);
  const user = await deps.reads.sessionUser(hash, deps.clock.wall());
  if (user === undefined) return undefined;
  return { kind: "user", name: user.name, role: user.role, scopes: scopesOf[user.role], tokenHash: hash };
}
