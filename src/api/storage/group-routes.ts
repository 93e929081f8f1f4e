import * as contract from "../../contract/volume-group.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import { chooseVolume, type VolumeGroup } from "../../domain/volume-groups.ts";
import type { App } from "../app-types.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "../site/site-row.ts";

const tags = ["system"];
const response = { 200: contract.groupsAnswer };

/** Which cameras are recorded to which volumes. */
export function groupRoutes(app: App, deps: ApiDeps): void {
  const answer = async () => {
    const config = await deps.reads.config();
    return { groups: (config.site.volumeGroups ?? []).map((group) => ({ ...group, ...placeOf(deps, config, group) })) };
  };
  app.get(
    "/storage/groups",
    {
      config: { needs: "read" },
      schema: { tags, summary: "List the groups of volumes, and where their cameras are recorded now", response },
    },
    answer,
  );
  app.put(
    "/storage/groups",
    {
      config: { needs: "configure", errors: ["conflict"] },
      schema: {
        tags,
        summary: "Replace the groups of volumes",
        description:
          "A camera of a group is recorded to the first of its volumes that takes footage; a camera in none to the first of all. Where a group has none left, its cameras are recorded elsewhere, unless it is strict. What was recorded stays where it is.",
        body: contract.groupsBody,
        response,
      },
    },
    async (request) => {
      const { groups } = request.body;
      const { volumes } = await deps.reads.config();
      const unknown = groups.flatMap((group) => group.volumes).find((id) => !isRecordedTo(volumes, id));
      if (unknown !== undefined) fail("conflict", `there is no volume ${unknown} that is recorded to`);
      await changeSite(deps, request.login, (site) => ({ ...site, volumeGroups: groups }));
      return answer();
    },
  );
}

const isRecordedTo = (volumes: SiteConfig["volumes"], id: string): boolean =>
  volumes.some((volume) => volume.id === id && volume.archive === undefined);

function placeOf(deps: ApiDeps, { volumes }: SiteConfig, group: VolumeGroup) {
  const states = deps.core.live()?.state.volumes ?? [];
  const recorded = volumes
    .filter((volume) => volume.archive === undefined)
    .map(({ id }) => ({ id, ready: states.some((one) => one.volumeId === id && one.state === "ready") }));
  // a group without cameras is shown as it would be for one
  const chosen = chooseVolume([{ ...group, channels: [0] }], 0, recorded);
  if (chosen.group === undefined) return { place: "unused" as const };
  return { place: chosen.place, ...(chosen.volume === undefined ? {} : { to: chosen.volume.id }) };
}
