/** Troubles: what keeps them in the database and the log, and what ends those that nobody else would end. */
import { after, seconds, type Clock } from "../kernel/time.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { StoreWriter } from "../messages/store.ts";
import type { Log } from "../platform/log.ts";
import type { LiveBook } from "./live-book.ts";

export interface TroubleDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<StoreWriter, "put" | "dropped">;
}

/** Every change of a trouble goes to the database; its beginning and its end to the log, once each. */
export function keepTroubles({ log, store }: TroubleDeps, live: LiveBook): void {
  const open = new Set<string>();
  live.onEvent((_seq, event) => {
    if (event.kind !== "trouble") return;
    const { trouble } = event;
    store.put({ kind: "trouble", trouble });
    if (trouble.ended !== undefined && open.delete(trouble.key))
      log.info({ trouble: trouble.key }, `over: ${trouble.what}`);
    if (trouble.ended !== undefined || open.has(trouble.key)) return;
    open.add(trouble.key);
    log.info({ trouble: trouble.key }, `trouble: ${trouble.what}`);
  });
}

/** What still is wrong after a start is raised again within this time: a recorder that is away after 15 s. */
const leftPatience = seconds(20);

/** Ends the troubles of the life before that nobody raised again. Disposing ends them at once. */
export function watchLeftTroubles({ clock, store }: TroubleDeps, live: LiveBook): Disposable {
  const end = () => {
    const ended = clock.wall();
    for (const trouble of live.giveUpLeft()) store.put({ kind: "trouble", trouble: { ...trouble, ended } });
  };
  const cancel = clock.wakeAt(after(clock.now(), leftPatience), end);
  return {
    [Symbol.dispose]() {
      cancel();
      end();
    },
  };
}

const databaseLookMs = 10_000;

/** Rows that the database writer had to drop are a trouble from then on. */
export function watchDatabase({ clock, store }: TroubleDeps, live: LiveBook): Disposable {
  let cancel: () => void = () => undefined;
  const look = () => {
    if (store.dropped > 0)
      live.raise("database", "the database can't be written; history is incomplete until it is rebuilt");
    cancel = clock.wakeAt(after(clock.now(), databaseLookMs), look);
  };
  look();
  return { [Symbol.dispose]: () => cancel() };
}

export function tellJournal(live: LiveBook, log: Log, why: string | undefined): void {
  if (why === undefined) {
    live.settle("journal");
    return;
  }
  log.error({ why }, "journal trouble");
  live.raise("journal", why);
}

/** Messages that did not arrive are a trouble until somebody sent them again or put them away. */
export function tellLetters(
  { notifier }: { readonly notifier: { readonly letters: { onChange(told: (count: number) => void): void } } },
  live: LiveBook,
): void {
  notifier.letters.onChange((count) => {
    if (count === 0) live.settle("messages");
    else live.raise("messages", count === 1 ? "a message did not arrive" : `${count} messages did not arrive`);
  });
}

/** Rows that were removed are no longer shown. */
export function keepConfigured(live: LiveBook, config: SiteConfig): void {
  live.keepOnly(
    "channels",
    config.channels.map((row) => row.channel),
  );
  live.keepOnly(
    "boards",
    config.boards.map((row) => row.board),
  );
  live.keepOnly(
    "volumes",
    config.volumes.map((row) => row.id),
  );
  const watched = [
    ...config.channels.filter((row) => row.enabled).map((row) => `channel:${row.channel}`),
    ...config.volumes.map((row) => `volume:${row.id}`),
    ...(config.site.volumeGroups ?? []).map((group) => `volume-group:${group.name}`),
  ];
  for (const { key } of live.snapshot().troubles) {
    if (/^(channel|volume|volume-group):/.test(key) && !watched.includes(key)) live.settle(key);
  }
}
