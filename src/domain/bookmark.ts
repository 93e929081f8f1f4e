/** A place in the footage that somebody wants to find again, with what they noted. It keeps nothing from being deleted. */
import type { WallTime } from "../kernel/time.ts";

export interface Bookmark {
  readonly id: string;
  readonly channels: readonly number[];
  readonly at: WallTime;
  /** Of a stretch. */
  readonly to?: WallTime;
  readonly note: string;
  readonly by: string;
  readonly madeAt: WallTime;
}
