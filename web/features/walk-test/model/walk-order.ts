/** The order of a running walk test's rows. Pure. */
import type { WalkRowAnswer } from "../../../../src/contract/walk-test.ts";
import { isPictureKind } from "../../../../src/domain/input-kind.ts";

type Tripped = Pick<WalkRowAnswer, "kind" | "trips">;

/** What pictures show trips as often as somebody passes: it stays where its first trip has put it. */
const placeOf = ({ kind, trips }: Tripped): number => (isPictureKind(kind) ? trips.at(0) : trips.at(-1)) ?? 0;

/** What was tripped last is what somebody at a door wants to see; what is still to do follows by its number. */
export const newestFirst = <T extends Tripped>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => placeOf(b) - placeOf(a));
