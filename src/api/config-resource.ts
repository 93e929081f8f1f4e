import { z } from "zod";
import { hidden, textParams, numberParams } from "../contract/common.ts";
import { isLimited, viewOf, type View } from "../domain/rights.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { ConfigChange, ConfigPart, LiveState } from "../messages/api.ts";
import { mapSecrets, unsealSite } from "../store/secrets.ts";
import type { App, Login, Needs } from "./app-types.ts";
import { askCore, fail } from "./failure.ts";
import { createTurns, type InTurn } from "./in-turn.ts";
import type { ApiDeps } from "./ports.ts";

type Part = Exclude<ConfigPart, "site">;
type AnyRow = Exclude<ConfigChange, { part: "site" }>["value"];
type Id = number | string;

/** How one part of the configuration is spoken about over HTTP. */
export interface ConfigResource<Row extends AnyRow, Body> {
  readonly part: Part;
  /** Its collection's address below `/api`. */
  readonly path: string;
  readonly one: string;
  /** Its chapter of the documentation. */
  readonly tag: string;
  /** What is to know about a new one. */
  readonly createNote?: string;
  readonly body: z.ZodType<Body>;
  readonly patch: z.ZodType<Record<string, unknown>>;
  readonly answer: z.ZodType;
  readonly answers: z.ZodType;
  rows(config: SiteConfig): readonly Row[];
  idOf(row: Row): Id;
  /** The id of a new row. */
  newId(taken: readonly Id[]): Id;
  /** Ids without a row that something still goes by, e.g. footage of a removed camera: they are not given again. */
  usedIds?(): Promise<readonly Id[]>;
  /** Hosts that the row's secrets are sent to. */
  secretHosts?(row: Row): readonly string[];
  row(body: Body, id: Id): Row;
  bodyOf(row: Row): Record<string, unknown>;
  /** The body that a patch lies on, where it takes something back; else `bodyOf`. */
  under?(row: Row, patch: object): object;
  change(row: Row): ConfigChange;
  /** The row as it is answered; its secrets are hidden already. */
  answerOf(row: Row): Record<string, unknown>;
  /** Its state, where core knows one, as far as a login that sees some channels only may know of it. */
  live?(state: LiveState, id: Id, view: View | undefined): unknown;
  /** Who may read it, where `read` is too little (its addresses are secrets themselves) or too much. */
  readonly readNeeds?: Needs;
  /**
   * For logins that may see some channels only: the row as this one may see it, undefined for none of it. Absent: such
   * a login may not read this part at all.
   */
  seenBy?(row: Row, login: Login): Row | undefined;
  /** Shown once in the answer of the request that made the row. */
  once?(row: Row, body: Body): Record<string, unknown>;
}

/** Parts whose rows have passwords, keys or tokens. */
const withSecrets = new Set<Part>(["channel", "board", "notifier", "volume"]);

/** Host of an address of any scheme, without its port; the address itself where it has none. */
export const hostOf = (url: string): string =>
  /^[a-z0-9+.-]+:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(url)?.[1]?.toLowerCase() ?? url;

export const nextNumber = (taken: readonly Id[]): number => 1 + Math.max(0, ...taken.map(Number));

/**
 * The routes of one part: list, create, read, replace, change, remove. The casts to `Body` say what the schema of the
 * route has checked; the types of a generic schema do not reach that far.
 *
 * @returns the turns that its rows are changed in, for other routes that read rows and put them
 */
export function addConfigRoutes<Row extends AnyRow, Body>(
  app: App,
  deps: ApiDeps,
  resource: ConfigResource<Row, Body>,
): InTurn {
  const desk = rowDesk(deps, resource);
  const words = wordsFor(resource);
  const params: z.ZodType<{ id: Id }> = resource.part === "volume" ? textParams : numberParams;
  const collection = `/${resource.path}`;
  const single = `${collection}/:id`;
  const channels = resource.seenBy === undefined ? {} : { channels: "checked" as const };
  const read = { needs: resource.readNeeds ?? "read", ...channels };
  const configure = { needs: "configure" } as const;
  const answer = { 200: resource.answer };

  app.get(collection, { config: read, schema: { ...words.list, response: { 200: resource.answers } } }, (request) =>
    desk.list(request.login),
  );
  app.post(
    collection,
    { config: configure, schema: { ...words.create, body: resource.body, response: { 201: resource.answer } } },
    async (request, reply) => reply.status(201).send(await desk.create(request.body as Body, request.login)),
  );
  app.get(single, { config: read, schema: { ...words.read, params, response: answer } }, (request) =>
    desk.get(request.params.id, request.login),
  );
  app.put(
    single,
    { config: configure, schema: { ...words.replace, params, body: resource.body, response: answer } },
    ({ params: { id }, body, login }) => desk.replace(id, () => body as Body, { body, login }),
  );
  app.patch(
    single,
    { config: configure, schema: { ...words.change, params, body: resource.patch, response: answer } },
    ({ params: { id }, body, login }) =>
      desk.replace(
        id,
        (row) =>
          resource.body.parse(withoutNulls({ ...(resource.under?.(row, body) ?? resource.bodyOf(row)), ...body })),
        {
          body,
          login,
        },
      ),
  );
  app.delete(
    single,
    { config: configure, schema: { ...words.remove, params, response: { 204: z.null() } } },
    async (request, reply) => {
      await desk.remove(request.params.id, request.login);
      return reply.status(204).send(null);
    },
  );
  return desk.inTurn;
}

/** A member that is sent as `null` is taken away. */
const withoutNulls = (body: object): object =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));

