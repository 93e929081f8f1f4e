import * as contract from "../../contract/volume.ts";
import { uuidV7 } from "../../kernel/ids.ts";
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
}
