/** What the detector sees, as it is drawn over a picture: boxes, and the ways that objects came. Pure. */
import { targetClassOf, type TargetClass } from "../../../src/domain/detection/objects.ts";

/** Milliseconds and places of an object's way that are drawn. */
export const shown = { ms: 6000, places: 40 } as const;

interface Step {
  readonly at: number;
  readonly x: number;
  readonly y: number;
}

export interface Trail {
  readonly track: string;
  readonly label: string;
  /** The newest last. */
  readonly steps: readonly Step[];
}

/** In the picture's own pixels on the page. */
export const pathOfTrail = ({ steps }: Trail, width: number, height: number): string =>
  steps.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${round(x * width)} ${round(y * height)}`).join("");

const round = (value: number): number => Math.round(value * 10) / 10;

/** Colours of boxes: a person, a vehicle, anything else. White is read on each. */
const colorOf: Readonly<Record<TargetClass | "other", string>> = {
  human: "#c92a2a",
  vehicle: "#1864ab",
  other: "#495057",
};

export const boxColor = (label: string): string => colorOf[targetClassOf(label) ?? "other"];
