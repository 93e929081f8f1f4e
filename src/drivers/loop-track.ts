/** Readings of analogue inputs that supervise a loop → levels, with the hysteresis of what each loop was before. */
import {
  isTamper,
  levelOfLoop,
  readLoop,
  type LoopReading,
  type LoopSettings,
  type LoopState,
} from "../domain/supervised-loop.ts";
import type { DriverEvents } from "./driver.ts";
import type { LevelTrack, Sighting } from "./level-track.ts";

export interface LoopTrack {
  /** A reading in counts, and of the supply where that is read too. `how`: as of a sighting. */
  read(point: number, loop: LoopSettings, reading: number, more: Pick<Sighting, "at" | "how"> & Supply): void;
  /** The connection is gone, or the point is not read any more: no state is held. */
  forget(point?: number): void;
}

interface Supply {
  readonly reference?: number | undefined;
}

/** A tracker that tells `events` what is measured, and `levels` what that means. */
export function trackLoops(events: Pick<DriverEvents, "measured">, levels: LevelTrack): LoopTrack {
  const states = new Map<number, LoopState>();
  return {
    read(point, loop, reading, { at, how, reference }) {
      const before = states.get(point);
      const read = readLoop(loop, reading, { before, ...(reference === undefined ? {} : { reference }) });
      states.set(point, read.state);
      events.measured?.(point, read);
      levels.saw(point, { ...sightingOf(read), at, ...(how === undefined ? {} : { how }) });
    },
    forget(point) {
      if (point === undefined) states.clear();
      else states.delete(point);
    },
  };
}

/** A tampered loop is a contact at fault, with the reason in words. */
function sightingOf({ state, reason }: LoopReading): Omit<Sighting, "at"> {
  const level = levelOfLoop(state);
  if (isTamper(state)) return { level, tamper: state, reason: whys[state] };
  return { level, ...(reason === undefined ? {} : { reason }) };
}

const whys = {
  cut: "the loop is cut: nothing is connected at its end",
  short: "the loop is shorted: its wires touch before the end-of-line resistor",
};
