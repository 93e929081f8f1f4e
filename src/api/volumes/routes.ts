import * as contract from "../../contract/volume.ts";
import { uuidV7 } from "../../kernel/ids.ts";
import { hidden } from "../../contract/common.ts";
import { unsealVolume } from "../../store/secrets.ts";
import { askCore, fail } from "../failure.ts";
import { testBucket } from "./test-bucket.ts";
import type { App } from "../app-types.ts";
import { addConfigRoutes, hostOf } from "../config-resource.ts";
import type { ApiDeps } from "../ports.ts";

/** Folders that footage is recorded to. */
export function volumeRoutes(app: App, deps: ApiDeps): void {
  addConfigRoutes(app, deps, {
    part: "volume",
    path: "volumes",
    one: "volume",
    tag: "system",
    body: contract.volumeBody,
    patch: contract.volumePatch,
    answer: contract.volumeAnswer,
    answers: contract.volumeList,
    rows: (config) => config.volumes,
    idOf: (row) => row.id,
    secretHosts: ({ archive }) => (archive?.bucket === undefined ? [] : [hostOf(archive.bucket.endpoint)]),
    newId: () => uuidV7(deps.clock.wall(), deps.random(10)),
    row: (body, id) => contract.volumeRow(body, String(id)),
    bodyOf: contract.volumeBodyOf,
    change: (value) => ({ part: "volume", value }),
    answerOf: (row) => ({ ...row }),
    live: (state, id) => state.volumes.find((volume) => volume.volumeId === id),
  });
  app.post(
    "/volumes/bucket-test",
    {
      config: { needs: "configure" },
      schema: {
        tags: ["system"],
        summary: "Try whether an archive could lie in a bucket",
        description: `A small object is written, read, listed and deleted. A secret key that is sent as "${hidden}" is the one of \`volume\`.`,
        body: contract.bucketTestBody,
        response: { 200: contract.bucketTestAnswer },
      },
    },
    async (request) => {
      const bucket = await withKey(deps, request.body);
      const { endpoint, bucket: name, prefix, accessKeyId } = bucket;
      const details = { endpoint, bucket: name, prefix, accessKeyId };
      await askCore(deps, request.login, { kind: "audit", what: "bucket-test", details }).catch(() =>
        request.log.warn({ ...details, by: request.login?.name }, "bucket tested while core is away"),
      );
      return testBucket(deps, bucket);
    },
  );
}

/** The key that is known goes to the host that it is for, and to no other. */
async function withKey(deps: ApiDeps, { volume, bucket }: contract.BucketTestBody): Promise<contract.BucketBody> {
  if (bucket.secretKey !== hidden) return bucket;
  const row = (await deps.reads.volumes()).find(({ id }) => id === volume);
  const known = row && unsealVolume(deps.sealer, row).archive?.bucket;
  if (known === undefined)
    fail("invalid", `"${hidden}" keeps a secret, but there is none yet; send the secret itself.`);
  const host = hostOf(bucket.endpoint);
  if (hostOf(known.endpoint) !== host)
    fail("invalid", `The address leads to another host (${host}). Send the password for it too.`);
  return { ...bucket, secretKey: known.secretKey };
}
