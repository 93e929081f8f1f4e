import rateLimit from "@fastify/rate-limit";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { triggerAnswer, triggerFields, triggerKeyParams, triggerParams } from "../../contract/doing.ts";
import type { HttpTriggerSettings } from "../../domain/site-config.ts";
import type { TriggerVerb } from "../../messages/api.ts";
import { unsealSite } from "../../store/secrets.ts";
import type { App } from "../app-types.ts";
import { equalSecrets } from "../auth/secrets.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/**
 * Generous: a gateway speaks for many contacts. It only keeps a flood away from core. Wrong keys are not slowed down
 * further (they are too long to guess): one device with a wrong key must not silence its neighbours.
 */
const perMinute = 1200;

const rules =
  "GET and POST do the same; the fields may also stand in the body, as JSON or a form. The same verb again with the " +
  "same `event_id` changes nothing and answers `repeated: true`, so a device may try until it is answered. The answer " +
  "says of each camera whether it records.";

interface Point {
  readonly board: number;
  readonly point: number;
}

/**
 * HTTP triggers: a device or script raises and ends an input. Outside the logins; each point has a key of its own, in a
 * header or, for devices that can't send one, in the path. Answers what became of each camera.
 */
export async function triggerRoutes(app: App, deps: ApiDeps): Promise<void> {
  await app.register(rateLimit, { max: perMinute, timeWindow: 60_000, cache: 1000 });
  takeAnyBody(app);
  const tags = ["triggers"];
  const response = { 200: triggerAnswer };
  const method = ["GET", "POST"];
  const config = { errors: ["unauthorized", "conflict", "too-many", "unavailable"] } as const;

  const pull = async (request: FastifyRequest, verb: TriggerVerb, mine: (point: Point, key: string) => boolean) => {
    const found = (await keyedPoints(deps)).filter((point) => mine(point, point.key))[0];
    if (found === undefined) {
      fail("unauthorized", "The key of this trigger is missing or wrong. It is a setting of the board's point.");
    }
    const { board, point } = found;
    const { event_id, max_s, title } = fieldsOf(request);
    const command = {
      ...{ kind: "trigger" as const, board, point, verb },
      ...(event_id === undefined ? {} : { eventId: event_id }),
      ...(max_s === undefined ? {} : { maxS: max_s }),
      ...(title === undefined || title === "" ? {} : { title }),
    };
    const result = await askCore(deps, { kind: "key", name: `trigger ${board}/${point}` }, command);
    return triggerAnswer.parse(result);
  };

  app.route({
    method,
    url: "/trigger/:board/:point/:verb",
    config,
    schema: {
      tags,
      summary: "Trigger an input, with the key in a header",
      description: rules,
      security: [{ trigger: [] }],
      params: triggerParams,
      querystring: triggerFields,
      response,
    },
    handler: (request) => {
      const { board, point, verb } = request.params;
      const given = request.headers["x-reed-key"];
      const sent = typeof given === "string" ? given : "";
      return pull(request, verb, (of, key) => equalSecrets(key, sent) && of.board === board && of.point === point);
    },
  });
  app.route({
    method,
    url: "/trigger/k/:key/:verb",
    config,
    schema: {
      tags,
      summary: "Trigger an input, with the key in the path",
      description: `For devices that can't send a header. ${rules}`,
      params: triggerKeyParams,
      querystring: triggerFields,
      response,
    },
    handler: (request) => pull(request, request.params.verb, (_, key) => equalSecrets(key, request.params.key)),
  });
}

/** An alarm is not refused because a device's body is odd: what is JSON or a form is read, all else counts as empty. */
function takeAnyBody(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string", bodyLimit: 64 * 1024 }, (request, body, done) => {
    const text = body.toString();
    const form = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
    done(null, form ? Object.fromEntries(new URLSearchParams(text)) : readJson(text));
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // not JSON: the query says it all
    return {};
  }
}

/** What the body says wins over the query. */
function fieldsOf(request: FastifyRequest): z.output<typeof triggerFields> {
  const body: unknown = typeof request.body === "object" && request.body !== null ? request.body : {};
  return triggerFields.parse({ ...(request.query as object), ...(body as object) });
}

async function keyedPoints(deps: Pick<ApiDeps, "reads" | "sealer">) {
  const { boards } = unsealSite(deps.sealer, await deps.reads.config());
  return boards.flatMap((board) =>
    board.enabled && board.driver.kind === "http-trigger" ? pointsOf(board.board, board.driver) : [],
  );
}

const pointsOf = (board: number, driver: HttpTriggerSettings) =>
  driver.inputs.filter(({ key }) => key !== "").map(({ point, key }) => ({ board, point, key }));
