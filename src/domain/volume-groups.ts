/**
 * Which volume a channel is recorded to. A group is a list of volumes in their order and the channels that go there;
 * channels in none go to the first volume of all that takes footage.
 *
 *     the first of the group's volumes that takes footage      own
 *     none of them does                                        elsewhere: the first of all others that does
 *     … and the group is strict                                none: nothing is recorded, pictures wait in memory
 *
 * A group none of whose volumes is set up any more (removed, or restored on another machine) counts as no group.
 */
export interface VolumeGroup {
  readonly name: string;
  /** Ids, in the order in which they are tried. */
  readonly volumes: readonly string[];
  readonly channels: readonly number[];
  /** Its channels are recorded nowhere else, also when none of its volumes takes footage. Absent: they are. */
  readonly strict?: boolean;
}

export interface GroupVolume {
  readonly id: string;
  /** Takes new footage now. */
  readonly ready: boolean;
}

export interface VolumeChoice<V> {
  readonly volume?: V;
  readonly place: "own" | "elsewhere" | "none";
  /** Of the channel; absent: the one that holds all volumes. */
  readonly group?: VolumeGroup;
  /** Those that the channel is meant for, in their order. */
  readonly meant: readonly V[];
}

/** `volumes`: those that are recorded to, in the order of the configuration. */
export function chooseVolume<V extends GroupVolume>(
  groups: readonly VolumeGroup[],
  channel: number,
  volumes: readonly V[],
): VolumeChoice<V> {
  const asked = groups.find((one) => one.channels.includes(channel));
  const members = (asked?.volumes ?? []).flatMap((id) => volumes.find((one) => one.id === id) ?? []);
  const group = members.length === 0 ? undefined : asked;
  const meant = group === undefined ? volumes : members;
  const known = { meant, ...(group === undefined ? {} : { group }) };
  const own = meant.find((one) => one.ready);
  if (own !== undefined) return { volume: own, place: "own", ...known };
  const other = group === undefined || group.strict === true ? undefined : volumes.find((one) => one.ready);
  return other === undefined ? { place: "none", ...known } : { volume: other, place: "elsewhere", ...known };
}

/** Why these groups can't be meant; undefined: they can. */
export function groupTrouble(groups: readonly VolumeGroup[]): string | undefined {
  const twice = (all: readonly unknown[]): boolean => new Set(all).size < all.length;
  if (groups.some(({ name }) => name.trim() === "")) return "has a group without a name";
  if (twice(groups.map(({ name }) => name))) return "names two groups alike";
  if (groups.some(({ volumes }) => volumes.length === 0 || twice(volumes))) return "has a group without a volume";
  return twice(groups.flatMap(({ channels }) => channels)) ? "has a camera in two groups" : undefined;
}
