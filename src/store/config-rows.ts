import { unnamedSite, type SiteConfig } from "../domain/site-config.ts";
import type { ConfigChange } from "../messages/api.ts";
import { configKey } from "../messages/config-rows.ts";

export interface ConfigRow {
  readonly part: string;
  readonly id: string;
  readonly json: string;
}

export const rowOf = (change: ConfigChange): ConfigRow => ({
  part: change.part,
  id: String(configKey(change)),
  json: JSON.stringify(change.value),
});

/** What an empty database means: a site with a name and the machine's time zone, and nothing in it. */
export const emptyConfig = (): SiteConfig => ({
  site: { name: unnamedSite, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
  volumes: [],
  channels: [],
  boards: [],
  inputs: [],
  outputs: [],
  notifiers: [],
  views: [],
  schedules: [],
  subscriptions: [],
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
    schedules: sorted<SiteConfig["schedules"][number]>("schedule", (value) => value.schedule),
    subscriptions: sorted<SiteConfig["subscriptions"][number]>("subscription", (value) => value.subscription),
  };
}
