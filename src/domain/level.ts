/** What a driver reports of a contact. Which bit means *closed* is the board's setting, apart from NO/NC. */
export type Level = "closed" | "open" | "unknown" | "fault";

/** `NO`: at rest open. `NC`: at rest closed (a door magnet with the door shut). */
export type SensorType = "NO" | "NC";

/** Is the input active? Only for a level that says something; design rule 2. */
export const isActive = (level: "closed" | "open", type: SensorType): boolean =>
  (level === "closed") !== (type === "NC");

/** What a relay is told to be and reads back as. */
export type OutputState = "on" | "off";
