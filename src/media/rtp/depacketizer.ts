import { type Result, err } from "../../kernel/result.ts";
import type { BlockPool, Depacketizer, MediaFormat, Timeline } from "../types.ts";

/** The depacketizer for a media of the SDP; an error when Reed cannot take it as described. */
export function createDepacketizer(format: MediaFormat, pool: BlockPool, timeline: Timeline): Result<Depacketizer> {
  return err(`not built yet: ${format.codec} ${pool.bytesOut} ${timeline.jumps}`);
}
