import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { ErrorCode } from "../contract/errors.ts";
import type { ChannelRights } from "../domain/rights.ts";
import type { Preferences, Role, Scope } from "../messages/api.ts";

/** Fastify with bodies, queries and answers typed by their zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Who is behind a request. */
export interface Login {
  readonly kind: "user" | "key";
  readonly name: string;
  readonly role?: Role;
  readonly scopes: readonly Scope[];
  /** Which channels they may see. Of a key: all. */
  readonly rights: ChannelRights;
  readonly preferences: Preferences;
  /** When the session runs out, wall time. */
  readonly expiresAt?: number;
  /** When the session was seen last, as it is written down; wall time. */
  readonly seenAt?: number;
  /** Of a browser's session. */
  readonly tokenHash?: string;
  /** Of an API key. */
  readonly keyHash?: string;
}

/** `any`: whoever is logged in. `administrator`: a user with that role, never a key. */
export type Needs = Scope | "any" | "administrator" | readonly Scope[];

declare module "fastify" {
  interface FastifyRequest {
    login: Login | undefined;
  }
  interface FastifyContextConfig {
    needs?: Needs;
    /**
     * What the route does for a login that may see some channels only. `none`: it shows nothing of channels. `checked`:
     * it looks at `login.rights` itself. Absent: such a login may not use it.
     */
    channels?: "none" | "checked";
    /** For the documentation: errors besides those that follow from the route's schema (`docs/open-api.ts`). */
    errors?: readonly ErrorCode[];
  }
}
