import type { FastifyRequest } from "fastify";
import { createSeldom } from "../audit/seldom.ts";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** Who watched what: into the audit log, once a viewer and channel while they go on watching. */
export function createViewingLog(deps: Pick<ApiDeps, "core" | "clock">) {
  const seldom = createSeldom(deps.clock);
  return ({ login, log }: FastifyRequest, channel: number, fromMs: number): Promise<void> =>
    seldom(`${login?.kind} ${login?.name} ${channel}`, () =>
      askCore(deps, login, { kind: "audit", what: "playback", details: { channel, from: fromMs } }).then(
        () => undefined,
        () => log.warn({ channel, by: login?.name }, "footage watched while core is away"),
      ),
    );
}
