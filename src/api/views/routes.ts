import { z } from "zod";
import { numberParams } from "../../contract/common.ts";
import { viewAnswer, viewAnswerOf, viewBody, viewList, type ViewBody } from "../../contract/view.ts";
import type { ViewSettings } from "../../domain/site-config.ts";
import type { App, Login } from "../app-types.ts";
import { nextNumber } from "../config-resource.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** More than anybody looks at; beyond it somebody's script is wrong. */
const mostViews = 200;

/**
 * Saved arrangements of the live page. A user has their own, whatever their role; those for everybody are made and
 * changed by who may `control`.
 */
export function viewRoutes(app: App, deps: ApiDeps): void {
  const desk = viewDesk(deps);
  // a view is numbers of channels; whose pictures may be seen is asked when they are asked for
  const config = { needs: "read", channels: "none" } as const;
  const tags = ["cameras"];
  app.get(
    "/views",
    {
      config: { ...config, needs: ["read", "live"] },
      schema: { tags, summary: "List live views: one's own and everybody's", response: { 200: viewList } },
    },
    async (request) => (await desk.visible(request.login)).map(viewAnswerOf),
  );
  app.post(
    "/views",
    { config, schema: { tags, summary: "Save a live view", body: viewBody, response: { 201: viewAnswer } } },
    async (request, reply) => reply.status(201).send(viewAnswerOf(await desk.create(request.login, request.body))),
  );
  app.put(
    "/views/:id",
    {
      config,
      schema: {
        tags,
        summary: "Replace a live view",
        params: numberParams,
        body: viewBody,
        response: { 200: viewAnswer },
      },
    },
    async (request) => viewAnswerOf(await desk.replace(request.login, request.params.id, request.body)),
  );
  app.delete(
    "/views/:id",
    { config, schema: { tags, summary: "Remove a live view", params: numberParams, response: { 204: z.null() } } },
    async (request, reply) => {
      await desk.remove(request.login, request.params.id);
      return reply.status(204).send(null);
    },
  );
}

type Who = Login | undefined;

/** Reads views and asks core to write them, one change after the other, so that two new ones never share a number. */
function viewDesk(deps: ApiDeps) {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const views = async () => (await deps.reads.config()).views;
  const visible = async (who: Who) => (await views()).filter((row) => row.owner === "" || row.owner === ownerOf(who));
  const changeable = async (who: Who, id: number) => {
    const row = (await visible(who)).find(({ view }) => view === id) ?? fail("not-found", `There is no view ${id}.`);
    mayTouch(who, row.owner);
    return row;
  };
  const put = async (who: Who, view: number, { shared, ...body }: ViewBody) => {
    const value: ViewSettings = { view, ...body, owner: shared ? "" : ownerOf(who) };
    mayTouch(who, value.owner);
    await askCore(deps, who, { kind: "put", change: { part: "view", value } });
    return value;
  };
  return {
    visible,
    create: (who: Who, body: ViewBody) =>
      inTurn(async () => {
        const taken = (await views()).map(({ view }) => view);
        if (taken.length >= mostViews) fail("conflict", `There are ${mostViews} views; remove one first.`);
        return put(who, nextNumber(taken), body);
      }),
    replace: (who: Who, id: number, body: ViewBody) =>
      inTurn(async () => {
        await changeable(who, id);
        return put(who, id, body);
      }),
    remove: (who: Who, id: number) =>
      inTurn(async () => {
        await changeable(who, id);
        await askCore(deps, who, { kind: "remove", part: "view", id });
      }),
  };
}

/** A key is nobody: what it saves is everybody's. */
const ownerOf = (who: Who): string => (who?.kind === "user" ? who.name : "");

function mayTouch(who: Who, owner: string): void {
  if (owner === "" && who?.scopes.includes("control") !== true) {
    fail("forbidden", "Views for everybody are changed by who may control; save it as your own.");
  }
}
