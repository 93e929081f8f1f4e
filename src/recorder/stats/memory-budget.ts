/** What the budget may take from, cheapest loss first. */
export interface BudgetedChannel {
  readonly ring: { readonly bytes: number };
  readonly holds: { readonly open: boolean };
  /** It has history that neither writer nor hold needs. */
  readonly idleHistory: boolean;
  /** False when nothing is left to drop. */
  dropOldest(): boolean;
}

export interface MemoryBudget {
  /** Bytes held by all blocks and viewers' queues. */
  readonly used: () => number;
  /** Makes viewers skip to their next GOP. True when that freed something. */
  readonly shedViewers: () => boolean;
  readonly channels: () => readonly BudgetedChannel[];
}

/**
 * Brings the process under its byte budget: viewers first, then history of channels without an alarm, then whole GOPs
 * (those of channels without an alarm first). Returns how many GOPs went.
 */
export function keepWithin(budget: MemoryBudget, bytes: number): number {
  let dropped = 0;
  if (budget.used() > bytes) budget.shedViewers();
  while (budget.used() > bytes) {
    const victim = nextVictim(budget.channels());
    if (victim?.dropOldest() !== true) return dropped;
    dropped++;
  }
  return dropped;
}

function nextVictim(channels: readonly BudgetedChannel[]): BudgetedChannel | undefined {
  const full = channels.filter((channel) => channel.ring.bytes > 0).sort((a, b) => b.ring.bytes - a.ring.bytes);
  return (
    full.find((channel) => channel.idleHistory && !channel.holds.open) ??
    full.find((channel) => !channel.holds.open) ??
    full[0]
  );
}
