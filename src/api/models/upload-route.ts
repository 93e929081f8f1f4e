import { done } from "../../contract/common.ts";
import * as contract from "../../contract/model.ts";
import type { App } from "../app-types.ts";
import { fail } from "../failure.ts";
import type { Uploads } from "./uploads.ts";

/** A model's file comes in parts, so that a slow line needs no request that lasts. */
export function uploadRoute(app: App, uploads: Uploads): void {
  void app.register((scope: App, _, ready) => {
    const parser = { parseAs: "buffer", bodyLimit: contract.mostPartBytes } as const;
    scope.addContentTypeParser("application/octet-stream", parser, (_request, body, parsed) => parsed(null, body));
    scope.put(
      "/models/uploads/:upload",
      {
        bodyLimit: contract.mostPartBytes,
        config: { needs: "configure", errors: ["conflict", "too-large", "too-many"] },
        schema: {
          tags: ["detection"],
          summary: "Send the next part of a model's file",
          description: `As application/octet-stream, ${contract.mostPartBytes / 1024 ** 2} MB at most; a file may have ${contract.mostModelBytes / 1024 ** 2} MB. The disk has to have room for all of it, and what nobody went on with for 10 min is removed.`,
          consumes: ["application/octet-stream"],
          params: contract.uploadParams,
          querystring: contract.uploadQuery,
          response: { 200: contract.uploadAnswer },
        },
      },
      async ({ params: { upload }, query: { at, size }, body }) => {
        if (!Buffer.isBuffer(body) || body.length === 0)
          return fail("invalid", "Send the part as application/octet-stream.");
        const part = { at, bytes: body, ...(size === undefined ? {} : { size }) };
        return { bytes: await uploads.add(upload, part) };
      },
    );
    ready();
  });
  app.delete(
    "/models/uploads/:upload",
    {
      config: { needs: "configure" },
      schema: {
        tags: ["detection"],
        summary: "End the sending of a model's file",
        description:
          "What was sent is removed; one that is being opened meanwhile is not added. The same for one that nobody began.",
        params: contract.uploadParams,
        response: { 200: done },
      },
    },
    async ({ params: { upload } }) => {
      await uploads.end(upload);
      return { done: true as const };
    },
  );
}
