/**
 * A supervised loop: a contact with end-of-line resistors behind a pull-up, read by an analogue input. Pure.
 *
 *     supply ──[ pull-up ]──●───── cable ─────┐
 *                           │             contact and
 *                       analogue input    resistors
 *     GND ──────────────────┴───── cable ─────┘
 *
 * What counts is the ratio of the reading to the supply, loop / (loop + pull-up): a supply that rises or sinks changes
 * nothing. It is 0 for a short, 1 for an open loop. Each wiring has a few resistances that it can have; the bounds lie in
 * the middle between the ratios of neighbours, and a state is left only when a bound is passed by the hysteresis.
 *
 * | wiring     | 0 Ω        | R      | 2 R  | open             |
 * | ---------- | ---------- | ------ | ---- | ---------------- |
 * | `none`     | closed     |        |      | open             |
 * | `parallel` | closed     | open   |      | cut              |
 * | `series`   | short      | closed |      | open (or cut)    |
 * | `double`   | short      | closed | open | cut              |
 *
 * `parallel`: R across the contact at the far end, for an NO contact. `series`: R in line with an NC contact, which can't
 * tell a cut cable from an open contact; both are an alarm. `double`: one R in line, one across the contact. The table is
 * what panels print: DSC PowerSeries Neo HS2016 installation manual, tables 2-5 to 2-7 (R = 5600 Ω).
 */
export const loopWirings = ["none", "parallel", "series", "double"] as const;
export type LoopWiring = (typeof loopWirings)[number];

/** How a loop is wired and what its input reads. Counts are whatever the board says, 10, 12 or 16 bits or millivolts. */
export interface LoopSettings {
  readonly wiring: LoopWiring;
  /** Ohms of each end-of-line resistor. */
  readonly eolOhm: number;
  /** Ohms between the supply and the input. */
  readonly pullUpOhm: number;
  /** Counts at the full supply: what the input reads when the loop is open. */
  readonly fullScale: number;
  /** Counts at 0 V; absent: 0. */
  readonly zero?: number;
}

/** `closed` and `open` are the contact; `cut` and `short` somebody at the cable; `fault` a reading that can't be. */
export type LoopState = "closed" | "open" | "cut" | "short" | "fault";
export type LoopTamper = Extract<LoopState, "cut" | "short">;

/** In sentences: "Back door: loop cut". */
export const loopWords: Record<LoopTamper, string> = { cut: "loop cut", short: "loop shorted" };

export const isTamper = (state: LoopState): state is LoopTamper => state === "cut" || state === "short";

/** Resistors that alarm panels come with; any other can be named. */
export const usualEolOhms = [1000, 2200, 4700, 5600, 10_000] as const;

/** Ranges that the API enforces and the pages show. Inclusive. */
export const loopRanges = { eolOhm: [100, 100_000], pullUpOhm: [100, 1_000_000], counts: [0, 65_535] } as const;

/** Share of the scale by which a bound must be passed; less where neighbours are close, see `bandsOf`. */
const hysteresis = 0.02;
/** Neighbours that are closer than this can't be told apart on a real cable. */
const closest = 0.05;
/** How far outside the scale a reading may be before it is no reading: converters overshoot. */
const overshoot = 0.05;
/** A supply that reads less than this share of its full scale is none. */
const leastSupply = 0.5;
/** Above this ratio a resistance says nothing any more. */
const openAbove = 0.98;

/** One state of a wiring: its nominal ratio, and where its neighbours begin. */
export interface LoopBand {
  readonly state: Exclude<LoopState, "fault">;
  readonly nominal: number;
  readonly from: number;
  readonly to: number;
}

const kinds: Record<LoopWiring, readonly (readonly [LoopBand["state"], resistors: number])[]> = {
  none: [
    ["closed", 0],
    ["open", Infinity],
  ],
  parallel: [
    ["closed", 0],
    ["open", 1],
    ["cut", Infinity],
  ],
  series: [
    ["short", 0],
    ["closed", 1],
    ["open", Infinity],
  ],
  double: [
    ["short", 0],
    ["closed", 1],
    ["open", 2],
    ["cut", Infinity],
  ],
};

type Wired = Pick<LoopSettings, "wiring" | "eolOhm" | "pullUpOhm">;

