/** Callers differ only in how they reach the API; what a point does is the same for all. */
export const httpTriggerQuirks = {
  /** Seconds that a `start` holds when neither the point nor the caller names a bound that makes sense. */
  maxSWithoutBound: 60,
} as const;
