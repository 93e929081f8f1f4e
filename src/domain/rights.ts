import type { Receipt } from "./receipt.ts";
import type { SiteConfig } from "./site-config.ts";

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
  return { ...receipt, edge: seenEdge(rights, receipt.edge), actions, ...seenGraver(rights, receipt) };
}

/** That it became graver is theirs to know; what else saw it is where its input records a camera that they may know. */
function seenGraver(rights: ChannelRights, { edge, graver }: Receipt): Pick<Receipt, "graver"> {
  if (graver === undefined || !isLimited(rights)) return {};
  const { channels = [], ...rest } = graver;
  const known = channels.filter((channel) => mayKnow(rights, channel));
  if (known.length > 0) return { graver: { ...rest, channels: known } };
  if (graver.input === edge.input) return { graver: rest };
  return { graver: { ...rest, input: 0, name: "…", eventId: "" } };
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

/** What a person may see, with the inputs that follow from it. */
export interface View {
  readonly rights: ChannelRights;
  /** Inputs that record a channel which may be seen. */
  readonly inputs: ReadonlySet<number>;
}

export const viewOf = (rights: ChannelRights, config: Pick<SiteConfig, "inputs">): View => ({
  rights,
  inputs: new Set(
    config.inputs.filter((row) => showsInput(rights, row.linkage.recordChannels)).map((row) => row.input),
  ),
});

export const showsInput = (rights: ChannelRights, recordChannels: readonly number[]): boolean =>
  recordChannels.some((channel) => mayKnow(rights, channel));

/** Troubles name what they are about in their key, like `channel:3`, `input:3:chatter` or `board:1`. */
export function seesTrouble({ rights, inputs }: View, { key }: { readonly key: string }): boolean {
  if (!isLimited(rights)) return true;
  const [, about = "", number] = /^([a-z-]+):(\d+)/.exec(key) ?? [];
  if (ofNobodys.has(about)) return false;
  if (ofInput.has(about)) return inputs.has(Number(number));
  return !ofChannel.has(about) || mayKnow(rights, Number(number));
}

const ofChannel = new Set(["channel", "gop", "ptz", "detection", "own-detection"]);
const ofInput = new Set(["input", "loop", "silent", "unseen", "battery", "open", "swinger", "check"]);
/** Boards and UPSs are named with what hangs on them; a recorder's sentence counts up its channels. */
const ofNobodys = new Set(["board", "power", "ups", "ups-low", "recorder"]);
