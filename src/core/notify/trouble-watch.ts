/**
 * Troubles as messages: each that begins is told once to every notifier that wants its kind, those of a few seconds
 * together. Nobody is told twice within the hour of a thing that comes and goes; one that came back and stays is told then.
 */
import { after, hours, seconds, type Clock, type Instant, type WallTime } from "../../kernel/time.ts";
import { tellsOf, usualTroublesTold } from "../../domain/notifier-settings.ts";
import type { Outcome } from "../../domain/receipt.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import { troubleMessage, type Message, type ToldTrouble } from "./message.ts";

export interface TroubleWatchDeps {
  readonly clock: Clock;
  config(): SiteConfig;
  tell(notifier: number, message: Message): Promise<Outcome>;
  /** How that ended, for the audit log. */
  told(notifier: number, troubles: readonly ToldTrouble[], outcome: Outcome): void;
}

export interface TroubleWatch extends Disposable {
  /** A trouble began, or is told again; `ended`: it is over. */
  seen(trouble: ToldTrouble & { readonly since: WallTime; readonly ended?: WallTime }): void;
}

/** A switch that dies takes ten cameras with it: one message says so. */
const gather = seconds(5);
const pace = hours(1);
/** Keys that are remembered. */
const mostKnown = 1000;

interface Begun extends ToldTrouble {
  readonly since: WallTime;
}

export function startTroubleWatch(deps: TroubleWatchDeps): TroubleWatch {
  const { clock } = deps;
  /** When each occurrence began that was told, by its key. */
  const known = new Map<string, { readonly since: WallTime; readonly at: Instant }>();
  const waiting = new Map<string, ToldTrouble>();
  /** Back within the hour and open: told when the hour is over, unless they are over by then. */
  const held = new Map<string, () => void>();
  let cancel: (() => void) | undefined;
  const send = () => {
    cancel = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    const wall = clock.wall();
    for (const { notifier, enabled, kind, troubles = usualTroublesTold } of deps.config().notifiers) {
      const its = all.filter(({ key }) => tellsOf(troubles, key));
      if (!enabled || kind === "heartbeat" || its.length === 0) continue;
      void deps
        .tell(notifier, troubleMessage(deps.config(), its, wall))
        .then((outcome) => deps.told(notifier, its, outcome));
    }
  };
  const letGo = (key: string) => {
    held.get(key)?.();
    held.delete(key);
  };
  const begin = ({ key, what, since }: Begun) => {
    const now = clock.now();
    letGo(key);
    known.delete(key);
    known.set(key, { since, at: now });
    for (const old of [...known.keys()].slice(0, Math.max(0, known.size - mostKnown))) known.delete(old);
    waiting.set(key, { key, what });
    cancel ??= clock.wakeAt(after(now, gather), send);
  };
  return {
    seen({ key, what, since, ended }) {
      if (ended !== undefined) {
        letGo(key);
        // over before anybody was told: nobody has to be
        if (waiting.delete(key)) known.delete(key);
        return;
      }
      const last = known.get(key);
      if (last?.since === since) return;
      const mayAgain = last === undefined || tellsOf("arming", key) ? clock.now() : after(last.at, pace);
      if (mayAgain <= clock.now()) {
        begin({ key, what, since });
        return;
      }
      letGo(key);
      held.set(
        key,
        clock.wakeAt(mayAgain, () => begin({ key, what, since })),
      );
    },
    [Symbol.dispose]() {
      cancel?.();
      for (const key of [...held.keys()]) letGo(key);
    },
  };
}
