import { after, type Clock, type Duration } from "../../kernel/time.ts";

/** Waits for `work`, but not longer than `ms`. */
export async function within(clock: Clock, ms: Duration, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<undefined>();
  const cancel = clock.wakeAt(after(clock.now(), ms), () => late.resolve(undefined));
  await Promise.race([work, late.promise]);
  cancel();
}
