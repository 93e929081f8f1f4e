/** What the budget may take from. */
export interface BudgetedChannel {
  readonly ring: { readonly bytes: number };
  readonly holds: { readonly open: boolean };
  readonly care: {
    /** Bytes that no pre-record needs and a disk has. */
    readonly spare: number;
    /** It has history that neither writer nor hold needs, its pre-record. */
    readonly history: boolean;
    /** Its GOP does not end, and only a new session lets go of it without loss. */
    readonly endless: boolean;
    renew(): void;
    /** False when nothing is left to drop. */
    dropOldest(): boolean;
  };
}

export interface MemoryBudget {
  /** Bytes held by all blocks and viewers' queues. */
  readonly used: () => number;
  /** Makes viewers skip to their next GOP. True when that freed something. */
  readonly shedViewers: () => boolean;
  readonly channels: () => readonly BudgetedChannel[];
}

/** From this share on a channel whose GOP does not end begins a new session, before anybody has to give up anything. */
const renewAt = 7 / 8;

/**
 * Brings the process under its byte budget: viewers first, then of the channel that has most beyond its pre-record
 * , then
 * pre-record of channels without an alarm, then whole GOPs (those of channels without an alarm first). Returns how many GOPs went.
 */
export function keepWithin(budget: MemoryBudget, bytes: number): number {
  let dropped = 0;
  if (budget.used() > bytes * renewAt) mostSpare(budget.channels().filter(({ care }) => care.endless))?.care.renew();
  if (budget.used() > bytes) budget.shedViewers();
  while (budget.used() > bytes) {
    const victim = nextVictim(budget.channels());
    if (victim?.care.dropOldest() !== true) return dropped;
    dropped++;
  }
  return dropped;
}

/** The one that uses most beyond its pre-record. */
const mostSpare = (channels: readonly BudgetedChannel[]): BudgetedChannel | undefined =>
  channels
    .map((channel) => ({ channel, spare: channel.care.spare }))
    .filter(({ spare }) => spare > 0)
    .sort((a, b) => b.spare - a.spare)[0]?.channel;

function nextVictim(channels: readonly BudgetedChannel[]): BudgetedChannel | undefined {
  const full = channels.filter((channel) => channel.ring.bytes > 0).sort((a, b) => b.ring.bytes - a.ring.bytes);
  const calm = full.filter((channel) => !channel.holds.open);
  return mostSpare(calm) ?? calm.find(({ care }) => care.history) ?? calm[0] ?? full[0];
}
