/** What is heard of the detection of one camera, by the driver of its board. */
import type { Instant } from "../../kernel/time.ts";
import type { Level } from "../level.ts";

export interface SeenLevel {
  readonly point: number;
  readonly level: Level;
  /** When the picture that showed it arrived. */
  readonly at: Instant;
  /** With `unknown`: why. */
  readonly reason?: string;
  /** With `closed`: what was seen, one line for people. */
  readonly title?: string;
}

export type DetectionNews =
  | { readonly kind: "levels"; readonly levels: readonly SeenLevel[] }
  /** Nobody looks at its pictures. */
  | { readonly kind: "blind"; readonly reason: string };
