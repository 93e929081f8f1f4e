/** What the inbox shows, as it stands in the address: so it can be sent, marked and gone back to. */
import { edgeSources, type EdgeSource } from "../../../../src/domain/edge-source.ts";
import { nextDay, startOfDay } from "./site-day.ts";

export const inboxStates = ["new", "acknowledged", "resolved"] as const;
export type InboxState = (typeof inboxStates)[number];

/** All but motion: of a busy street there is motion every minute, and nobody has to look at it. */
export const butMotion = "-motion";
/** Everything, also motion. */
export const everySource = "all";
export type ChosenSource = EdgeSource | typeof butMotion | typeof everySource;

/** In the address; what is absent is as usual. */
export interface InboxSearch {
  readonly list?: "events";
  readonly state?: InboxState;
  readonly input?: number;
  readonly day?: string;
  readonly source?: ChosenSource;
}

/** Fields that somebody changed; undefined: cleared. */
export type ChangedSearch = { readonly [K in keyof InboxSearch]: InboxSearch[K] | undefined };

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((one) => one === value);

/** Reads an address; what it can't mean is left out. */
export function inboxSearch(search: Record<string, unknown>): InboxSearch {
  const input = typeof search["input"] === "number" && search["input"] >= 0 ? search["input"] : undefined;
  const day = typeof search["day"] === "string" && /^\d{4}-\d\d-\d\d$/.test(search["day"]) ? search["day"] : undefined;
  const state = oneOf(inboxStates, search["state"]);
  const source = oneOf([...edgeSources, butMotion, everySource] as const, search["source"]);
  return {
    ...(search["list"] === "events" ? { list: "events" as const } : {}),
    ...(state === undefined ? {} : { state }),
    ...(input === undefined ? {} : { input }),
    ...(day === undefined ? {} : { day }),
    ...(source === undefined ? {} : { source }),
  };
}

/** Alarms are of every source; of events motion is left out until somebody asks for it, or for its input. */
export const shownSource = ({ list, source, input }: ChangedSearch): ChosenSource =>
  source ?? (list === "events" && input === undefined ? butMotion : everySource);

/** What the server is asked for. */
export interface InboxFilter {
  readonly state?: InboxState;
  readonly input?: number;
  readonly source?: string;
  readonly since?: number;
  readonly until?: number;
}

/** A day is one of the site's zone. */
export function askedOf(search: InboxSearch, timeZone: string): InboxFilter {
  const { list, state, input, day = "" } = search;
  const since = startOfDay(day, timeZone);
  const until = since === undefined ? undefined : startOfDay(nextDay(day), timeZone);
  const source = sourcesOf(shownSource(search));
  return {
    ...(state === undefined || list === "events" ? {} : { state }),
    ...(input === undefined ? {} : { input }),
    ...(source === undefined ? {} : { source }),
    ...(since === undefined || until === undefined ? {} : { since, until }),
  };
}

function sourcesOf(source: ChosenSource): string | undefined {
  if (source === everySource) return undefined;
  return source === butMotion ? edgeSources.filter((one) => one !== "motion").join(",") : source;
}

/** Whether somebody chose something: then an empty list says that nothing fits. */
export const isFiltered = ({ list, state, input, day, source }: InboxSearch): boolean =>
  [list === "events" ? undefined : state, input, day, source === everySource ? undefined : source].some(
    (one) => one !== undefined,
  );
