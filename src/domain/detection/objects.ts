/** What an object detector sees, and what a tracker makes of it. */

/** Parts of the picture's width and height, 0–1, from its upper left corner. */
export interface ObjectBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SeenObject {
  /** The model's own label, e.g. `person`, `car` (COCO). */
  readonly label: string;
  /** 0–1. */
  readonly confidence: number;
  readonly box: ObjectBox;
}

/** An object that was seen before and still is. */
export interface TrackedObject extends SeenObject {
  /** Counts up from 1 for each camera and life of the process. */
  readonly track: number;
  /** Where it touches the ground: the middle of the lower side of its box. What rules go by. */
  readonly foot: { readonly x: number; readonly y: number };
}

/** The two classes that the vendor's rules know; what is neither has none. */
export const targetClasses = ["human", "vehicle"] as const;
export type TargetClass = (typeof targetClasses)[number];

const vehicles: ReadonlySet<string> = new Set(["car", "truck", "bus", "motorcycle", "bicycle", "train"]);

/** The class of a COCO label; undefined for animals and things. */
export const targetClassOf = (label: string): TargetClass | undefined =>
  label === "person" ? "human" : vehicles.has(label) ? "vehicle" : undefined;
