/** Which points a board has, by its settings. */
import type { DriverSettings } from "./site-config.ts";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Points of a board that can be alarm inputs. */
export const inputPoints = (driver: DriverSettings): readonly number[] =>
  driver.kind === "virtual" ? upTo(driver.inputs) : driver.inputs.map((input) => input.point);

/** Points of a board that can be alarm outputs. */
export function outputPoints(driver: DriverSettings): readonly number[] {
  switch (driver.kind) {
    case "virtual":
      return upTo(driver.outputs);
    case "http-trigger":
      return [];
    case "modbus-tcp":
    case "modbus-rtu":
    case "gpio":
    case "mqtt":
      return driver.outputs.map((output) => output.point);
  }
}
