import type { FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from "fastify-type-provider-zod";
import { ZodError } from "zod";
import { errorTable, type ErrorCode } from "../contract/errors.ts";
import { issuesWords } from "../contract/issue-words.ts";
import type { Actor, Command } from "../messages/api.ts";
import type { ApiDeps } from "./ports.ts";

/** An expected failure of a request; thrown in a handler, answered by `answerFailure`. */
export class ApiFailure extends Error {
  readonly code: ErrorCode;
  readonly retryAfterS: number | undefined;
  constructor(code: ErrorCode, message?: string, retryAfterS?: number) {
    super(message ?? errorTable[code].sentence);
    this.code = code;
    this.retryAfterS = retryAfterS;
  }
}

export function fail(code: ErrorCode, message?: string): never {
  throw new ApiFailure(code, message);
}

/** Fastify's error handler: every error becomes a row of the table. What is not expected is logged, not told. */
export function answerFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const failure = failureOf(error);
  if (failure.code === "internal") {
    request.log.error({ err: error, route: request.routeOptions.url }, "request failed unexpectedly");
  }
  if (failure.retryAfterS !== undefined) void reply.header("retry-after", Math.ceil(failure.retryAfterS));
  void reply
    .status(errorTable[failure.code].status)
    .header("content-type", "application/json; charset=utf-8")
    .serializer((body: unknown) => JSON.stringify(body))
    .send({ error: { code: failure.code, message: failure.message } });
}

function failureOf(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  if (error instanceof ZodError)
    return new ApiFailure("invalid", issuesWords(error.issues.map((issue) => ({ ...issue }))));
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map((entry) => ({
      ...entry.params,
      code: entry.keyword,
      path: entry.instancePath.split("/").filter((part) => part !== ""),
      message: entry.message ?? "is not allowed",
    }));
    return new ApiFailure("invalid", issuesWords(issues));
  }
  if (isResponseSerializationError(error) || !(error instanceof Error)) return new ApiFailure("internal");
  const status = "statusCode" in error ? error.statusCode : undefined;
  if (status === 413) return new ApiFailure("too-large");
  if (status === 429) return new ApiFailure("too-many");
  if (typeof status === "number" && status >= 400 && status < 500) return new ApiFailure("invalid", error.message);
  return new ApiFailure("internal");
}

type Asker = Pick<Actor, "kind" | "name">;

/** Asks core on behalf of a request; what core refuses is answered with core's own sentence. */
export async function askCore(deps: Pick<ApiDeps, "core">, login: Asker | undefined, command: Command) {
  const actor = login === undefined ? { kind: "system" as const, name: "api" } : { kind: login.kind, name: login.name };
  const result = await deps.core.ask(actor, command);
  if (!result.ok) throw new ApiFailure(result.error.code, result.error.message);
  return result.value;
}
