/** The rows of a configuration, one after the other: for whom it does not matter of which part a row is. */
import type { SiteConfig } from "../domain/site-config.ts";
import type { ConfigChange, ConfigPart } from "./api.ts";

type RowsOf = { readonly [P in ConfigPart]: (config: SiteConfig) => readonly Extract<ConfigChange, { part: P }>[] };

/** In an order in which no row stands before one that it refers to. A new part is added here, at its place. */
const parts: RowsOf = {
  schedule: ({ schedules }) => schedules.map((value) => ({ part: "schedule", value })),
  volume: ({ volumes }) => volumes.map((value) => ({ part: "volume", value })),
  channel: ({ channels }) => channels.map((value) => ({ part: "channel", value })),
  board: ({ boards }) => boards.map((value) => ({ part: "board", value })),
  output: ({ outputs }) => outputs.map((value) => ({ part: "output", value })),
  notifier: ({ notifiers }) => notifiers.map((value) => ({ part: "notifier", value })),
  input: ({ inputs }) => inputs.map((value) => ({ part: "input", value })),
  site: ({ site }) => [{ part: "site", value: site }],
  subscription: ({ subscriptions }) => subscriptions.map((value) => ({ part: "subscription", value })),
  view: ({ views }) => views.map((value) => ({ part: "view", value })),
};

/** All parts, in that order. */
export const configParts = Object.keys(parts) as readonly ConfigPart[];

/** Every row of a configuration, in that order. */
export const configRows = (config: SiteConfig): ConfigChange[] =>
  configParts.flatMap((part): readonly ConfigChange[] => parts[part](config));

/** The key of a row: the number that an installer counts, a volume's UUID, or `site` for the one row of the site. */
export function configKey(row: ConfigChange): number | string {
  switch (row.part) {
    case "site":
      return "site";
    case "volume":
      return row.value.id;
    case "channel":
      return row.value.channel;
    case "board":
      return row.value.board;
    case "input":
      return row.value.input;
    case "output":
      return row.value.output;
    case "notifier":
      return row.value.notifier;
    case "view":
      return row.value.view;
    case "schedule":
      return row.value.schedule;
    case "subscription":
      return row.value.subscription;
  }
}
