/**
 * A camera's own clock: media time in ticks of 90 kHz since it was switched on, running fast by `ppm` millionths. It
 * goes on over loops, clients and reboots. A change of the rate bends the line, it never steps.
 */
export interface MediaClock {
  /** Ticks at this time (microseconds of CLOCK_MONOTONIC). */
  ticksAt(micros: number): number;
  /** When the clock will show these ticks. */
  microsAt(ticks: number): number;
  setDrift(ppm: number, nowMicros: number): void;
}

export function mediaClock(startMicros: number, startPpm = 0): MediaClock {
  let from = { micros: startMicros, ticks: 0 };
  let ticksPerMicro = 0.09 * (1 + startPpm / 1e6);
  const ticksAt = (micros: number) => from.ticks + (micros - from.micros) * ticksPerMicro;
  return {
    ticksAt,
    microsAt: (ticks) => from.micros + (ticks - from.ticks) / ticksPerMicro,
    setDrift(ppm, nowMicros) {
      from = { micros: nowMicros, ticks: ticksAt(nowMicros) };
      ticksPerMicro = 0.09 * (1 + ppm / 1e6);
    },
  };
}

/** CLOCK_MONOTONIC in microseconds. */
export const monotonicMicros = (): number => Number(process.hrtime.bigint() / 1000n);
