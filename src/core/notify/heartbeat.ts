/**
 * The dead man's handle: as long as all is well, somebody outside hears from us every few minutes, and tells people when
 * he does not. A Reed that is broken keeps silent; that it is silent is the message.
 */
import { after, minutes, seconds, type Clock } from "../../kernel/time.ts";
import type { HeartbeatSettings } from "../../domain/notifier-settings.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import type { WallTime } from "../../kernel/time.ts";
import type { Message } from "./message.ts";
import type { Transport } from "./ports.ts";

export interface HeartbeatDeps {
  readonly clock: Clock;
  config(): SiteConfig;
  /** Open troubles by their keys. */
  troubles(): readonly string[];
  readonly transport: Transport;
  raise(key: string, what: string): void;
  settle(key: string): void;
}

/** Of these Reed can't do what it is for; a forced relay or a message that did not arrive is not among them. */
const grave = ["recorder", "volume", "journal", "database", "channel", "board", "power", "ups-low"];

/** Whether somebody outside may be told that all is well. */
export const isWell = (troubles: readonly string[]): boolean =>
  !troubles.some((key) => grave.includes(key.split(":")[0] ?? ""));

/** How often it is looked whether a beat is due. */
const look = seconds(10);

const beatMessage: Message = { title: "", text: "", urgency: "low", receipt: undefined, pictures: [] };

/** Beats until it is disposed. */
export function startHeartbeat(deps: HeartbeatDeps): Disposable {
  const { clock } = deps;
  const last = new Map<number, WallTime>();
  let cancel: () => void = () => undefined;
  const beat = async (target: HeartbeatSettings) => {
    const tried = await deps.transport(target, beatMessage, clock.wall());
    const key = `heartbeat:${target.notifier}`;
    if (tried.kind === "taken") deps.settle(key);
    else deps.raise(key, `the heartbeat did not arrive: ${tried.why}`);
  };
  const tick = () => {
    cancel = clock.wakeAt(after(clock.now(), look), tick);
    const targets = deps.config().notifiers.filter((one) => one.kind === "heartbeat" && one.enabled);
    for (const known of last.keys()) {
      if (targets.some(({ notifier }) => notifier === known)) continue;
      last.delete(known);
      deps.settle(`heartbeat:${known}`);
    }
    if (!isWell(deps.troubles())) return;
    for (const target of targets) {
      if (target.kind !== "heartbeat") continue;
      const before = last.get(target.notifier);
      // a clock that was set back must not silence it for hours
      if (before !== undefined && Math.abs(clock.wall() - before) < minutes(target.everyMin)) continue;
      last.set(target.notifier, clock.wall());
      void beat(target);
    }
  };
  cancel = clock.wakeAt(after(clock.now(), look), tick);
  return { [Symbol.dispose]: () => cancel() };
}
