/** What the detection process and the process of its model say to each other. */
import type { ModelDescription } from "../../domain/detection/object-model.ts";
import type { SeenObject } from "../../domain/detection/objects.ts";
import type { Crop, RgbPicture } from "../ports.ts";
import type { ModelSpec } from "./model.ts";

export type ToModel =
  | { readonly kind: "open"; readonly file: string }
  | { readonly kind: "look"; readonly picture: RgbPicture; readonly crops: readonly Crop[] };

/** One answer to each, in order. */
export type FromModel =
  | { readonly kind: "opened"; readonly spec: ModelSpec; readonly description: ModelDescription }
  /** `ms`: wall time of all its runs. */
  | { readonly kind: "seen"; readonly objects: readonly SeenObject[]; readonly ms: number }
  | { readonly kind: "failed"; readonly message: string };
