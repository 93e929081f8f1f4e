/** How many people, vehicles and other objects were seen. Pure. */
import type { EventObject } from "../../../../src/contract/object-search.ts";

export const seenKinds = ["human", "vehicle", "other"] as const;
export type SeenKind = (typeof seenKinds)[number];

/** Kinds of which there are some, people first. */
export const seenCounts = (
  objects: readonly Pick<EventObject, "target">[],
): readonly { readonly kind: SeenKind; readonly count: number }[] =>
  seenKinds
    .map((kind) => ({ kind, count: objects.filter(({ target = "other" }) => target === kind).length }))
    .filter(({ count }) => count > 0);
