/** What is told, whatever the way out. No sockets, no clock. */
import { usualSeverity, type Severity } from "../../domain/linkage-settings.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import { loopWords } from "../../domain/supervised-loop.ts";
import type { WallTime } from "../../kernel/time.ts";

export interface Picture {
  /** Of the file, e.g. `front-door-1.jpg`. */
  readonly name: string;
  readonly jpeg: Uint8Array;
}

export interface ToldTrouble {
  readonly key: string;
  readonly what: string;
}

export type Urgency = "low" | "normal" | "high" | "highest";

export interface Message {
  readonly title: string;
  readonly text: string;
  readonly urgency: Urgency;
  readonly receipt: Receipt | undefined;
  /** The troubles that it is about: who may not know of a camera is not told of its. */
  readonly troubles?: readonly ToldTrouble[];
  readonly pictures: readonly Picture[];
  /** Of a walk test: programs that get it shall do nothing. */
  readonly test?: true;
}

/** Seconds count at an alarm; the site's own zone, with its name. */
export function siteTime(wall: WallTime, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    dateStyle: "medium",
    timeStyle: "long",
  }).format(wall);
}

const verbs: Record<Receipt["edge"]["kind"], string> = {
  raised: "raised",
  cleared: "back to rest",
  "raised(found)": "found active",
  tamper: "lost while armed (tamper)",
  manual: "recorded by hand",
};

const what = ({ edge }: Receipt): string =>
  edge.loop === undefined ? verbs[edge.kind] : `${loopWords[edge.loop]} (tamper)`;

const urgencies: Record<Severity, Urgency> = { info: "low", warning: "high", critical: "highest" };

/** "Front door: raised", and what was started; the final outcomes are in the receipt, later. */
export function messageFor(receipt: Receipt, config: SiteConfig, pictures: readonly Picture[]): Message {
  const channels = receipt.actions.flatMap((action) =>
    action.target.kind === "record" ? [action.target.channel] : [],
  );
  const names = channels.map((channel) => channelName(config, channel));
  const recording = names.length === 0 ? "no camera linked" : `recording: ${names.join(", ")}`;
  return {
    title: `${config.site.name}: ${receipt.edge.severity === "critical" ? "CRITICAL: " : ""}${receipt.edge.inputName} ${what(receipt)}`,
    text: `${siteTime(receipt.edge.at.wall, config.site.timeZone)} · ${recording}`,
    urgency: urgencies[receipt.edge.severity ?? usualSeverity],
    receipt,
    pictures,
  };
}

export const channelName = (config: SiteConfig, channel: number): string =>
  config.channels.find((one) => one.channel === channel)?.name ?? `channel ${channel}`;

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
  const { name, timeZone } = config.site;
  const [first] = troubles;
  const head = troubles.length === 1 && first !== undefined ? first.what : `${troubles.length} troubles`;
  const lines = [
    siteTime(wall, timeZone),
    ...(troubles.length === 1 ? [] : troubles.map(({ what }) => what)),
    ...(troubles.some(({ key }) => key.startsWith("open:")) ? ["Close it, or bypass it on the arming page."] : []),
  ];
  return {
    ...{ title: `${name}: ${head}`, text: lines.join("\n"), urgency: "high" },
    ...{ receipt: undefined, pictures: [], troubles },
  };
}
