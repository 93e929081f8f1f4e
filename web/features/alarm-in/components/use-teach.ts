import { useEffect, useState } from "react";
import type { PointStatus } from "../../../../src/messages/api.ts";
import { stepTeach, type TeachState } from "../../../../src/domain/teach.ts";

/** The teaching machine fed with the live contact. `rest` records its level now; `restart` begins anew. */
export function useTeach(contact: PointStatus): {
  readonly state: TeachState;
  readonly rest: () => void;
  readonly restart: () => void;
} {
  const [state, setState] = useState<TeachState>({ kind: "asking" });
  const { level, changedAt } = contact;
  useEffect(() => {
    const now = changedAt === undefined ? { level } : { level, changedAt };
    setState((before) => stepTeach(before, { kind: "contact", contact: now }));
  }, [level, changedAt]);
  return {
    state,
    rest: () => setState((before) => stepTeach(before, { kind: "rest", contact })),
    restart: () => setState({ kind: "asking" }),
  };
}
