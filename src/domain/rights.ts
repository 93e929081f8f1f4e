/**
 * Which channels a person may see, apart from what their role lets them do. Live and recorded pictures are apart: a
 * display in the hall shows the door and has no past.
 */
export type ChannelChoice = "all" | readonly number[];

export interface ChannelRights {
  readonly live: ChannelChoice;
  readonly playback: ChannelChoice;
}

export type Viewing = keyof ChannelRights;

/** Of administrators, keys and whoever was not given less. */
export const allChannels: ChannelRights = { live: "all", playback: "all" };

export const maySee = (rights: ChannelRights, channel: number, viewing: Viewing): boolean => {
  const choice = rights[viewing];
  return choice === "all" || choice.includes(channel);
};

/** Live or recorded: enough to know of the channel, its name and its alarms. */
export const mayKnow = (rights: ChannelRights, channel: number): boolean =>
  maySee(rights, channel, "live") || maySee(rights, channel, "playback");

/** Is there any channel that is kept from them? New channels are, too. */
export const isLimited = (rights: ChannelRights): boolean => rights.live !== "all" || rights.playback !== "all";

export const sameRights = (a: ChannelRights, b: ChannelRights): boolean =>
  sameChoice(a.live, b.live) && sameChoice(a.playback, b.playback);

const sameChoice = (a: ChannelChoice, b: ChannelChoice): boolean =>
  a === b || (a !== "all" && b !== "all" && a.length === b.length && a.every((channel) => b.includes(channel)));

type Role = "administrator" | "operator" | "viewer" | "display";

/** What a role makes of the rights that were given: an administrator sees all, a display has no past. */
export function rightsOfRole(role: Role, given: ChannelRights): ChannelRights {
  if (role === "administrator") return allChannels;
  return role === "display" ? { live: given.live, playback: [] } : given;
}
