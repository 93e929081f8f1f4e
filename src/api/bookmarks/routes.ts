import { bookmarkBody, bookmarkList, bookmarkMade, bookmarkQuery } from "../../contract/bookmark.ts";
import { done, textParams } from "../../contract/common.ts";
import { maySee } from "../../domain/rights.ts";
import type { App, Login } from "../app-types.ts";
import { guardChannels } from "../auth/channel-rights.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** Places in the footage that people want to find again. */
export function bookmarkRoutes(app: App, deps: ApiDeps): void {
  const tags = ["footage"];
  const config = { needs: "footage", channels: "checked" } as const;
  app.get(
    "/bookmarks",
    {
      config,
      schema: {
        tags,
        summary: "List the bookmarks of a span",
        querystring: bookmarkQuery,
        response: { 200: bookmarkList },
      },
    },
    async ({ query, login }) => (await deps.reads.bookmarks(query)).filter((one) => mayHave(login, one)),
  );
  app.post(
    "/bookmarks",
    {
      config,
      schema: {
        tags,
        summary: "Note something at a time of some cameras",
        description: "It keeps no footage from being deleted; a lock does.",
        body: bookmarkBody,
        response: { 201: bookmarkMade },
      },
    },
    async (request, reply) => {
      guardChannels(request.login, request.body.channels, "playback");
      const made = await askCore(deps, request.login, { kind: "bookmark", ...request.body });
      return reply.status(201).send(bookmarkMade.parse(made));
    },
  );
  app.delete(
    "/bookmarks/:id",
    { config, schema: { tags, summary: "Remove a bookmark", params: textParams, response: { 200: done } } },
    async ({ params, login }) => {
      const known = (await deps.reads.bookmark(params.id)) ?? fail("not-found", `There is no bookmark ${params.id}.`);
      guardChannels(login, known.channels, "playback");
      // "user anna" is how core writes down who asked
      const isOwn = known.by === `${login?.kind} ${login?.name}`;
      if (!isOwn && login?.scopes.includes("configure") !== true)
        fail("forbidden", "Only who made a bookmark, or who may configure, removes it.");
      await askCore(deps, login, { kind: "remove-bookmark", id: params.id });
      return { done: true as const };
    },
  );
}

const mayHave = (login: Login | undefined, { channels }: { readonly channels: readonly number[] }): boolean =>
  login !== undefined && channels.every((channel) => maySee(login.rights, channel, "playback"));
