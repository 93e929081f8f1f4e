import type { VirtualSettings } from "../../domain/site-config.ts";

/** Points 1…N, as an installer counts them. */
const points = (count: number): readonly number[] =>
  Array.from({ length: Math.max(0, count) }, (_, index) => index + 1);

export const inputPoints = (settings: VirtualSettings): readonly number[] => points(settings.inputs);
export const outputPoints = (settings: VirtualSettings): readonly number[] => points(settings.outputs);
