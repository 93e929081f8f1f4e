import { useEffect, useRef, useState } from "react";
import type { PointStatus } from "../../../../src/messages/api.ts";
import { knownOf, movedSince, standsOutMs, type Known } from "../model/moved.ts";

/** Points that moved in the last seconds while this was shown. */
export function useMoved(points: readonly PointStatus[]): ReadonlySet<number> {
  const known = useRef<Known | undefined>(undefined);
  const [moved, setMoved] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    const fresh = known.current === undefined ? [] : movedSince(known.current, points);
    known.current = knownOf(points);
    if (fresh.length === 0) return;
    setMoved((before) => new Set([...before, ...fresh]));
    // not cleared by a later change of the points: each lot ends by itself
    setTimeout(() => setMoved((before) => new Set([...before].filter((one) => !fresh.includes(one)))), standsOutMs);
  }, [points]);
  return moved;
}