type Spoken = Pick<ConfigResource<never, never>, "part" | "one" | "path" | "tag" | "createNote">;

/** What the documentation says of the routes of a part. */
function wordsFor({ part, one, path, tag, createNote }: Spoken) {
  const tags = [tag];
  const a = /^[aeiou]/.test(one) ? `an ${one}` : `a ${one}`;
  const secrets = withSecrets.has(part) ? ` A secret that is sent back as "${hidden}" stays as it is.` : "";
  return {
    list: { tags, summary: `List all ${path}` },
    create: { tags, summary: `Add ${a}`, ...(createNote === undefined ? {} : { description: createNote }) },
    read: { tags, summary: `Read ${a}` },
    replace: {
      tags,
      summary: `Replace the settings of ${a}`,
      description: `What is not sent gets its default.${secrets}`,
    },
    change: { tags, summary: `Change some settings of ${a}`, description: `What is not sent stays.${secrets}` },
    remove: { tags, summary: `Remove ${a}` },
  };
}

type Who = Login | undefined;

/** Reads rows and asks core to write them. Changes go one after the other, so that two new rows never share a number. */
function rowDesk<Row extends AnyRow, Body>(deps: ApiDeps, resource: ConfigResource<Row, Body>) {
  const inTurn = createTurns();
  /** Given out by this process; a number is not given twice even while the database is behind. */
  const given = new Set<Id>();
  const rows = async () => resource.rows(unsealSite(deps.sealer, await deps.reads.config()));
  const find = async (id: Id) =>
    (await rows()).find((row) => resource.idOf(row) === id) ?? fail("not-found", `There is no ${resource.one} ${id}.`);
  const viewFor = async (login: Who): Promise<View | undefined> =>
    login !== undefined && isLimited(login.rights) ? viewOf(login.rights, await deps.reads.config()) : undefined;
  const shown = (row: Row, more: Record<string, unknown> = {}, view?: View) => {
    const id = resource.idOf(row);
    const state = deps.core.live()?.state;
    const live = state === undefined ? undefined : resource.live?.(state, id, view);
    const safe = mapSecrets(resource.change(row), () => hidden).value as Row;
    return { ...resource.answerOf(safe), ...more, ...(live === undefined ? {} : { live }) };
  };
  const seen = (row: Row, login: Who): Row | undefined =>
    login === undefined || resource.seenBy === undefined ? row : resource.seenBy(row, login);
  const put = (row: Row, login: Who) => askCore(deps, login, { kind: "put", change: resource.change(row) });
  return {
    inTurn,
    list: async (login: Who) => {
      const view = await viewFor(login);
      return (await rows()).flatMap((row) => seen(row, login) ?? []).map((row) => shown(row, {}, view));
    },
    get: async (id: Id, login: Who) => {
      const row = seen(await find(id), login) ?? fail("forbidden", `This login may not see ${resource.one} ${id}.`);
      return shown(row, {}, await viewFor(login));
    },
    create: (body: Body, login: Who) =>
      inTurn(async () => {
        const used = (await resource.usedIds?.()) ?? [];
        // receipts, rights and lists of other rows may still name what had a number: it is not given again
        const highest = await deps.reads.highestNumber(resource.part);
        const taken = [...(await rows()).map((row) => resource.idOf(row)), ...given, ...used, highest];
        const row = withSecretsOf(resource, resource.row(body, resource.newId(taken)), undefined);
        await put(row, login);
        given.add(resource.idOf(row));
        return shown(row, resource.once?.(row, body));
      }),
    replace: (id: Id, bodyFor: (row: Row) => Body, sent: { readonly body: unknown; readonly login: Who }) =>
      inTurn(async () => {
        const old = await find(id);
        const body = bodyFor(old);
        const row = withSecretsOf(resource, resource.row(body, id), old);
        guardMoved(resource, old, row, sent.body);
        await put(row, sent.login);
        return shown(row, resource.once?.(row, body));
      }),
    remove: (id: Id, login: Who) =>
      inTurn(async () => {
        await askCore(deps, login, { kind: "remove", part: resource.part, id });
      }),
  };
}

/**
 * A secret that nobody sees must not be sent to a host that it was not for: who moves a row there types it again, so
 * that no page or key can have a camera's password delivered to itself.
 */
function guardMoved<Row extends AnyRow>(
  resource: Pick<ConfigResource<Row, never>, "change" | "secretHosts">,
  old: Row,
  row: Row,
  sent: unknown,
): void {
  if (resource.secretHosts === undefined) return;
  const before = resource.secretHosts(old);
  const elsewhere = resource.secretHosts(row).find((host) => !before.includes(host));
  if (elsewhere === undefined) return;
  const typed = JSON.stringify(sent);
  mapSecrets(resource.change(row), (secret) =>
    secret === "" || typed.includes(JSON.stringify(secret).slice(1, -1))
      ? secret
      : fail("invalid", `The address leads to another host (${elsewhere}). Send the password for it too.`),
  );
}

/** Puts the secrets of the old row where a page sent back the stars that it was shown. */
export function withSecretsOf<Row extends AnyRow>(
  resource: { change(row: Row): ConfigChange },
  row: Row,
  old: Row | undefined,
): Row {
  const known = new Map<string, string>();
  if (old !== undefined) mapSecrets(resource.change(old), (secret, where) => (known.set(where, secret), secret));
  return mapSecrets(resource.change(row), (secret, where) =>
    secret === hidden
      ? (known.get(where) ??
        fail("invalid", `"${hidden}" keeps a secret, but there is none yet; send the secret itself.`))
      : secret,
  ).value as Row;
}
