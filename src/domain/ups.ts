/** A UPS as a board: its points, and what Reed does when its battery runs out. */

/** Closed means that it is so. */
export const upsPoints = { onBattery: 1, batteryLow: 2, replaceBattery: 3 } as const;

/** `stop`: everything is saved and Reed ends; `power-off`: the machine too. */
export const whenLows = ["go-on", "stop", "power-off"] as const;
export type WhenLow = (typeof whenLows)[number];
