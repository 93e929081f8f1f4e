/** What a camera says by itself, in our words. Facts only, as its driver heard them. */
import type { Instant } from "../../kernel/time.ts";
import type { ObjectBox, TargetClass } from "./objects.ts";
import type { OwnThing } from "./own-settings.ts";

export interface CameraSaid {
  readonly what: OwnThing | "rule";
  /** `pulse`: it happened, and nothing will say that it is over. */
  readonly phase: "start" | "stop" | "pulse";
  /** When it arrived here. */
  readonly at: Instant;
  /** The vendor's own word for it, e.g. `CrossLineDetection`. */
  readonly code: string;
  /** Of a rule; absent with `stop`: all of this code; with `start`: one of this code, the camera does not say which. */
  readonly rule?: string;
  /** Of motion: the camera's regions that move, where it says so; absent: all of them. */
  readonly regions?: readonly CameraRegion[];
  readonly target?: TargetClass;
  readonly box?: ObjectBox;
}

/** One of a camera's own regions of motion. */
export interface CameraRegion {
  readonly name?: string;
  /** From 0. */
  readonly index?: number;
}

/** What it has, as its own settings say; a thing that is absent: it does not tell. */
export interface CameraOffer {
  readonly things: ReadonlyMap<OwnThing, boolean>;
  readonly rules: readonly OfferedRule[];
}

export interface OfferedRule {
  readonly name: string;
  /** The vendor's own word for its kind, e.g. `CrossLineDetection`; empty: it does not say. */
  readonly code: string;
}

export type CameraLink =
  | { readonly kind: "connecting" }
  /** It is heard; what it does not say is at rest. */
  | { readonly kind: "online" }
  | { readonly kind: "lost"; readonly reason: string }
  /** It takes the login for wrong; it is not asked again for a while. */
  | { readonly kind: "refused"; readonly reason: string };
