/** A search for people and vehicles. Pure. */
import type { TargetClass } from "../../../../src/domain/detection/objects.ts";
import type { Range } from "./line.ts";

export interface ObjectsAsked extends Range {
  readonly channels: readonly number[];
  /** Absent: everything. */
  readonly target?: TargetClass;
  /** Absent: whatever its label. */
  readonly label?: string;
}

export const objectTargets = ["all", "human", "vehicle"] as const;
export type ObjectTarget = (typeof objectTargets)[number];
/** Who is looked for: a class, or what the model calls so. */
export type ObjectChoice = { readonly target: ObjectTarget } | { readonly label: string };

/** What to ask the server for; channels in one order, so that another arrangement of players asks for nothing new. */
export const objectsAsked = (channels: readonly number[], { from, to }: Range, who: ObjectChoice): ObjectsAsked => ({
  ...{ from: Math.floor(from), to: Math.ceil(to) },
  channels: [...channels].sort((a, b) => a - b),
  ...("label" in who ? who : who.target === "all" ? {} : { target: who.target }),
});

interface Named {
  readonly label: string;
  readonly count: number;
}

/** Labels to choose from; the chosen one stays among them when nothing of it is in this time. */
export function labelChoices(seen: readonly Named[], who: ObjectChoice): readonly Named[] {
  if (!("label" in who) || seen.some(({ label }) => label === who.label)) return seen;
  return [...seen, { label: who.label, count: 0 }];
}

interface Seen {
  readonly channel: number;
  readonly id: string;
  readonly from: number;
}

/** As marks of the timeline, which ↑ and ↓ go to. */
export const objectEdges = (found: readonly Seen[], name: string) =>
  found.map(({ channel, id, from }) => ({ eventId: `object ${channel} ${id}`, at: from, name, channel }));
