import type { RawUnit, VideoParameters } from "../../media/types.ts";
import type { CameraClock, ProbeReport } from "../../messages/probe.ts";

/** A clock that is off by more than this was never set; ms. */
const implausibleMs = 30 * 86_400_000;

/** What the pictures of one session tell, in media time: a camera may burst what it had cached. */
export interface Measure {
  /** A video unit, ticks of `clockRate`. */
  unit(unit: Pick<RawUnit, "dts" | "pts" | "key" | "data" | "parameters">, clockRate: number): void;
  readonly keys: number;
  /** From the first key frame on, ms. */
  readonly spanMs: number;
  facts(): Measured | undefined;
}

export type Measured = Omit<ProbeReport, "audio" | "clock" | "lostPackets">;

export function createMeasure(): Measure {
  let parameters: VideoParameters | undefined;
  let first: number | undefined;
  let last = 0;
  let firstKey: number | undefined;
  let gopMs: number | undefined;
  let keys = 0;
  let units = 0;
  let bytes = 0;
  let lastBytes = 0;
  const span = (): number => (first === undefined ? 0 : last - first);

  return {
    unit(unit, clockRate) {
      if (unit.parameters.kind !== "video") return;
      if (keys === 0 && !unit.key) return;
      parameters = unit.parameters;
      const at = (unit.dts * 1000) / clockRate;
      const shown = (unit.pts * 1000) / clockRate;
      first ??= at;
      last = Math.max(last, at);
      units++;
      bytes += unit.data.length;
      lastBytes = unit.data.length;
      if (!unit.key) return;
      if (firstKey !== undefined && gopMs === undefined) gopMs = Math.round(shown - firstKey);
      firstKey ??= shown;
      keys++;
    },
    get keys() {
      return keys;
    },
    get spanMs() {
      return span();
    },
    facts() {
      if (parameters === undefined) return undefined;
      const { codec, codecString, width, height } = parameters;
      const ms = span();
      return {
        ...{ codec, codecString, width, height },
        ...(units < 3 || ms <= 0 ? {} : { picturesPerSecond: Math.round(((units - 1) * 10_000) / ms) / 10 }),
        ...(gopMs === undefined ? {} : { gopMs }),
        // the last unit's own duration has not passed yet
        bitsPerSecond: ms <= 0 ? 0 : Math.round(((bytes - lastBytes) * 8000) / ms),
        measuredMs: Math.round(ms),
      };
    },
  };
}

/** `ahead`: the camera's clock − ours, ms; undefined when it never told. */
export function cameraClock(ahead: number | undefined): CameraClock {
  if (ahead === undefined) return { kind: "untold" };
  return Math.abs(ahead) > implausibleMs ? { kind: "not-set" } : { kind: "ahead", ms: Math.round(ahead) };
}
