/**
 * Models that find objects. Detection → core: which one runs and how it goes (`RunningModel`). api ↔ the process in
 * which it opens a model to look at it (`ToTrial`, `FromTrial`), over Node's own channel between parent and child.
 */
import type { ModelKind, Pixels } from "../domain/detection/object-model.ts";
import type { SeenObject } from "../domain/detection/objects.ts";

/** The model of the detection process. */
export interface RunningModel {
  /** Its id. */
  readonly model: string;
  /** `idle`: no camera has asked for objects since it was chosen. `failed`: nothing is found, `reason` says why. */
  readonly state: "idle" | "open" | "failed";
  readonly reason: string;
  /** How often it failed since it last worked. */
  readonly failures: number;
  /** Half of the newest looks took at most so long, ms; absent before the first. */
  readonly lookMs?: number;
}

/** What opening a model tells. */
export interface ModelFacts {
  readonly kind: ModelKind;
  readonly width: number;
  readonly height: number;
  readonly pixels: Pixels;
  readonly labels: readonly string[];
  /** Half of the looks took at most so long, ms. */
  readonly lookMs: number;
}

/** A picture in which a model was tried. */
export interface ModelTrial {
  readonly width: number;
  readonly height: number;
  readonly objects: readonly SeenObject[];
  /** Of the look alone, without reading the picture. */
  readonly lookMs: number;
}

/** `description`: the text of the file beside the model; absent: there is none. */
export type ToTrial =
  | { readonly kind: "check"; readonly file: string; readonly description?: string }
  | { readonly kind: "try"; readonly file: string; readonly description?: string; readonly picture: Uint8Array };

/** One answer, then the process ends. */
export type FromTrial =
  | { readonly kind: "checked"; readonly facts: ModelFacts }
  | { readonly kind: "tried"; readonly trial: ModelTrial }
  | { readonly kind: "failed"; readonly message: string };
