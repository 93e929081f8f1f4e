/**
 * What each channel records now, by the clock, the arming and the configuration. Recorders are told when it changes
 * and go on by that until they are told again: while core is away nothing begins and nothing ends by a schedule.
 */
import { after, seconds, type Clock } from "../kernel/time.ts";
import { recordingOf, type RecordNow } from "../domain/recording-rule.ts";
import type { SiteTime } from "../domain/schedule-gate.ts";
import type { ChannelSettings, SiteConfig } from "../domain/site-config.ts";

export interface RecordWatchDeps {
  readonly clock: Clock;
  config(): SiteConfig;
  time(): SiteTime;
  /** The mode that the site is armed in, or `disarmed`. */
  arming(): string;
  /** Recorders have to be told. */
  changed(): void;
}

export interface RecordWatch extends Disposable {
  now(row: ChannelSettings): RecordNow;
  /** Looks now: the arming is another. */
  look(): void;
}

/** How late a schedule may begin or end. */
export const recordLookMs = seconds(5);

/** Looks every few seconds, which also finds a clock that was set. */
export function startRecordWatch(deps: RecordWatchDeps): RecordWatch {
  const { clock } = deps;
  const now = (row: ChannelSettings): RecordNow =>
    recordingOf(deps.config(), row, { wall: clock.wall(), time: deps.time(), arming: deps.arming() }).now;
  const all = () =>
    deps
      .config()
      .channels.map((row) => `${row.channel} ${now(row)}`)
      .join();
  let known: string | undefined;
  let cancel: () => void = () => undefined;
  const look = () => {
    cancel();
    cancel = clock.wakeAt(after(clock.now(), recordLookMs), look);
    const is = all();
    if (known !== undefined && is !== known) deps.changed();
    known = is;
  };
  return { now, look, [Symbol.dispose]: () => cancel() };
}
