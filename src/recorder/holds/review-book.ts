/** Which events are of alarms that nobody has acknowledged, as core says; what their holds kept is protected. */
export interface ReviewBook {
  /** `all`: there are no others. */
  unreviewed(events: readonly string[], all: boolean): void;
  reviewed(events: readonly string[]): void;
  /** True of every event until core has said which. */
  isUnreviewed(eventId: string): boolean;
  /** Rises with each change. */
  readonly version: number;
}

/** Core is the only one who knows: it says so again after each (re)connect, so that nothing is kept here. */
export function createReviewBook(): ReviewBook {
  let known: Set<string> | undefined;
  let version = 0;
  return {
    unreviewed(events, all) {
      if (all) known = new Set(events);
      else if (known !== undefined) for (const event of events) known.add(event);
      version++;
    },
    reviewed(events) {
      for (const event of events) known?.delete(event);
      version++;
    },
    isUnreviewed: (eventId) => known?.has(eventId) ?? true,
    get version() {
      return version;
    },
  };
}
