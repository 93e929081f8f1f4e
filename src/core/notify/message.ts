/** What is told, whatever the way out. No sockets, no clock. */
import type { Severity } from "../../domain/linkage-settings.ts";
import { severityOf, type Receipt } from "../../domain/receipt.ts";
import { languages, type Language, type SiteConfig } from "../../domain/site-config.ts";
import type { WallTime } from "../../kernel/time.ts";
import { wordsOf, type Words } from "./words.ts";

export interface Picture {
  /** Of the file, e.g. `front-door-1.jpg`. */
  readonly name: string;
  readonly jpeg: Uint8Array;
  /** Which picture of the event it is, where it is kept with it: then a page can ask for it. */
  readonly kept?: { readonly channel: number; readonly nth: number };
  /** Whose best picture it is, of the camera's objects. */
  readonly seen?: { readonly channel: number; readonly object: string };
}

export interface ToldTrouble {
  readonly key: string;
  readonly what: string;
}

export type Urgency = "low" | "normal" | "high" | "highest";

/** What a person reads. */
export interface Said {
  readonly title: string;
  readonly text: string;
}

/** `title` and `text` are in the site's language. */
export interface Message extends Said {
  /** The same in every language, for those who chose their own. */
  readonly inLanguages?: Readonly<Record<Language, Said>>;
  readonly urgency: Urgency;
  readonly receipt: Receipt | undefined;
  /** The troubles that it is about: who may not know of a camera is not told of its. */
  readonly troubles?: readonly ToldTrouble[];
  /** The one of every Monday: it goes out also where `troubles` has none. */
  readonly weekly?: true;
  readonly pictures: readonly Picture[];
  /** Of a walk test: programs that get it shall do nothing. */
  readonly test?: true;
  /** Of a probe: a phone that gets it shows nobody anything. */
  readonly quiet?: true;
}

export type InLanguages = Said & Required<Pick<Message, "inLanguages">>;

/** In the site's language, and in each. */
export function inLanguages<C extends Pick<SiteConfig, "site">>(config: C, say: (config: C) => Said): InLanguages {
  const said = languages.map((language) => [language, say({ ...config, site: { ...config.site, language } })] as const);
  return { ...say(config), inLanguages: Object.fromEntries(said) as Record<Language, Said> };
}

/** Seconds count at an alarm; the site's own zone, with its name, and its language. */
export function siteTime(wall: WallTime, config: Pick<SiteConfig, "site">): string {
  const { timeZone } = config.site;
  const form = { timeZone, dateStyle: "medium", timeStyle: "long" } as const;
  return new Intl.DateTimeFormat(wordsOf(config).locale, form).format(wall);
}

const what = ({ edge }: Receipt, words: Words): string =>
  edge.loop === undefined ? words.edge[edge.kind] : `${words.loop[edge.loop]} (${words.tamper})`;

const urgencies: Record<Severity, Urgency> = { info: "low", warning: "high", critical: "highest" };

/** "Front door: raised", and what was started; the final outcomes are in the receipt, later. */
export function messageFor(receipt: Receipt, config: SiteConfig, pictures: readonly Picture[]): Message {
  return {
    ...inLanguages(config, (its) => saidOfReceipt(receipt, its)),
    urgency: urgencies[severityOf(receipt)],
    ...{ receipt, pictures },
  };
}

function saidOfReceipt(receipt: Receipt, config: SiteConfig): Said {
  const channels = receipt.actions.flatMap((action) =>
    action.target.kind === "record" ? [action.target.channel] : [],
  );
  const words = wordsOf(config);
  const names = channels.map((channel) => channelName(config, channel));
  const recording = names.length === 0 ? words.noCamera : words.recording(names.join(", "));
  const weight = severityOf(receipt) === "critical" ? `${words.critical}: ` : "";
  return {
    title: `${config.site.name}: ${weight}${words.name(receipt.edge.inputName)} ${what(receipt, words)}`,
    text: `${siteTime(receipt.edge.at.wall, config)} · ${recording}${seenBy(receipt, words)}`,
  };
}

/** Who else saw it, where that made it graver. */
const seenBy = ({ graver }: Receipt, words: Words): string =>
  graver === undefined ? "" : ` · ${words.graver(words.name(graver.name), Math.round(graver.afterMs / 1000))}`;

export const channelName = (config: SiteConfig, channel: number): string =>
  config.channels.find((one) => one.channel === channel)?.name ?? wordsOf(config).channel(channel);

/** A file's name that every mail program takes: letters and digits of the camera's name, and which picture it is. */
export const pictureName = (camera: string, nth: number): string =>
  `${
    camera
      .normalize("NFKD")
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .toLowerCase() || "camera"
  }-${nth}.jpg`;

/** What began just now, a line each. */
export function troubleMessage(config: SiteConfig, troubles: readonly ToldTrouble[], wall: WallTime): Message {
  const worded = inLanguages(config, (its) => saidOfTroubles(its, troubles, wall));
  return { ...worded, urgency: "high", receipt: undefined, pictures: [], troubles };
}

function saidOfTroubles(config: SiteConfig, troubles: readonly ToldTrouble[], wall: WallTime): Said {
  const words = wordsOf(config);
  const [first] = troubles;
  const head = troubles.length === 1 && first !== undefined ? words.said(first.what) : words.troubles(troubles.length);
  const lines = [
    siteTime(wall, config),
    ...(troubles.length === 1 ? [] : troubles.map(({ what }) => words.said(what))),
    ...(troubles.some(({ key }) => key.startsWith("open:")) ? [words.closeIt] : []),
  ];
  return { title: `${config.site.name}: ${head}`, text: lines.join("\n") };
}

/** Every Monday: all is well, or what is not. `unacknowledged`: alarms; left out for who may not see all of them. */
export function weeklyMessage(
  config: SiteConfig,
  troubles: readonly ToldTrouble[],
  wall: WallTime,
  unacknowledged?: number,
): Message {
  const worded = inLanguages(config, (its) => {
    const words = wordsOf(its);
    const well = troubles.length === 0 ? words.weekly.well : words.troubles(troubles.length);
    const alarms = unacknowledged === undefined ? "" : ` · ${words.unacknowledged(unacknowledged)}`;
    const lines = [
      `${siteTime(wall, its)}${alarms}`,
      ...troubles.map(({ what }) => words.said(what)),
      words.weekly.look,
    ];
    return { title: `${its.site.name}: ${well}`, text: lines.join("\n") };
  });
  return { ...worded, urgency: "low", receipt: undefined, pictures: [], troubles, weekly: true };
}
