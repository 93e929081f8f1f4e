import { createHash } from "node:crypto";
import { z } from "zod";
import * as contract from "../../contract/push.ts";
import { numberParams } from "../../contract/common.ts";
import { mostSubscriptions, type PushSubscriptionSettings } from "../../domain/push-settings.ts";
import type { App, Login } from "../app-types.ts";
import { nextNumber } from "../config-resource.ts";
import { askCore, fail } from "../failure.ts";
import { unsealSite } from "../../store/secrets.ts";
import type { ApiDeps } from "../ports.ts";

const tags = ["alarms"];
// it is one's own browser; what may be seen is asked when a message is made
const own = { needs: "any", channels: "none" } as const;

/** Web push: everybody subscribes their own phones and browsers, and sees nobody else's. */
export function pushRoutes(app: App, deps: ApiDeps): void {
  app.get(
    "/push",
    {
      config: own,
      schema: {
        tags,
        summary: "Read the public key for web push and one's own browsers",
        response: { 200: contract.pushAnswer },
      },
    },
    async (request) => {
      const { name } = userOf(request.login);
      const { site, subscriptions } = await siteOf(deps);
      return {
        ...(site.push === undefined ? {} : { publicKey: site.push.publicKey }),
        subscriptions: subscriptions.filter(({ owner }) => owner === name).map(answerOf),
      };
    },
  );
  app.put(
    "/push/key",
    {
      config: own,
      schema: {
        tags,
        summary: "Make the site's key for web push where there is none",
        description:
          "Made once, and the same from then on: with another key every browser would have to subscribe again.",
        response: { 200: contract.pushKeyAnswer },
      },
    },
    async (request) => contract.pushKeyAnswer.parse(await askCore(deps, userOf(request.login), { kind: "push-key" })),
  );
  app.get(
    "/push/people",
    {
      config: { needs: "configure" },
      schema: {
        tags,
        summary: "List who could be told by push, with the number of browsers",
        response: { 200: contract.pushPeople },
      },
    },
    async () => {
      const { subscriptions } = await siteOf(deps);
      return (await deps.reads.users()).map(({ name }) => ({
        name,
        subscriptions: subscriptions.filter(({ owner }) => owner === name).length,
      }));
    },
  );
  changeRoutes(app, deps);
}

function changeRoutes(app: App, deps: ApiDeps): void {
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, so that two new ones never share a number. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  app.post(
    "/push/subscriptions",
    {
      config: own,
      schema: {
        tags,
        summary: "Subscribe this browser",
        description: "What `PushManager.subscribe` gave. A browser that is there already becomes one's own.",
        body: contract.subscriptionBody,
        response: { 201: contract.subscriptionAnswer },
      },
    },
    async (request, reply) => {
      const row = await inTurn(() => subscribe(deps, userOf(request.login), request.body));
      return reply.status(201).send(answerOf(row));
    },
  );
  app.delete(
    "/push/subscriptions/:id",
    {
      config: own,
      schema: { tags, summary: "End one's own subscription", params: numberParams, response: { 204: z.null() } },
    },
    async (request, reply) => {
      const login = userOf(request.login);
      const { id } = request.params;
      const { subscriptions } = await siteOf(deps);
      const mine = subscriptions.some((row) => row.subscription === id && row.owner === login.name);
      if (!mine) fail("not-found", `You have no subscription ${id}.`);
      await askCore(deps, login, { kind: "remove", part: "subscription", id });
      return reply.status(204).send(null);
    },
  );
}

async function subscribe(
  deps: ApiDeps,
  login: Login,
  { name, endpoint, keys, language }: contract.SubscriptionBody,
): Promise<PushSubscriptionSettings> {
  const { subscriptions } = await siteOf(deps);
  const same = subscriptions.find((row) => row.endpoint === endpoint);
  const mine = subscriptions.filter((row) => row.owner === login.name && row !== same).length;
  if (mine >= mostSubscriptions.ofOne)
    fail("conflict", `You have ${mostSubscriptions.ofOne} subscribed browsers; remove one first.`);
  if (same === undefined && subscriptions.length >= mostSubscriptions.ofAll)
    fail("conflict", `There are ${mostSubscriptions.ofAll} subscribed browsers; remove one first.`);
  const subscription = same?.subscription ?? nextNumber(subscriptions.map((row) => row.subscription));
  const value = {
    ...{ subscription, owner: login.name, name, since: deps.clock.wall(), endpoint, ...keys },
    ...(language === undefined ? {} : { language }),
  };
  await askCore(deps, login, { kind: "put", change: { part: "subscription", value } });
  return value;
}

const siteOf = async (deps: ApiDeps) => unsealSite(deps.sealer, await deps.reads.config());

const answerOf = ({ subscription, name, since, endpoint }: PushSubscriptionSettings): contract.SubscriptionAnswer => ({
  ...{ subscription, name, since },
  mark: createHash("sha256").update(endpoint).digest("hex"),
});

/** A key is nobody, and has no browser. */
function userOf(login: Login | undefined): Login {
  if (login?.kind !== "user") fail("forbidden", "Only a person can subscribe a browser; log in with a name.");
  return login;
}
