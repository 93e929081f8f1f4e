/** What Reed does about itself: heartbeat, weekly message, and the power that it runs on. */
import { after, type Clock } from "../kernel/time.ts";
import type { WhenLow } from "../domain/ups.ts";
import type { Log } from "../platform/log.ts";
import { startHeartbeat } from "./notify/heartbeat.ts";
import type { Notifier } from "./notify/notifier.ts";
import type { Transport } from "./notify/ports.ts";
import { startTroubleWatch } from "./notify/trouble-watch.ts";
import { startWeekly, type Weekly } from "./notify/weekly.ts";
import { startPowerWatch } from "./power-watch.ts";
import type { Rooms } from "./rooms.ts";

export interface VigilDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly rooms: Pick<Rooms, "site" | "live" | "execute">;
  readonly notifier: Pick<Notifier, "tell" | "tellAll">;
  readonly transport: Transport;
  readonly weeklyFile: string;
  shutDown(how: Exclude<WhenLow, "go-on">): void;
}

export interface Vigil extends Disposable {
  readonly weekly: Weekly;
}

/** Runs until it is disposed. */
export function startVigil(deps: VigilDeps): Vigil {
  const { clock, log, rooms, notifier } = deps;
  const { live } = rooms;
  const common = { clock, config: () => rooms.site.config() };
  const troubles = {
    raise: (key: string, what: string) => live.raise(key, what),
    settle: (key: string) => live.settle(key),
  };
  const heartbeat = startHeartbeat({
    ...common,
    ...troubles,
    troubles: () => live.snapshot().troubles.map(({ key }) => key),
    transport: deps.transport,
  });
  const weekly = startWeekly({
    ...common,
    log,
    file: deps.weeklyFile,
    troubles: () => live.snapshot().troubles,
    unacknowledged: () => live.snapshot().alarms.unacknowledged,
    tell: (target, message) => notifier.tell(target, message),
  });
  const power = startPowerWatch({
    ...common,
    ...troubles,
    tell: (message) => notifier.tellAll(message),
    shutDown(how) {
      log.error({ how }, "the battery is nearly empty: everything is saved and stopped");
      deps.shutDown(how);
    },
    pause: (ms) => new Promise((resolve) => void clock.wakeAt(after(clock.now(), ms), resolve)),
  });
  const troubleWatch = startTroubleWatch({
    ...common,
    tell: (target, message) => notifier.tell(target, message),
    told: (target, about, outcome) =>
      void rooms.execute(
        { kind: "system", name: "troubles" },
        {
          kind: "audit",
          what: "trouble-told",
          details: { notifier: target, about: about.map(({ key }) => key), outcome },
        },
      ),
  });
  // what began before this stands open already
  for (const trouble of live.snapshot().troubles) troubleWatch.seen(trouble);
  const deaf = live.onEvent((_seq, event) => {
    if (event.kind === "trouble") troubleWatch.seen(event.trouble);
    if (event.kind === "board") power.seen(event.board);
    if (event.kind === "config") power.configured();
  });
  return {
    weekly,
    [Symbol.dispose]() {
      deaf();
      heartbeat[Symbol.dispose]();
      troubleWatch[Symbol.dispose]();
      weekly[Symbol.dispose]();
    },
  };
}
