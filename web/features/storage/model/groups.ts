import { groupTrouble } from "../../../../src/domain/volume-groups.ts";
import type { VolumeGroup } from "../api/storage.ts";

/** Why the groups can't be applied, as a key of the page's words. */
export function groupsProblem(groups: readonly VolumeGroup[]): "name" | "alike" | "volume" | "camera" | undefined {
  const trouble = groupTrouble(groups);
  if (trouble === undefined) return undefined;
  if (trouble.includes("without a name")) return "name";
  if (trouble.includes("alike")) return "alike";
  return trouble.includes("volume") ? "volume" : "camera";
}

/** Switched off says nothing. */
export function withStrict({ name, volumes, channels }: VolumeGroup, strict: boolean): VolumeGroup {
  return { name, volumes, channels, ...(strict ? { strict } : {}) };
}

/** Only what is put: an answer also says where the cameras are recorded now. */
export const asPut = (group: VolumeGroup): VolumeGroup => withStrict(group, group.strict === true);
