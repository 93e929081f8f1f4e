import type { SiteConfig } from "../domain/site-config.ts";
import { assertNever } from "../kernel/machine.ts";
import type { ConfigChange } from "../messages/api.ts";

export interface ConfigRow {
  readonly part: string;
  readonly id: string;
  readonly json: string;
}

/** The key of a part: the number that an installer counts, a volume's UUID, or `site` for the one row of the site. */
export function configId(change: ConfigChange): number | string {
  switch (change.part) {
    case "site":
      return "site";
    case "volume":
      return change.value.id;
    case "channel":
      return change.value.channel;
    case "board":
      return change.value.board;
    case "input":
      return change.value.input;
    case "output":
      return change.value.output;
    case "notifier":
      return change.value.notifier;
    case "view":
      return change.value.view;
    default:
      return assertNever(change);
  }
}

export const rowOf = (change: ConfigChange): ConfigRow => ({
  part: change.part,
  id: String(configId(change)),
  json: JSON.stringify(change.value),
});

/** What an empty database means: a site with a name and the machine's time zone, and nothing in it. */
export const emptyConfig = (): SiteConfig => ({
  site: { name: "Reed", timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
  volumes: [],
  channels: [],
  boards: [],
  inputs: [],
  outputs: [],
  notifiers: [],
  views: [],
});

/** The rows were checked when they were written, so they are believed here; lists are in the order of their numbers. */
export function configOf(rows: readonly ConfigRow[]): SiteConfig {
  const of = <T>(part: string) => rows.filter((row) => row.part === part).map((row) => JSON.parse(row.json) as T);
  const sorted = <T>(part: string, number: (value: T) => number) => of<T>(part).sort((a, b) => number(a) - number(b));
  return {
    site: of<SiteConfig["site"]>("site")[0] ?? emptyConfig().site,
    volumes: of("volume"),
    channels: sorted<SiteConfig["channels"][number]>("channel", (value) => value.channel),
    boards: sorted<SiteConfig["boards"][number]>("board", (value) => value.board),
    inputs: sorted<SiteConfig["inputs"][number]>("input", (value) => value.input),
    outputs: sorted<SiteConfig["outputs"][number]>("output", (value) => value.output),
    notifiers: sorted<SiteConfig["notifiers"][number]>("notifier", (value) => value.notifier),
    views: sorted<SiteConfig["views"][number]>("view", (value) => value.view),
  };
}
