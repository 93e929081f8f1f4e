/** Does everything exist that the extras of a linkage name? */
import { err, ok, type Result } from "../kernel/result.ts";
import type { LinkageExtras } from "../domain/linkage-settings.ts";
import type { Linkage, SiteConfig } from "../domain/site-config.ts";
import type { CommandError } from "../messages/api.ts";
import { hasRow } from "./config-book.ts";

type Checked = Result<undefined, CommandError>;
const invalid = (message: string): Checked => err({ code: "invalid", message });

/** Every channel that a linkage names. */
export const channelsOf = ({ recordChannels, ...extras }: Linkage): readonly number[] => [
  ...recordChannels,
  ...extraChannelsOf(extras),
];

/** Those of its pictures, of its tour, and those that it turns. */
const extraChannelsOf = ({ snapshots, page, ptz = [] }: LinkageExtras): readonly number[] => [
  ...(snapshots?.channels ?? []),
  ...(page?.tour?.channels ?? []),
  ...ptz.map(({ channel }) => channel),
];

/** Everybody whom a linkage tells, at once or later. */
export const notifiersOf = ({ notifiers, escalation = [] }: Linkage): readonly number[] => [
  ...notifiers,
  ...escalation.flatMap((step) => step.notifiers),
];

/** Every input that a linkage asks for. */
export const inputsOf = ({ onlyIf, confirm }: LinkageExtras): readonly number[] => [
  ...(onlyIf?.inputs ?? []),
  ...(confirm?.inputs ?? []),
];

const isHeartbeat = (config: SiteConfig, notifier: number): boolean =>
  config.notifiers.some((row) => row.notifier === notifier && row.kind === "heartbeat");

/** `input`: whose linkage it is; an input can't be its own condition. */
export function checkExtras(config: SiteConfig, linkage: Linkage, input: number): Checked {
  const channel = extraChannelsOf(linkage).find((wanted) => !hasRow(config, "channel", wanted));
  if (channel !== undefined) return invalid(`there is no channel ${channel}`);
  const still = linkage.ptz?.find((link) => !config.channels.some((row) => row.channel === link.channel && row.ptz));
  if (still !== undefined)
    return invalid(`channel ${still.channel} has no PTZ settings; set them on the camera's page`);
  const notifier = notifiersOf(linkage).find((wanted) => !hasRow(config, "notifier", wanted));
  if (notifier !== undefined) return invalid(`there is no notifier ${notifier}`);
  const beats = notifiersOf(linkage).find((wanted) => isHeartbeat(config, wanted));
  if (beats !== undefined) return invalid(`notifier ${beats} is a heartbeat; it is told nothing`);
  const asked = inputsOf(linkage);
  if (asked.includes(input)) return invalid("an input can't ask for itself");
  const other = asked.find((wanted) => !hasRow(config, "input", wanted));
  return other === undefined ? ok(undefined) : invalid(`there is no input ${other}`);
}
