import { z } from "zod";
import { done, textParams } from "../../contract/common.ts";
import { lockBody, lockedAnswer, lockList } from "../../contract/lock.ts";
import { mayKnow } from "../../domain/rights.ts";
import type { App } from "../app-types.ts";
import { guardChannels } from "../auth/channel-rights.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

const lockIds = z.object({ ids: z.array(z.string()) });

/** Footage that is kept until somebody releases it. */
export function lockRoutes(app: App, deps: ApiDeps): void {
  const tags = ["footage"];
  app.get(
    "/locks",
    {
      config: { needs: "read", channels: "checked" },
      schema: { tags, summary: "List locks on footage, and how much they keep", response: { 200: lockList } },
    },
    async ({ login }) => {
      const volumes = deps.core.live()?.state.volumes;
      const bytes = volumes?.reduce((sum, volume) => sum + volume.lockedBytes, 0);
      const locks = (await deps.reads.locks()).filter(
        (lock) => login !== undefined && mayKnow(login.rights, lock.channel),
      );
      return { locks, ...(bytes === undefined ? {} : { lockedBytes: bytes }) };
    },
  );
  app.post(
    "/locks",
    {
      config: { needs: "control", channels: "checked" },
      schema: {
        tags,
        summary: "Lock footage, so that it is never deleted for room or age",
        body: lockBody,
        response: { 200: lockedAnswer },
      },
    },
    async (request) => {
      const { channels, from, to, ...why } = request.body;
      guardChannels(request.login, channels, "playback");
      const spans = channels.map((channel) => ({ channel, from, to }));
      return lockIds.parse(await askCore(deps, request.login, { kind: "lock-footage", spans, ...why }));
    },
  );
  app.delete(
    "/locks/:id",
    {
      config: { needs: "configure" },
      schema: {
        tags,
        summary: "Release a lock",
        description: "What it kept may be deleted from then on, as other footage of its age.",
        params: textParams,
        response: { 200: done },
      },
    },
    async (request) => {
      const { id } = request.params;
      const known = (await deps.reads.locks()).some((lock) => lock.id === id);
      if (!known) fail("not-found", `There is no lock ${id}.`);
      await askCore(deps, request.login, { kind: "release-locks", ids: [id] });
      return { done: true as const };
    },
  );
}
