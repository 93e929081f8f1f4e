/** Joins arming by the clock with the engine, the journal and those who tell people. */
import { isArmed } from "../domain/arming.ts";
import { startAutoArm, type AutoArm } from "./auto-arm.ts";
import type { RoomsDeps } from "./rooms-deps.ts";
import type { Inner } from "./rooms.ts";

export function autoArmRoom(deps: RoomsDeps, { live, time, engine, site }: Inner): AutoArm {
  return startAutoArm(
    {
      clock: deps.clock,
      config: () => site().config(),
      time: () => time.now(),
      armed: () => isArmed(engine().view().arming),
      arm({ armed, by, mode }) {
        const actor = { kind: "system", name: by } as const;
        deps.store.put({ kind: "audit", at: deps.clock.wall(), actor, what: "arm", details: { armed } });
        engine().feed({ kind: "arm", armed, by, ...(mode === undefined ? {} : { mode }) });
      },
      announce(notifier, said) {
        deps.announce(notifier, said).catch((error: unknown) => {
          deps.log.error({ notifier, error: String(error) }, "a warning was not told");
        });
      },
      publish: (event) => live.publish(event),
      journal: (record) => engine().journal.append(record),
    },
    deps.autoArmStart,
  );
}
