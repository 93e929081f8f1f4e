import * as contract from "../../contract/arming.ts";
import { done, numberParams } from "../../contract/common.ts";
import { disarmedMode, type CodeSettings } from "../../domain/arming.ts";
import type { App } from "../app-types.ts";
import { createDoorman } from "../auth/doorman.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite, readSite } from "../site/site-row.ts";
import { armBy } from "./limited.ts";
import { wantedArming } from "./wanted.ts";

/** As many are tried one after the other for a code that is typed. */
const mostCodes = 30;

const tags = ["alarms"];
const shown = ({ code, name }: CodeSettings) => ({ code, name });

/** Codes to arm and disarm by: each a person's, kept as a hash. */
export function codeRoutes(app: App, deps: ApiDeps): void {
  const codes = async () => (await readSite(deps)).codes ?? [];
  const ownerIn = async (known: readonly CodeSettings[], pin: string) => {
    for (const one of known) if (await deps.passwords.verify(one.pinHash, pin)) return one;
    return undefined;
  };
  const ownerOf = async (pin: string) => ownerIn(await codes(), pin);
  app.get(
    "/arming/codes",
    {
      config: { needs: "configure" },
      schema: { tags, summary: "List whose codes there are", response: { 200: contract.codeList } },
    },
    async () => (await codes()).map(shown),
  );
  app.post(
    "/arming/codes",
    {
      config: { needs: "configure", errors: ["conflict", "too-many"] },
      schema: {
        tags,
        summary: "Add a person's code",
        description: "Kept as an argon2id hash; nobody can read it again. Two people can't have the same.",
        body: contract.codeBody,
        response: { 201: contract.codeAnswer },
      },
    },
    async (request, reply) => {
      const { name, pin } = request.body;
      const pinHash = await deps.passwords.hash(pin);
      const { codes: [...all] = [] } = await changeSite(deps, request.login, async (site) => {
        const before = site.codes ?? [];
        if (before.length >= mostCodes) fail("conflict", `There are ${mostCodes} codes already; remove one first.`);
        if ((await ownerIn(before, pin)) !== undefined) fail("conflict", "Choose another code.");
        const code = 1 + Math.max(0, ...before.map((one) => one.code));
        return { ...site, codes: [...before, { code, name, pinHash }] };
      });
      return reply.status(201).send(shown(all.at(-1) ?? fail("internal")));
    },
  );
  app.delete(
    "/arming/codes/:id",
    {
      config: { needs: "configure" },
      schema: { tags, summary: "Remove a code", params: numberParams, response: { 200: done } },
    },
    async (request) => {
      await changeSite(deps, request.login, (site) => {
        const left = (site.codes ?? []).filter(({ code }) => code !== request.params.id);
        if (left.length === site.codes?.length || site.codes === undefined)
          fail("not-found", `There is no code ${request.params.id}.`);
        return { ...site, codes: left };
      });
      return { done: true as const };
    },
  );
  byCode(app, deps, ownerOf);
}

/** Arming by a code, from any login, also a display's. */
function byCode(app: App, deps: ApiDeps, ownerOf: (pin: string) => Promise<CodeSettings | undefined>): void {
  const doorman = createDoorman(deps);
  app.post(
    "/arming/by-code",
    {
      config: { needs: ["live", "arm"], channels: "none", errors: ["not-found", "conflict", "forbidden", "too-many"] },
      schema: {
        tags,
        summary: "Arm or disarm by a code",
        description:
          "From any login, also a display's. The audit log says whose code it was. Wrong codes are slowed down as wrong passwords are.",
        body: contract.byCodeBody,
        response: { 200: contract.armed },
      },
    },
    async (request) => {
      const { pin, ...wanted } = request.body;
      const where = `codes of ${request.login?.name ?? ""}`;
      doorman.enter(request.ip, where);
      const owner = await ownerOf(pin);
      if (owner === undefined) {
        const details = { address: request.ip };
        await askCore(deps, request.login, { kind: "audit", what: "code-refused", details });
        return fail("forbidden", "This code is not known.");
      }
      doorman.welcome(request.ip, where);
      const command = await armBy(deps, request.login, wantedArming(wanted));
      await askCore(deps, { kind: "code", name: owner.name }, command);
      return { armed: wanted.mode !== disarmedMode };
    },
  );
}
