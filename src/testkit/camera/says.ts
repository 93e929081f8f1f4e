/** What a camera says by itself at places of its clip, in every round of it. */
import type { CameraSays } from "./options.ts";

/** Is handed each picture's place (ticks of 90 kHz from the clip's start), in their order. */
export function sayAlong(says: readonly CameraSays[], say: (said: CameraSays) => void): (ticks: number) => void {
  let last = -1;
  const sayUntil = (ticks: number): void => {
    for (const said of says) if (said.atS * 90_000 > last && said.atS * 90_000 <= ticks) say(said);
    last = ticks;
  };
  return (ticks) => {
    if (ticks <= last) {
      sayUntil(Infinity);
      last = -1;
    }
    sayUntil(ticks);
  };
}
