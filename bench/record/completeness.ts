import type { UnitLine } from "../../src/testkit/camera/sender-log.ts";

export interface Completeness {
  /** Access units that the cameras sent whole inside the windows. */
  readonly sent: number;
  readonly missing: number;
  /** Units that are in the files more than once. */
  readonly twice: number;
}

export interface Evidence {
  readonly fromMicros: number;
  readonly toMicros: number;
  sent(camera: number): readonly UnitLine[];
  /** Numbers of the units in the recorder's files. */
  read(camera: number): readonly number[];
}

/** Compares the marks in the files with what the cameras' own logs say. */
export function completeness(cameras: number, evidence: Evidence): Completeness {
  const total = { sent: 0, missing: 0, twice: 0 };
  for (let camera = 1; camera <= cameras; camera++) {
    const numbers = evidence.read(camera);
    const there = new Set(numbers);
    const units = evidence
      .sent(camera)
      .filter((unit) => unit.lostPackets === 0)
      .filter((unit) => unit.sentMicros >= evidence.fromMicros && unit.sentMicros < evidence.toMicros);
    total.sent += units.length;
    total.missing += units.filter((unit) => !there.has(unit.number)).length;
    total.twice += numbers.length - there.size;
  }
  return total;
}
