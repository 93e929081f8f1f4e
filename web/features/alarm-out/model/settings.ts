/** The settings of an output as the panel changes them, and what is said of its live state. Pure; no DOM. */
import { defaults, ranges, type OutputKind } from "../../../../src/domain/site-config.ts";
import type { OutputStatus } from "../../../../src/messages/api.ts";
import type { Output } from "../../../shared/types.ts";

/** The mode is no setting of this panel: it takes effect at once. */
export type OutputSettings = Omit<Output, "output" | "live">;

export const settingsOf = (output: Output): OutputSettings =>
  Object.fromEntries(Object.entries(output).filter(([key]) => key !== "output" && key !== "live")) as OutputSettings;

/** Another kind brings its usual longest time on. */
export const withKind = (kind: OutputKind): Pick<OutputSettings, "kind" | "maxOnS"> => ({
  kind,
  maxOnS: defaults.maxOnS[kind],
});

export const problemOf = ({ name, maxOnS }: OutputSettings): "name" | "maxOnS" | undefined => {
  if (name.trim() === "") return "name";
  return maxOnS >= ranges.maxOnS[0] && maxOnS <= ranges.maxOnS[1] ? undefined : "maxOnS";
};

/** Do the three agree, as far as they are known? A relay that does not do what it is told is shown in red. */
export const agrees = ({ wanted, commanded, readBack, feedback }: OutputStatus): boolean =>
  [commanded, readBack, feedback].every((one) => one === undefined || one === "unknown" || one === wanted);

/** Until when it is held if nothing else happens; undefined when nothing holds it. */
export const heldUntil = ({ holds }: Pick<OutputStatus, "holds">): number | undefined =>
  holds.length === 0 ? undefined : Math.max(...holds.map(({ until }) => until));
