import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import type { FastifySchema, RouteOptions } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import { errorAnswer, errorTable, type ErrorCode } from "../../contract/errors.ts";
import type { Needs } from "../app-types.ts";

/** The chapters of the documentation, in their order. Every route is in one. */
const tags = [
  { name: "cameras", description: "Channels: their settings, what they do now, pictures of them" },
  { name: "boards", description: "Boxes with contacts and relays" },
  { name: "inputs", description: "Alarm inputs: contacts and what their edges do" },
  { name: "detection", description: "What cameras' pictures and sound are watched for, and how that goes" },
  { name: "outputs", description: "Alarm outputs: relays, their modes and what holds them" },
  { name: "alarms", description: "Armed or not, silence, receipts, and who is told" },
  { name: "schedules", description: "Weekly schedules, holidays, and arming by the clock" },
  { name: "footage", description: "What was recorded when, and the footage as MP4" },
  {
    name: "triggers",
    description: "Devices and scripts that raise an input over HTTP, each with the key of its point",
  },
  { name: "system", description: "Reed itself: the site, volumes, troubles, health, metrics, the audit log" },
  { name: "accounts", description: "First start, login, users and API keys" },
];

/** The document that is made from the schemas of all routes. */
export const openApi = (version: string): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: "3.1.0",
    info: {
      title: "Reed",
      version,
      description:
        "Everything that Reed does. Log in with `POST /api/login` (a cookie) or send an API key as " +
        "`Authorization: Bearer reed_…`. Times are milliseconds since 1970-01-01 UTC in answers; queries also take " +
        "ISO 8601. Errors are `{error: {code, message}}` with a sentence that says what to do. Three " +
        "WebSockets stand beside this: `/api/events` (a snapshot, then numbered changes, JSON), " +
        "`/api/live/{channel}?track=video|audio` (a JSON `init` with the MIME type, then fragmented MP4 as binary) and " +
        "`/api/channels/{id}/detection/live` (a JSON message for each picture that was looked at).",
    },
    tags,
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "reed_session" },
        key: { type: "http", scheme: "bearer" },
        trigger: { type: "apiKey", in: "header", name: "X-Reed-Key", description: "the key of a board's point" },
      },
    },
    security: [{ session: [] }, { key: [] }],
  },
  transform: (document) => {
    const { schema, route } = document;
    if (!isShown(schema)) return jsonSchemaTransform(document);
    return withSuccessNamed(jsonSchemaTransform({ ...document, schema: told(schema, route) }));
  },
  transformObject: jsonSchemaTransformObject,
});

/** Routes of plugins may have no schema at all, whatever the types say. */
const isShown = (schema?: FastifySchema): boolean => schema !== undefined && schema.hide !== true;

/** A route's schema with what follows from the rest of it: who may use it and which errors it answers. */
function told(schema: FastifySchema, route: RouteOptions): FastifySchema {
  const needs = route.config?.needs;
  const description = [schema.description, whoMay(needs)].filter((sentence) => sentence !== undefined).join(" ");
  const response = { ...(schema.response ?? fileAnswer(schema.produces)), ...errorAnswers(errorsOf(schema, route)) };
  if (needs === undefined) return { ...schema, description, response, security: schema.security ?? [] };
  return { ...schema, description, response, ...(needs === "administrator" ? { security: [{ session: [] }] } : {}) };
}

function whoMay(needs: Needs | undefined): string {
  if (needs === undefined) return "Needs no login.";
  if (needs === "any") return "For whoever is logged in.";
  if (needs === "administrator") return "For a logged-in administrator; no API key may do this.";
  const scopes = typeof needs === "string" ? [needs] : needs;
  return `Needs the scope ${scopes.map((scope) => `\`${scope}\``).join(" or ")}.`;
}

/** The errors that follow from the shape of a route, and those that it names itself. */
function errorsOf({ params, querystring, body }: FastifySchema, { config, method }: RouteOptions): Set<ErrorCode> {
  const gated = config?.needs !== undefined;
  const asksCore = gated && method !== "GET";
  const codes = new Set<ErrorCode>(config?.errors);
  if ([params, querystring, body].some((part) => part !== undefined)) codes.add("invalid");
  if (gated) codes.add("unauthorized").add("forbidden");
  if (params !== undefined) codes.add("not-found");
  if (asksCore) codes.add("unavailable");
  if (asksCore && (params !== undefined || body !== undefined)) codes.add("conflict");
  return codes;
}

const inErrorForm = (description: string) => ({
  description,
  content: { "application/json": { schema: errorAnswer } },
});

/** By status; two errors of one status are told together. */
function errorAnswers(codes: ReadonlySet<ErrorCode>): Record<string, unknown> {
  const rows = Object.entries(errorTable).filter(([code]) => codes.has(code as ErrorCode));
  const byStatus = Map.groupBy(rows, ([, { status }]) => status);
  const answers = [...byStatus].map(([status, same]): [string, unknown] => [
    String(status),
    inErrorForm(same.map(([code, { sentence }]) => `\`${code}\`: ${sentence}`).join(" ")),
  ]);
  return { ...Object.fromEntries(answers), default: inErrorForm("Every other error has this form too.") };
}

/** A route that answers a file says of which kind; what is in it is not JSON. */
const fileAnswer = (produces: readonly string[] = []): Record<string, unknown> => ({
  200: {
    description: "The file",
    content: Object.fromEntries(produces.map((type) => [type, { schema: z.string() }])),
  },
});

const successes: Record<string, string> = { 200: "Done, or what was asked for", 201: "Made", 204: "Removed" };

/** Puts a word to a success that has none, where the generator would write "Default Response". */
function withSuccessNamed<T extends { readonly schema: FastifySchema }>(made: T): T {
  const response = Object.entries((made.schema.response ?? {}) as Record<string, object>).map(([status, answer]) => {
    const words = successes[status];
    const named = words === undefined || "description" in answer || "content" in answer;
    return [status, named ? answer : { ...answer, "x-response-description": words }] as const;
  });
  return { ...made, schema: { ...made.schema, response: Object.fromEntries(response) } };
}
