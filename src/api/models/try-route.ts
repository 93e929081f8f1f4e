import * as contract from "../../contract/model.ts";
import { modelFile } from "../../platform/model-files.ts";
import type { App } from "../app-types.ts";
import { ApiFailure, fail } from "../failure.ts";
import { createTurns } from "../in-turn.ts";
import type { ApiDeps } from "../ports.ts";
import { trialOf } from "./answer.ts";
import type { ModelShelf } from "./model-shelf.ts";

/** Pictures that wait, each in memory. */
const mostTrials = 3;
const busy = () =>
  new ApiFailure("too-many", "Other pictures are being tried already. Try again in a few seconds.", 10);

/** A picture may be sent to see what a model finds in it. */
export function tryRoute(app: App, { modelFolder, askModel }: ApiDeps, shelf: ModelShelf): void {
  const inTurn = createTurns(mostTrials, busy);
  void app.register((scope: App, _, done) => {
    const parser = { parseAs: "buffer", bodyLimit: contract.mostPartBytes } as const;
    scope.addContentTypeParser(["image/jpeg", "image/png"], parser, (_request, body, ready) => ready(null, body));
    scope.post(
      "/models/:model/try",
      {
        bodyLimit: contract.mostPartBytes,
        config: { needs: "configure", errors: ["not-found", "too-large", "too-many"] },
        schema: {
          tags: ["detection"],
          summary: "Try a model on a picture",
          description: `The body is a JPEG or PNG of ${contract.mostPartBytes / 1024 ** 2} MB at most, taken as it is stored. The model looks at the whole picture, in a process of its own; the detection of cameras goes on.`,
          consumes: ["image/jpeg", "image/png"],
          params: contract.modelParams,
          response: { 200: contract.trialAnswer },
        },
      },
      async ({ params: { model }, body }) => {
        if (!Buffer.isBuffer(body)) return fail("invalid", "Send a picture as image/jpeg or image/png.");
        const known = (await shelf.known(model)) ?? fail("not-found", `There is no model "${model}".`);
        if (known.fault !== undefined) return fail("invalid", `The model can't be used: ${known.fault}`);
        return inTurn(async () => trialOf(await tried(model, body)));
      },
    );
    done();
  });

  const tried = async (model: string, picture: Uint8Array) => {
    const file = modelFile(modelFolder, model);
    const description = await shelf.descriptionText(model);
    const asked = { kind: "try", file, picture, ...(description === undefined ? {} : { description }) } as const;
    const said = await askModel(asked).catch((error: unknown) =>
      fail("invalid", `The picture could not be tried: ${error instanceof Error ? error.message : String(error)}`),
    );
    return said.kind === "tried" ? said.trial : fail("internal");
  };
}