/** The states that a loop can have, by rising resistance; together they cover every ratio from 0 to 1. */
export function bandsOf({ wiring, eolOhm, pullUpOhm }: Wired): readonly LoopBand[] {
  const nominals = kinds[wiring].map(([, count]) => ratioOf(count * eolOhm, pullUpOhm));
  const middle = (index: number) => ((nominals[index] ?? 0) + (nominals[index + 1] ?? 1)) / 2;
  return kinds[wiring].map(([state], index) => ({
    state,
    nominal: nominals[index] ?? 0,
    from: index === 0 ? 0 : middle(index - 1),
    to: index === nominals.length - 1 ? 1 : middle(index),
  }));
}

/** The ratio that a resistance has behind a pull-up, both in ohms. */
const ratioOf = (ohms: number, pullUpOhm: number): number => (ohms === Infinity ? 1 : ohms / (ohms + pullUpOhm));

const gapsOf = (bands: readonly LoopBand[]): readonly number[] =>
  bands.slice(1).map(({ nominal }, index) => nominal - (bands[index]?.nominal ?? 0));

const hysteresisOf = (bands: readonly LoopBand[]): number =>
  Math.min(hysteresis, ...gapsOf(bands).map((gap) => gap / 8));

/** How far a ratio may stray from its nominal value, either way, without leaving its state: a share of the scale. */
export function toleranceOf(wired: Wired): number {
  const bands = bandsOf(wired);
  return Math.min(...gapsOf(bands).map((gap) => gap / 2)) - hysteresisOf(bands);
}

/** Why these resistors can't be told apart, as a sentence; undefined when they can. */
export function whyUnfit(wired: Wired & Partial<Pick<LoopSettings, "fullScale" | "zero">>): string | undefined {
  const { fullScale = 1, zero = 0 } = wired;
  if (fullScale <= zero) return `a full scale of ${fullScale} is not above its zero of ${zero}`;
  if (Math.min(...gapsOf(bandsOf(wired))) >= closest) return undefined;
  return `a pull-up of ${wired.pullUpOhm} Ω does not fit end-of-line resistors of ${wired.eolOhm} Ω: their states are too close together; take a pull-up of about the same value`;
}

/** The state of a ratio from 0 to 1. `before`: the state that it was in, which it leaves only beyond the hysteresis. */
export function loopState(wired: Wired, ratio: number, before?: LoopState): LoopState {
  const bands = bandsOf(wired);
  const margin = hysteresisOf(bands);
  const held = bands.find(({ state }) => state === before);
  if (held !== undefined && ratio >= held.from - margin && ratio <= held.to + margin) return held.state;
  return bands.find(({ to }) => ratio <= to)?.state ?? "fault";
}

/** What an input reads of a loop, as pages show it. */
export interface LoopReading {
  readonly state: LoopState;
  /** Of the reading to the supply, 0–1; absent when there is no believable one. */
  readonly ratio?: number;
  /** Of the loop without the pull-up; absent when it is open. */
  readonly ohms?: number;
  /** Why it is at fault, as a sentence. */
  readonly reason?: string;
}

const fault = (reason: string): LoopReading => ({ state: "fault", reason });

/**
 * One reading in counts. `reference`: what a second input reads of the supply at the same time; absent: the full scale.
 * A reading outside of the scale, or one without a supply, is a fault and no tampering.
 */
export function readLoop(
  loop: LoopSettings,
  reading: number,
  { reference = loop.fullScale, before }: { readonly reference?: number; readonly before?: LoopState | undefined } = {},
): LoopReading {
  const zero = loop.zero ?? 0;
  const supply = reference - zero;
  if (!(supply > 0) || supply < leastSupply * (loop.fullScale - zero))
    return fault(`the supply of the loop is missing: it reads ${reference} of ${loop.fullScale}`);
  const measured = (reading - zero) / supply;
  if (!(measured >= -overshoot && measured <= 1 + overshoot))
    return fault(`a reading of ${reading} is outside of the scale from ${zero} to ${reference}`);
  const ratio = Math.min(1, Math.max(0, measured));
  const ohms = ratio > openAbove ? {} : { ohms: (loop.pullUpOhm * ratio) / (1 - ratio) };
  return { state: loopState(loop, ratio, before), ratio, ...ohms };
}

/** What the loop's contact is; a loop that was tampered with says nothing of it. */
export const levelOfLoop = (state: LoopState): "closed" | "open" | "fault" =>
  state === "closed" || state === "open" ? state : "fault";
