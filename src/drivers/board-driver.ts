import type { DetectionNews } from "../domain/detection/news.ts";
import type { Level } from "../domain/level.ts";
import type { Driver } from "./driver.ts";

/** A driver with the doors that only some boards have. */
export interface BoardDriver extends Driver {
  /**
   * Raises or ends a point of an HTTP-trigger board. `start` is closed until `stop` or the bound in seconds; `pulse` is
   * closed and then open, both at the same instant.
   */
  trigger?(point: number, verb: "start" | "stop" | "pulse", maxS?: number): void;
  /** Sets a contact of a virtual board. */
  setLevel?(point: number, level: Level): void;
  /** Tells a video-detection board what its camera's pictures show. */
  detected?(news: DetectionNews): void;
}
