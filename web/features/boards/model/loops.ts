/** Supervised loops in a board's settings: which contacts read one, and whether its resistors fit. Pure; no DOM. */
import type { DriverSettings, ModbusLoop } from "../../../../src/domain/site-config.ts";
import { loopRanges, whyUnfit, type LoopWiring } from "../../../../src/domain/supervised-loop.ts";
import { loopAt } from "../../../shared/io/points.ts";

export type LoopDraft = ModbusLoop;

/** What a contact's reading is: the bit or word of before, or a loop wired so. */
export type Reads = "plain" | LoopWiring;

/** For a contact that was none: the resistors that are sold most, a 12-bit converter. */
const firstLoop = (wiring: LoopWiring): LoopDraft => ({ wiring, eolOhm: 5600, pullUpOhm: 5600, fullScale: 4095 });

type Looped = Extract<DriverSettings, { readonly kind: "modbus-tcp" | "modbus-rtu" | "mqtt" }>;

export const hasLoops = (driver: DriverSettings): driver is Looped =>
  driver.kind === "modbus-tcp" || driver.kind === "modbus-rtu" || driver.kind === "mqtt";

export const loopOf = (driver: DriverSettings, point: number): LoopDraft | undefined => loopAt(driver, point);

/** The driver with another loop of one contact; undefined: none. A loop is read from the whole register, not from a bit. */
export function withLoop<D extends DriverSettings>(driver: D, point: number, loop: LoopDraft | undefined): D {
  if (!hasLoops(driver)) return driver;
  const inputs = (driver.inputs as readonly LoopedInput[]).map((one) => {
    if (one.point !== point || (loop === undefined && one.loop === undefined)) return one;
    const rest = Object.fromEntries(Object.entries(one).filter(([key]) => key !== "loop" && key !== "bit"));
    if (loop !== undefined) return { ...rest, loop };
    return "area" in one ? { ...rest, bit: 0 } : rest;
  });
  return { ...driver, inputs };
}

interface LoopedInput {
  readonly point: number;
  readonly bit?: number;
  readonly loop?: LoopDraft;
}

/** Another choice of what a contact reads: a wiring keeps the resistors of the one before. */
export function withReads<D extends DriverSettings>(driver: D, point: number, reads: Reads): D {
  if (reads === "plain") return withLoop(driver, point, undefined);
  const before = loopOf(driver, point);
  return withLoop(driver, point, before === undefined ? firstLoop(reads) : { ...before, wiring: reads });
}

const outside = (value: number, [min, max]: readonly [number, number]) => !(value >= min && value <= max);

const incomplete = ({ eolOhm, pullUpOhm, fullScale, zero = 0, referenceAddress = 0 }: LoopDraft): boolean =>
  outside(eolOhm, loopRanges.eolOhm) ||
  outside(pullUpOhm, loopRanges.pullUpOhm) ||
  [fullScale, zero, referenceAddress].some((counts) => outside(counts, loopRanges.counts));

/** The first contact whose loop can't be applied: a number is missing, or its states can't be told apart. */
export function badLoop(driver: DriverSettings): { readonly point: number; readonly why: "bad" | "unfit" } | undefined {
  if (!hasLoops(driver)) return undefined;
  for (const { point, loop } of driver.inputs as readonly LoopedInput[]) {
    if (loop === undefined) continue;
    if (incomplete(loop)) return { point, why: "bad" };
    if (whyUnfit(loop) !== undefined) return { point, why: "unfit" };
  }
  return undefined;
}
