interface Action {
  readonly target: { readonly kind: string; readonly notifier?: number };
  readonly outcome?: { readonly kind: string; readonly reason?: string; readonly gate?: string };
  readonly outcomeAt?: number;
}
interface Told {
  readonly edge: { readonly inputName: string; readonly at: { readonly wall: number } };
  readonly actions: readonly Action[];
}

export interface LastMessage {
  readonly at: number;
  readonly about: string;
  readonly kind: string;
  /** Why it did not arrive, or what kept it back. */
  readonly why: string;
}

/** The newest finished message of each notifier; receipts come the newest first. */
export function lastMessages(receipts: readonly Told[]): ReadonlyMap<number, LastMessage> {
  const last = new Map<number, LastMessage>();
  for (const { edge, actions } of receipts) {
    for (const { target, outcome, outcomeAt } of actions) {
      if (target.kind !== "notify" || target.notifier === undefined || outcome === undefined) continue;
      if (last.has(target.notifier)) continue;
      const why = outcome.reason ?? outcome.gate ?? "";
      last.set(target.notifier, { at: outcomeAt ?? edge.at.wall, about: edge.inputName, kind: outcome.kind, why });
    }
  }
  return last;
}
