/**
 * What the tools do differently from each other, beyond their command lines (`protocol.ts`). No board's own lines have
 * been tried; what a line does once nobody holds it any more is the chip's business (on some it keeps its last value).
 */
export const gpioQuirks = {
  /** Version 1 says nothing once it watches or holds: still there after this many ms, it does. */
  silentStartMs: 250,
  /** Version 2 says so; without a word for this long it is believed all the same. */
  longestStartMs: 2000,
  /** An event's own time is believed when it lies within this many ms before it was read. */
  believedAgeMs: 5000,
} as const;
