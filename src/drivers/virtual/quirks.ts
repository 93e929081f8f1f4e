import type { Level } from "../../domain/level.ts";

/** A board of our own has no oddities; what it does at the start is said here, as for every other family. */
export const virtualQuirks = { levelAtStart: "open" } as const satisfies { readonly levelAtStart: Level };
