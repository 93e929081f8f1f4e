/** What the core process needs from rooms that it must not know; `compose.ts` joins them. */
import type { DetectionNews } from "../domain/detection/news.ts";
import type { Level } from "../domain/level.ts";
import type { DriverSettings } from "../domain/site-config.ts";
import type { ConfigChange } from "../messages/api.ts";
import type { Driver, DriverDeps } from "../drivers/driver.ts";

/** A driver with the doors that only some boards have. */
export interface BoardDriver extends Driver {
  /** Sets a contact of a virtual board. */
  setLevel?(point: number, level: Level): void;
  /** Tells a video-detection board what its camera's pictures show. */
  detected?(news: DetectionNews): void;
}

export type CreateDriver = (settings: DriverSettings, deps: DriverDeps) => BoardDriver;

/** Secrets of a configuration row, sealed for everything that is written down. */
export interface ConfigSealer {
  seal(change: ConfigChange): ConfigChange;
}

export type { PtzCamera, PtzDriver } from "../drivers/ptz/driver.ts";
