import { z } from "zod";
import { list, name, wall } from "./common.ts";

export const scopes = ["read", "footage", "arm", "control", "configure", "metrics"] as const;
const scope = z.enum(scopes);
export const role = z.enum(["administrator", "operator", "viewer"]);

const userName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{C}]+$/u, "has characters that can't be shown");
/** Long ones are fine; the bound only keeps the hashing cheap. */
const password = z.string().min(10, "has at least 10 characters").max(256);

export const passwordRule = "A password has at least 10 characters and is not the name.";
export const isAllowedPassword = (user: string, text: string): boolean => text.toLowerCase() !== user.toLowerCase();

const allowed = (body: { name: string; password: string }) => isAllowedPassword(body.name, body.password);

export const setupAnswer = z.object({
  administrator: z.boolean().describe("whether somebody can log in already"),
  needs: z.exactOptional(z.enum(["token", "nothing"])).describe("`nothing`: this machine may without the token"),
});
export const setupBody = z
  .strictObject({ token: z.string().max(200).default(""), name: userName, password })
  .refine(allowed, passwordRule)
  .meta({ examples: [{ token: "from the first-start address", name: "ann", password: "correct horse battery" }] });

export const loginBody = z
  .strictObject({ name: z.string().min(1).max(64), password: z.string().min(1).max(256) })
  .meta({ examples: [{ name: "ann", password: "correct horse battery" }] });

export const me = z.object({
  kind: z.enum(["user", "key"]),
  name: z.string(),
  role: z.exactOptional(role),
  scopes: list(scope),
});

export const userBody = z
  .strictObject({ name: userName, role, password })
  .refine(allowed, passwordRule)
  .meta({ examples: [{ name: "hall", role: "viewer", password: "a display in the hall" }] });
export const userAnswer = z.object({ name: z.string(), role, createdAt: wall });
export const userList = list(userAnswer);
export const userParams = z.object({ name: z.string().min(1).max(64).describe("of the user") });
export const passwordBody = z.strictObject({ password });

export const keyBody = z
  .strictObject({ name, scopes: z.array(scope).min(1).readonly() })
  .meta({ examples: [{ name: "Grafana", scopes: ["metrics"] }] });
export const keyAnswer = z.object({ id: z.string(), name, scopes: list(scope), createdAt: wall });
export const newKeyAnswer = keyAnswer.extend({ key: z.string().describe("shown this once") });
export const keyList = list(keyAnswer);
