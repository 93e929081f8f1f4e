import * as contract from "../../contract/model.ts";
import type { App } from "../app-types.ts";
import { fail } from "../failure.ts";
import { createTurns } from "../in-turn.ts";
import type { Uploads } from "./uploads.ts";

/** A model's file comes in parts, so that a slow line needs no request that lasts. */
export function uploadRoute(app: App, uploads: Uploads): void {
  const inTurn = createTurns();
  void app.register((scope: App, _, done) => {
    const parser = { parseAs: "buffer", bodyLimit: contract.mostPartBytes } as const;
    scope.addContentTypeParser("application/octet-stream", parser, (_request, body, ready) => ready(null, body));
    scope.put(
      "/models/uploads/:upload",
      {
        bodyLimit: contract.mostPartBytes,
        config: { needs: "configure", errors: ["conflict", "too-large"] },
        schema: {
          tags: ["detection"],
          summary: "Send the next part of a model's file",
          description: `As application/octet-stream, ${contract.mostPartBytes / 1024 ** 2} MB at most; a file may have ${contract.mostModelBytes / 1024 ** 2} MB. What nobody went on with for 10 min is forgotten.`,
          consumes: ["application/octet-stream"],
          params: contract.uploadParams,
          querystring: contract.uploadQuery,
          response: { 200: contract.uploadAnswer },
        },
      },
      ({ params: { upload }, query: { at }, body }) =>
        inTurn(async () => {
          if (!Buffer.isBuffer(body) || body.length === 0)
            return fail("invalid", "Send the part as application/octet-stream.");
          return { bytes: await uploads.add(upload, at, body) };
        }),
    );
    done();
  });
}
