/** Which points a board has, by its settings. */
import { pointsOfDetection } from "./detection/points.ts";
import type { DriverSettings } from "./site-config.ts";
import { whyUnfit } from "./supervised-loop.ts";
import { upsPoints } from "./ups.ts";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Points of a board that can be alarm inputs. */
export function inputPoints(driver: DriverSettings): readonly number[] {
  switch (driver.kind) {
    case "virtual":
      return upTo(driver.inputs);
    case "nut":
      return Object.values(upsPoints);
    case "camera-offline":
      return [cameraOfflinePoint];
    case "video-detection":
      return pointsOfDetection(driver);
    default:
      return driver.inputs.map((input) => input.point);
  }
}

/** The one point of the source "camera offline". */
export const cameraOfflinePoint = 1;

/** Raised by software: no contact, no wiring, no NO or NC and nothing to debounce. */
export const isMessage = (driver: DriverSettings, point: number): boolean =>
  driver.kind === "http-trigger" ||
  driver.kind === "camera-offline" ||
  (driver.kind === "mqtt" &&
    driver.inputs.some(
      (input) => input.point === point && (input.message !== undefined || input.payload.pulse === true),
    ));

/** Its messages may say what they are about, so that it can be raised by hand as one of them would. */
export const takesMessages = (driver: DriverSettings, point: number): boolean =>
  driver.kind === "http-trigger" ||
  (driver.kind === "mqtt" && driver.inputs.some((input) => input.point === point && input.message !== undefined));

/** Why a supervised loop of a board can't be read, as a sentence; undefined when all can. */
export function loopTrouble(driver: DriverSettings): string | undefined {
  if (driver.kind !== "modbus-tcp" && driver.kind !== "modbus-rtu" && driver.kind !== "mqtt") return undefined;
  for (const input of driver.inputs) {
    if (input.loop === undefined) continue;
    if ("area" in input && input.area !== "holding-bit" && input.area !== "input-bit")
      return `point ${input.point}: a supervised loop is read from a register, not from a bit`;
    const why = whyUnfit(input.loop);
    if (why !== undefined) return `point ${input.point}: ${why}`;
  }
  return undefined;
}

/** Points of a board that can be alarm outputs. */
export function outputPoints(driver: DriverSettings): readonly number[] {
  switch (driver.kind) {
    case "virtual":
      return upTo(driver.outputs);
    case "http-trigger":
    case "camera-offline":
    case "nut":
    case "video-detection":
      return [];
    case "modbus-tcp":
    case "modbus-rtu":
    case "gpio":
    case "mqtt":
      return driver.outputs.map((output) => output.point);
  }
}
