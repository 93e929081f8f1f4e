/** What footage shows, the most telling first: a segment that shows several counts as the first of them. */
export const footageCauses = ["alarm", "intelligent", "motion", "manual", "continuous"] as const;
export type FootageCause = (typeof footageCauses)[number];

/**
 * Why something holds a channel: an edge of an input, somebody by hand, motion that was seen in its pictures, or a rule
 * of the analysis. What pictures show is an `edge`, too, where it acts as an alarm.
 */
export type HoldTrigger = "edge" | "manual" | "motion" | "intelligent";

/** What a hold's footage shows. */
export const causeOfTrigger = (trigger: HoldTrigger): FootageCause => (trigger === "edge" ? "alarm" : trigger);
