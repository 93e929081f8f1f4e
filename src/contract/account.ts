import { z } from "zod";
import { isAllowedPassword, leastPasswordLength, mostPasswordLength } from "../domain/password-rules.ts";
import { languages } from "../domain/site-config.ts";
import { list, name, number, wall } from "./common.ts";

export const scopes = ["read", "live", "footage", "arm", "control", "configure", "metrics"] as const;
const scope = z.enum(scopes);
export const roles = ["administrator", "operator", "viewer", "display"] as const;
export const role = z.enum(roles);

const choice = z.union([z.literal("all"), list(number)]).describe("channels, or all, also those to come");
export const rights = z
  .strictObject({ live: choice, playback: choice })
  .describe("which channels are seen live and played back; an administrator sees all, a display has no past");

export const preferences = z.strictObject({
  language: z.exactOptional(z.enum(languages)),
  theme: z.exactOptional(z.enum(["light", "dark", "auto"])),
});

const userName = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[^\p{C}]+$/u, "has characters that can't be shown");
/** Long ones are fine; the bound only keeps the hashing cheap. */
const password = z
  .string()
  .min(leastPasswordLength, `has at least ${leastPasswordLength} characters`)
  .max(mostPasswordLength);

export const passwordRule = "A password has at least 10 characters and is not the name.";
const allowed = (body: { name: string; password?: string }) =>
  body.password === undefined || isAllowedPassword(body.name, body.password);

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
  rights,
  preferences,
  sessionEnds: z.exactOptional(wall).describe("absent: never"),
});

const all = { live: "all", playback: "all" } as const;

export const userBody = z
  .strictObject({
    name: userName,
    role,
    password: z.exactOptional(password).describe("of all but a display, which gets a link"),
    rights: rights.default(all),
  })
  .refine(allowed, passwordRule)
  .refine(
    (body) => (body.password === undefined) === (body.role === "display"),
    "Everybody has a password but a display, which is let in by a link.",
  )
  .meta({ examples: [{ name: "bob", role: "viewer", password: "a quiet back door", rights: { ...all, live: [1] } }] });
export const userPatch = z
  .strictObject({ role, rights })
  .partial()
  .meta({ examples: [{ rights: { live: [1, 2], playback: [] } }] });
export const userAnswer = z.object({ name: z.string(), role, createdAt: wall, rights });
export const userList = list(userAnswer);
export const userParams = z.object({ name: z.string().min(1).max(64).describe("of the user") });
export const passwordBody = z.strictObject({ password });
export const ownPasswordBody = z.strictObject({ current: z.string().min(1).max(256), password });

export const linkAnswer = z.object({
  token: z.string().describe("shown this once; the page /login?link=… takes it"),
  expiresAt: wall,
});
export const linkBody = z.strictObject({ token: z.string().min(1).max(200) });

export const session = z.object({
  id: z.string(),
  user: z.string(),
  createdAt: wall,
  seenAt: wall.describe("used, give or take a quarter of an hour"),
  expiresAt: z.exactOptional(wall).describe("absent: it does not run out"),
  address: z.string(),
  agent: z.string().describe("what the browser said of itself"),
  own: z.boolean().describe("the one that asks"),
});
export const sessionList = list(session);

export const keyBody = z
  .strictObject({ name, scopes: z.array(scope).min(1).readonly() })
  .meta({ examples: [{ name: "Grafana", scopes: ["metrics"] }] });
export const keyAnswer = z.object({ id: z.string(), name, scopes: list(scope), createdAt: wall });
export const newKeyAnswer = keyAnswer.extend({ key: z.string().describe("shown this once") });
export const keyList = list(keyAnswer);
