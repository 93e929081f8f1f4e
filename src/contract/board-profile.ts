import { z } from "zod";
import { list } from "./common.ts";

const field = z.object({
  key: z.string(),
  kind: z.enum(["text", "secret", "number", "choice", "names"]).describe("`names`: one a line"),
  initial: z.union([z.string(), z.number()]),
  required: z.exactOptional(z.boolean()),
  min: z.exactOptional(z.number()),
  max: z.exactOptional(z.number()),
  options: z.exactOptional(list(z.object({ value: z.string(), label: z.exactOptional(z.string()) }))),
});

export const boardProfileList = list(
  z.object({ id: z.string(), maker: z.string(), wired: z.boolean(), fields: list(field) }),
);

export const profileParams = z.object({ id: z.string().min(1).max(50).describe("id of the profile") });
export const profileValues = z
  .strictObject({ values: z.record(z.string().max(50), z.union([z.string().max(10_000), z.number()])) })
  .meta({ examples: [{ values: { host: "192.0.2.30" } }] });
