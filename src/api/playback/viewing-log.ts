import type { FastifyRequest } from "fastify";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** A player asks again every few seconds: who goes on watching a channel is written down once in this time, ms. */
const againAfterMs = 10 * 60_000;
/** Beyond it the oldest are forgotten, and written down again. */
const mostRemembered = 10_000;

/** Who watched what: into the audit log, once a viewer and channel while they go on watching. */
export function createViewingLog(deps: Pick<ApiDeps, "core" | "clock">) {
  const last = new Map<string, number>();
  return async (request: FastifyRequest, channel: number, fromMs: number): Promise<void> => {
    const { login } = request;
    const key = `${login?.kind} ${login?.name} ${channel}`;
    const now = deps.clock.now();
    const before = last.get(key);
    last.delete(key);
    last.set(key, now);
    if (last.size > mostRemembered) last.delete(last.keys().next().value ?? "");
    if (before !== undefined && now - before < againAfterMs) return;
    await askCore(deps, login, { kind: "audit", what: "playback", details: { channel, from: fromMs } }).catch(() =>
      request.log.warn({ channel, by: login?.name }, "footage watched while core is away"),
    );
  };
}
