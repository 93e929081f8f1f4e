import type { ConfigChange, ConfigPart } from "../messages/api.ts";
import type { SiteConfig } from "../domain/site-config.ts";

/** `rows` with `row` in the place of the one with the same key, else appended; kept in the order of the keys. */
function replaced<Row>(rows: readonly Row[], row: Row, key: (row: Row) => number | string): Row[] {
  const others = rows.filter((other) => key(other) !== key(row));
  return [...others, row].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The configuration with one row put. */
export function withChange(config: SiteConfig, change: ConfigChange): SiteConfig {
  switch (change.part) {
    case "site":
      return { ...config, site: change.value };
    case "volume":
      return { ...config, volumes: replaced(config.volumes, change.value, (row) => row.id) };
    case "channel":
      return { ...config, channels: replaced(config.channels, change.value, (row) => row.channel) };
    case "board":
      return { ...config, boards: replaced(config.boards, change.value, (row) => row.board) };
    case "input":
      return { ...config, inputs: replaced(config.inputs, change.value, (row) => row.input) };
    case "output":
      return { ...config, outputs: replaced(config.outputs, change.value, (row) => row.output) };
    case "notifier":
      return { ...config, notifiers: replaced(config.notifiers, change.value, (row) => row.notifier) };
    case "view":
      return { ...config, views: replaced(config.views, change.value, (row) => row.view) };
    case "schedule":
      return { ...config, schedules: replaced(config.schedules, change.value, (row) => row.schedule) };
    case "subscription":
      return { ...config, subscriptions: replaced(config.subscriptions, change.value, (row) => row.subscription) };
  }
}

/** The configuration without one row. */
export function withoutRow(config: SiteConfig, part: Exclude<ConfigPart, "site">, id: number | string): SiteConfig {
  switch (part) {
    case "volume":
      return { ...config, volumes: config.volumes.filter((row) => row.id !== id) };
    case "channel":
      return { ...config, channels: config.channels.filter((row) => row.channel !== id) };
    case "board":
      return { ...config, boards: config.boards.filter((row) => row.board !== id) };
    case "input":
      return { ...config, inputs: config.inputs.filter((row) => row.input !== id) };
    case "output":
      return { ...config, outputs: config.outputs.filter((row) => row.output !== id) };
    case "notifier":
      return { ...config, notifiers: config.notifiers.filter((row) => row.notifier !== id) };
    case "view":
      return { ...config, views: config.views.filter((row) => row.view !== id) };
    case "schedule":
      return { ...config, schedules: config.schedules.filter((row) => row.schedule !== id) };
    case "subscription":
      return { ...config, subscriptions: config.subscriptions.filter((row) => row.subscription !== id) };
  }
}

/** Whether a row with this key exists. */
export const hasRow = (config: SiteConfig, part: Exclude<ConfigPart, "site">, id: number | string): boolean =>
  withoutRow(config, part, id)[`${part}s`].length < config[`${part}s`].length;
