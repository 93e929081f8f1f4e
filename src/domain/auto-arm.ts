/** Arming by the clock: at closing time, with a warning before, and put off by whoever is still there. */

export interface AutoArmSettings {
  /** The schedule whose turns arm. */
  readonly schedule: number;
  /** Arm when it ends (opening hours) or when it begins (hours in which nobody is there). */
  readonly armWhen: "ends" | "begins";
  /** Name of the mode to arm in; absent: the first. */
  readonly mode?: string;
  /** Also disarm at the opposite turn. */
  readonly disarm: boolean;
  readonly warningMin: number;
}

export const autoArmRanges = { warningMin: [0, 60] } as const;
