/** Takes pictures by the clock: of every camera that asks for them, one at a time, so that no more than one is made at once. */
import { after, hours, seconds, type Clock, type Instant } from "../kernel/time.ts";
import type { RecordFacts } from "../domain/recording-rule.ts";
import type { ChannelSettings, SiteConfig } from "../domain/site-config.ts";
import { takesPictures } from "../domain/timed-pictures.ts";
import type { Log } from "../platform/log.ts";
import type { PictureShelf } from "./picture-shelf.ts";

export interface TimedPicturesDeps {
  readonly clock: Clock;
  readonly shelf: PictureShelf;
  config(): SiteConfig;
  facts(): RecordFacts;
  /** It sends pictures now: one that is away would answer with its last one, or keep the others waiting. */
  plays(channel: number): boolean;
  /** Rejects with a sentence when it has none now. */
  take(channel: number): Promise<Uint8Array>;
  readonly log: Pick<Log, "info" | "warn">;
}

const lookEvery = seconds(1);
const tidyEvery = hours(1);

/**
 * A camera whose picture is still being made or waited for gets no second one: what the machine can't do in time is left
 * out, never piled up.
 */
export function startTimedPictures(deps: TimedPicturesDeps): Disposable {
  const { clock, shelf } = deps;
  const due = new Map<number, Instant>();
  const waiting = new Set<number>();
  let running = false;
  let tidyAt = clock.now();
  let cancel: () => void = () => undefined;

  const allowed = (row: ChannelSettings): boolean => takesPictures(deps.config(), row, deps.facts());
  const rowOf = (channel: number) => deps.config().channels.find((row) => row.channel === channel);
  const failing = new Set<number>();
  /** Said when it begins and when it is over, not for every picture. */
  const taken = async (channel: number): Promise<Uint8Array | undefined> => {
    try {
      const jpeg = await deps.take(channel);
      if (failing.delete(channel)) deps.log.info({ channel }, "timed pictures are taken again");
      return jpeg;
    } catch (error) {
      if (!failing.has(channel)) deps.log.warn({ channel, error: String(error) }, "no timed picture could be taken");
      failing.add(channel);
      return undefined;
    }
  };
  const work = async (): Promise<void> => {
    for (const channel of waiting) {
      const wall = clock.wall();
      const jpeg = await taken(channel);
      const row = rowOf(channel);
      // the arming or the settings may have changed meanwhile: what is private now is not kept
      if (jpeg !== undefined && row !== undefined && allowed(row)) await shelf.put(channel, wall, jpeg);
      waiting.delete(channel);
    }
  };
  const look = (): void => {
    const now = clock.now();
    cancel = clock.wakeAt(after(now, lookEvery), look);
    for (const row of deps.config().channels) {
      if (!allowed(row)) {
        due.delete(row.channel);
        continue;
      }
      if (now < (due.get(row.channel) ?? now) || !deps.plays(row.channel)) continue;
      due.set(row.channel, after(now, seconds(row.timedPictures?.everyS ?? 1)));
      waiting.add(row.channel);
    }
    if (waiting.size > 0 && !running) {
      running = true;
      void work().finally(() => (running = false));
    }
    if (now < tidyAt) return;
    tidyAt = after(now, tidyEvery);
    void shelf.tidy((channel) => rowOf(channel)?.timedPictures?.keepDays);
  };
  look();
  return { [Symbol.dispose]: () => cancel() };
}
