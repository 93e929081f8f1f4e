/** "All is well", once a week: a channel that nobody has heard of for months may be dead. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { after, days, minutes, type Clock, type WallTime } from "../../kernel/time.ts";
import type { NotifierSettings } from "../../domain/notifier-settings.ts";
import type { Outcome } from "../../domain/receipt.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import type { Log } from "../../platform/log.ts";
import { weeklyMessage, type Message, type ToldTrouble } from "./message.ts";

export interface WeeklyDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Where it is remembered who works and when it was last said. */
  readonly file: string;
  config(): SiteConfig;
  troubles(): readonly ToldTrouble[];
  unacknowledged(): number;
  tell(notifier: number, message: Message): Promise<Outcome>;
}

export interface Weekly extends Disposable {
  /** A message arrived: from now on this channel gets the weekly one. */
  worked(notifier: number): void;
}

interface Memory {
  readonly worked: readonly number[];
  readonly last?: WallTime;
}

/** Monday morning in the site's zone: people are there to miss it. */
const due = { weekday: "Mon", hour: 9 } as const;

/** Whether it is the hour of the week, as the site's clocks show it. */
export function isWeeklyHour(wall: WallTime, timeZone: string): boolean {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", hourCycle: "h23" })
    .formatToParts(wall)
    .map(({ type, value }) => [type, value] as const);
  const shown = new Map<string, string>(parts);
  return shown.get("weekday") === due.weekday && Number(shown.get("hour")) === due.hour;
}

/** Who gets it: switched on, not declined, and known to work. */
export const weeklyReceivers = (notifiers: readonly NotifierSettings[], worked: readonly number[]): readonly number[] =>
  notifiers
    .filter((one) => one.enabled && one.kind !== "heartbeat" && one.weekly !== false && worked.includes(one.notifier))
    .map(({ notifier }) => notifier);

export function startWeekly(deps: WeeklyDeps): Weekly {
  const { clock } = deps;
  let memory = read(deps.file);
  let cancel: () => void = () => undefined;
  const remember = (next: Memory) => {
    memory = next;
    try {
      writeFileSync(`${deps.file}.new`, JSON.stringify(next), { mode: 0o600 });
      renameSync(`${deps.file}.new`, deps.file);
    } catch (error) {
      deps.log.warn({ error: String(error) }, "who was told weekly could not be remembered");
    }
  };
  const tick = () => {
    cancel = clock.wakeAt(after(clock.now(), minutes(10)), tick);
    const { site, notifiers } = deps.config();
    const now = clock.wall();
    const lately = memory.last !== undefined && Math.abs(now - memory.last) < days(1);
    if (lately || !isWeeklyHour(now, site.timeZone)) return;
    const receivers = weeklyReceivers(notifiers, memory.worked);
    if (receivers.length === 0) return;
    remember({ ...memory, last: now });
    const troubles = deps.troubles().map(({ key, what }) => ({ key, what }));
    const message = weeklyMessage(deps.config(), troubles, now, deps.unacknowledged());
    for (const notifier of receivers) void deps.tell(notifier, message);
  };
  cancel = clock.wakeAt(after(clock.now(), minutes(1)), tick);
  return {
    worked(notifier) {
      if (!memory.worked.includes(notifier)) remember({ ...memory, worked: [...memory.worked, notifier] });
    },
    [Symbol.dispose]: () => cancel(),
  };
}

function read(file: string): Memory {
  try {
    const { worked, last } = JSON.parse(readFileSync(file, "utf8")) as Partial<Memory>;
    return { worked: Array.isArray(worked) ? worked.map(Number) : [], ...(last === undefined ? {} : { last }) };
  } catch {
    // nothing was remembered yet, or it can't be read: who works is found out again
    return { worked: [] };
  }
}
