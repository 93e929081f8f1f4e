import { z } from "zod";

/** Every error that the API answers: its status and the sentence that says what to do when nothing closer is known. */
export const errorTable = {
  invalid: { status: 400, sentence: "The request is not as it must be. Correct what is named and send it again." },
  unauthorized: {
    status: 401,
    sentence: "Log in first (POST /api/login), or send an API key as `Authorization: Bearer reed_…`.",
  },
  forbidden: { status: 403, sentence: "This login or key may not do that. Use one with the scope that is named." },
  "not-found": { status: 404, sentence: "There is nothing at this address. Look at /api/docs for what there is." },
  "no-footage": {
    status: 404,
    sentence: "Nothing was recorded in that time. Look at /api/timeline for what there is.",
  },
  conflict: { status: 409, sentence: "Something else stands against it. Change that first." },
  "too-large": { status: 413, sentence: "The request is too large. Ask for less at once." },
  "too-many": { status: 429, sentence: "Too many attempts. Wait as long as Retry-After says and try again." },
  internal: { status: 500, sentence: "Something went wrong in Reed. The log of the process says what." },
  unavailable: {
    status: 503,
    sentence: "The part of Reed that does this is not running. It is started again by itself; try in a few seconds.",
  },
} as const;

export type ErrorCode = keyof typeof errorTable;

export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

export const errorAnswer = z
  .object({ error: z.object({ code: z.enum(errorCodes), message: z.string() }) })
  .meta({ id: "Error", examples: [{ error: { code: "unauthorized", message: errorTable.unauthorized.sentence } }] });
