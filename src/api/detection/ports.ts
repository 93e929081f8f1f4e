import type { DetectionLook } from "../../messages/detection.ts";

export interface LookSink {
  look(look: DetectionLook): void;
  /** Nothing comes any more; once. */
  closed(reason: string): void;
}

/** What the pictures of a camera show now, picture by picture, until disposed. */
export interface LookSource {
  watch(channel: number, sink: LookSink): Disposable;
}
