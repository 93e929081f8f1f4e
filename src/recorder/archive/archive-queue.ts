import type { Instant } from "../../kernel/time.ts";
import type { Volume } from "../volumes/volume-state.ts";

/**
 * What is still to be copied of one volume to one archive. Built anew when either was mounted again, and when originals
 * that were to stay shall go.
 */
export interface Queue {
  readonly of: readonly [source: object, target: object, mode: string | undefined];
  readonly ids: Set<string>;
  /** Of those that failed. */
  readonly notBefore: Map<string, Instant>;
  /** The last one of the volume that was looked at. */
  seen: number;
}

/** The queue with what came since it was asked for last. */
export function queueOf(queues: Map<string, Queue>, source: Volume, target: Volume): Queue {
  const known = queues.get(source.id);
  const of = [source.index, target.index, target.settings.archive?.mode] as const;
  const same = known !== undefined && of.every((one, i) => one === known.of[i]);
  const queue: Queue = same ? known : { of, ids: new Set(), notBefore: new Map(), seen: 0 };
  queues.set(source.id, queue);
  // segments are numbered as they were begun, so that each is looked at once
  for (const row of source.index.begunAfter(queue.seen)) queue.ids.add(row.id);
  queue.seen = source.index.begun;
  return queue;
}
