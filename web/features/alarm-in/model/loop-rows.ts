/** What each resistance of a supervised loop means for an input, as the page shows it. Pure; no DOM. */
import { isActive, type SensorType } from "../../../../src/domain/level.ts";
import { bandsOf, isTamper, type LoopBand, type LoopSettings } from "../../../../src/domain/supervised-loop.ts";

export interface LoopRow {
  readonly state: LoopBand["state"];
  /** Of the loop; absent: it is open. */
  readonly ohms?: number;
  /** With one resistor in line a cut cable is an open contact. */
  readonly means: LoopBand["state"] | "openOrCut";
  /** Is the input tripped then? Absent: it is tampering. */
  readonly tripped?: boolean;
}

/** By rising resistance. */
export function loopRows(loop: LoopSettings, type: SensorType): readonly LoopRow[] {
  return bandsOf(loop).map(({ state, nominal }) => ({
    state,
    ...(nominal === 1 ? {} : { ohms: Math.round((loop.pullUpOhm * nominal) / (1 - nominal)) }),
    means: state === "open" && loop.wiring === "series" ? "openOrCut" : state,
    ...(isTamper(state) ? {} : { tripped: isActive(state, type) }),
  }));
}

/** The type that a wiring is for, where the input has the other one. */
export function suits(wiring: LoopSettings["wiring"], type: SensorType): SensorType | undefined {
  const wanted = wiring === "parallel" ? "NO" : wiring === "series" ? "NC" : type;
  return wanted === type ? undefined : wanted;
}
