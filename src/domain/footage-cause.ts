/** What footage shows, the most telling first: a segment that shows several counts as the first of them. */
export const footageCauses = ["alarm", "intelligent", "motion", "manual", "continuous"] as const;
export type FootageCause = (typeof footageCauses)[number];

/** What a hold's footage shows. */
export const causeOfTrigger = (trigger: "edge" | "manual"): FootageCause => (trigger === "edge" ? "alarm" : "manual");
