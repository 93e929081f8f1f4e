/**
 * Holds: reasons why something is on. A subject (an output; a channel's recording) is on exactly while at least one
 * hold is, and no hold outlives its bound, whatever keeps its cause alive. Overlaps extend; nothing restarts.
 * A hold covers [from, until): at `until` it is over.
 */
import type { Instant } from "../kernel/time.ts";
import { earlier, later } from "../kernel/time.ts";

export interface Hold {
  /** Who holds: an action's id, or what a person did. Unique on its subject. */
  readonly by: string;
  readonly from: Instant;
  /** It never lasts longer than this. */
  readonly boundAt: Instant;
  /** Known once the cause ended. */
  readonly endAt?: Instant;
}

/** The holds of one subject; a machine may know more of each than what is here. */
export type Holds<H extends Hold = Hold> = readonly H[];

/** When this hold ends at the latest, as far as is known. */
export const holdUntil = (hold: Pick<Hold, "boundAt" | "endAt">): Instant =>
  hold.endAt === undefined ? hold.boundAt : earlier(hold.endAt, hold.boundAt);

/** Adds a hold; one by the same name is already there and is not renewed. */
export const addHold = <H extends Hold>(holds: Holds<H>, hold: H): Holds<H> =>
  holds.some((other) => other.by === hold.by) ? holds : [...holds, hold];

/** The cause of `by` ended: it goes on until `endAt`, never past its bound. An end that is known is only moved earlier. */
export const endHold = <H extends Hold>(holds: Holds<H>, by: string, endAt: Instant): Holds<H> =>
  holds.map((hold) => (hold.by === by ? { ...hold, endAt: earlier(endAt, holdUntil(hold)) } : hold));

/** The holds that are not over at `at`. */
export const expireHolds = <H extends Hold>(holds: Holds<H>, at: Instant): Holds<H> =>
  holds.every((hold) => at < holdUntil(hold)) ? holds : holds.filter((hold) => at < holdUntil(hold));

export const isHeld = (holds: Holds, at: Instant): boolean =>
  holds.some((hold) => hold.from <= at && at < holdUntil(hold));

/** Until when the subject is held if nothing else happens; undefined when nothing holds it. */
export const heldUntil = (holds: Holds): Instant | undefined =>
  holds.reduce<Instant | undefined>(
    (best, hold) => (best === undefined ? holdUntil(hold) : later(best, holdUntil(hold))),
    undefined,
  );

/** When the first of the holds ends. */
export const nextHoldEnd = (holds: Holds): Instant | undefined =>
  holds.reduce<Instant | undefined>(
    (best, hold) => (best === undefined ? holdUntil(hold) : earlier(best, holdUntil(hold))),
    undefined,
  );
