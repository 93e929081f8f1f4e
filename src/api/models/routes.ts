import { join } from "node:path";
import { done } from "../../contract/common.ts";
import * as contract from "../../contract/model.ts";
import { shippedModel } from "../../domain/detection/object-model.ts";
import { modelFile, modelStamp, runningModel } from "../../platform/model-files.ts";
import type { App, Login } from "../app-types.ts";
import { ApiFailure, askCore, fail } from "../failure.ts";
import { createTurns } from "../in-turn.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "../site/site-row.ts";
import { rowOf, type InUse } from "./answer.ts";
import { modelShelf, type KnownModel, type ModelShelf } from "./model-shelf.ts";
import { tryRoute } from "./try-route.ts";
import { uploadRoute } from "./upload-route.ts";
import { uploadsIn } from "./uploads.ts";

const tags = ["detection"];
const config = { needs: "configure" } as const;
const changes = {
  needs: "configure",
  errors: ["not-found", "conflict", "invalid", "too-many", "unavailable"],
} as const;
const params = contract.modelParams;
const response = { 200: contract.modelRow };

/** Each opens a model, which takes seconds: so many at most wait for their turn. */
const mostChanges = 4;
const busy = () => new ApiFailure("too-many", "Other models are being looked at. Try again in a few seconds.", 10);
const noSuch = (model: string): never => fail("not-found", `There is no model "${model}".`);

/** Models that find objects: what is known of each, and which one runs. */
export function modelRoutes(app: App, deps: ApiDeps): void {
  const { modelFolder, askModel } = deps;
  const shelf = modelShelf(modelFolder, askModel);
  const mayBegin = async (): Promise<void> => {
    if ((await shelf.ids()).length > contract.mostModels)
      fail("conflict", `There are ${contract.mostModels} models already. Remove one first.`);
  };
  const uploads = uploadsIn({ folder: join(modelFolder, ".uploads"), clock: deps.clock, mayBegin });
  app.addHook("onClose", () => uploads[Symbol.dispose]());
  const inTurn = createTurns(mostChanges, busy);
  const addSent = async (upload: string, model: string, description: contract.ModelDescriptionBody): Promise<void> => {
    await using sent = await uploads.take(upload);
    if (modelStamp(modelFile(modelFolder, model)) !== undefined)
      fail("conflict", `There is a model "${model}" already.`);
    await mayBegin();
    await refused(shelf.add(model, sent, description));
  };
  const inUse = async (): Promise<InUse> => ({
    chosen: runningModel(modelFolder, (await deps.reads.config()).site.model),
    running: deps.core.live()?.state.model,
  });
  const rowFrom = async (model: string, known: Promise<KnownModel | undefined>) =>
    rowOf(model, (await known) ?? noSuch(model), await inUse());
  const audit = (login: Login | undefined, what: string, details: object) =>
    askCore(deps, login, { kind: "audit", what, details });

  app.get(
    "/models",
    {
      config,
      schema: {
        tags,
        summary: "Read which models that find objects there are",
        description: "One that was put into the folder by hand is opened and timed first; that takes some seconds.",
        response: { 200: contract.modelList },
      },
    },
    async () => {
      const use = await inUse();
      const rows = [];
      for (const id of await shelf.ids()) {
        const known = await shelf.known(id);
        if (known !== undefined) rows.push(rowOf(id, known, use));
      }
      return rows;
    },
  );
  app.post(
    "/models",
    {
      config: changes,
      schema: {
        tags,
        summary: "Add a model whose file was uploaded",
        description:
          "It is opened in a process of its own and tried on an empty picture. One that can't be used is refused with the reason, and its upload is removed.",
        body: contract.newModelBody,
        response: { 201: contract.modelRow },
      },
    },
    ({ body: { upload, model, description }, login }, reply) =>
      inTurn(async () => {
        await addSent(upload, model, description);
        const row = await rowFrom(model, shelf.known(model));
        await audit(login, "model-added", {
          model,
          sha256: row.sha256,
          bytes: row.bytes,
          licence: description.licence,
        });
        return reply.status(201).send(row);
      }),
  );
  app.put(
    "/models/:model/description",
    {
      config: changes,
      schema: {
        tags,
        summary: "Describe a model anew: its labels, its licence, how it is read",
        description: "It is opened with it first. One that runs is opened anew within seconds.",
        ...{ params, body: contract.modelDescription, response },
      },
    },
    ({ params: { model }, body, login }) =>
      inTurn(async () => {
        await changeable(shelf, model);
        await refused(shelf.describe(model, body));
        await audit(login, "model-described", { model, description: body });
        return rowFrom(model, shelf.known(model));
      }),
  );
  app.post(
    "/models/:model/use",
    {
      config: changes,
      schema: {
        tags,
        summary: "Let a model find the objects of all cameras",
        description: "It takes over within seconds. One that can't be used is refused (409).",
        ...{ params, response },
      },
    },
    ({ params: { model }, login }) =>
      inTurn(async () => {
        const known = (await shelf.known(model)) ?? noSuch(model);
        if (known.fault !== undefined) fail("conflict", `The model can't be used: ${known.fault}`);
        await changeSite(deps, login, (site) => ({ ...site, model }));
        await audit(login, "model-chosen", { model, sha256: known.sha256 });
        return rowFrom(model, Promise.resolve(known));
      }),
  );
  app.post(
    "/models/:model/measure",
    {
      config: { needs: "configure", errors: ["not-found", "too-many"] },
      schema: { tags, summary: "Open a model again and time it", ...{ params, response } },
    },
    ({ params: { model } }) => inTurn(() => rowFrom(model, shelf.measure(model))),
  );
  app.delete(
    "/models/:model",
    {
      config: changes,
      schema: {
        tags,
        summary: "Remove a model",
        description: "Not the one that runs, and not the one that comes with Reed (409).",
        params,
        response: { 200: done },
      },
    },
    ({ params: { model }, login }) =>
      inTurn(async () => {
        await changeable(shelf, model);
        if ((await inUse()).chosen === model) fail("conflict", "This model is in use. Use another one first.");
        await shelf.remove(model);
        await audit(login, "model-removed", { model });
        return { done: true as const };
      }),
  );
  uploadRoute(app, uploads);
  tryRoute(app, deps, shelf);
}

async function changeable(shelf: ModelShelf, model: string): Promise<void> {
  if (model === shippedModel) fail("conflict", "This model comes with Reed and can't be changed or removed.");
  if (!(await shelf.ids()).includes(model)) noSuch(model);
}

/** Why a model can't be used is the request's own fault. */
async function refused(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiFailure) throw error;
    fail("invalid", `The model can't be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}
