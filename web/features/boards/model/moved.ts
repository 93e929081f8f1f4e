/** Which contacts moved while somebody looks: a row blinks for what was seen to change, never for a first look. */
import type { PointStatus } from "../../../../src/messages/api.ts";

/** How long a row stands out after its contact moved, ms. */
export const standsOutMs = 3000;

/** Last change of each point as it was known. */
export type Known = ReadonlyMap<number, number | undefined>;

export const knownOf = (points: readonly PointStatus[]): Known =>
  new Map(points.map(({ point, changedAt }) => [point, changedAt]));

/** Points that changed since `before`. One that was not there before is only now seen. */
export const movedSince = (before: Known, points: readonly PointStatus[]): readonly number[] =>
  points
    .filter(({ point, changedAt }) => changedAt !== undefined && before.has(point) && before.get(point) !== changedAt)
    .map(({ point }) => point);
