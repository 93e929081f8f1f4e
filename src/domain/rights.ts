import type { Receipt } from "./receipt.ts";

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

/** The receipt without the channels that are kept from them; undefined when it is about none that they may see. */
export function seenReceipt(rights: ChannelRights, receipt: Receipt): Receipt | undefined {
  const actions = receipt.actions.filter(({ target }) => !("channel" in target) || mayKnow(rights, target.channel));
  if (!actions.some(({ target }) => target.kind === "record")) return undefined;
  return { ...receipt, edge: seenEdge(rights, receipt.edge), actions };
}

/** Its name and title without those of cameras that may not be known: the source "camera offline" names them all. */
export function seenEdge(rights: ChannelRights, edge: Receipt["edge"]): Receipt["edge"] {
  const { trigger } = edge;
  if (trigger?.away === undefined || trigger.away.every((channel) => mayKnow(rights, channel))) return edge;
  const { title, ...rest } = trigger;
  const away = trigger.away.filter((channel) => mayKnow(rights, channel));
  return { ...edge, inputName: withoutTitle(edge.inputName, title), trigger: { ...rest, away } };
}

const withoutTitle = (name: string, title: string | undefined): string =>
  title !== undefined && name.endsWith(`: ${title}`) ? name.slice(0, -title.length - 2) : name;

/** Troubles of a channel name it in their key, like `channel:3` or `gop:3`; those of a board its board. */
export function seesTrouble(rights: ChannelRights, { key }: { readonly key: string }): boolean {
  const [, of, number] = /^([a-z]+):(\d+)/.exec(key) ?? [];
  if (!isLimited(rights)) return true;
  if (of === "board") return false;
  return of === undefined || !ofChannel.has(of) || mayKnow(rights, Number(number));
}

const ofChannel = new Set(["channel", "gop", "ptz"]);
