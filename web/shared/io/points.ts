/** Which contacts and relays there are, what is known of them, and who uses them. Pure; no DOM. */
import { inputPoints, outputPoints } from "../../../src/domain/board-points.ts";
import type { DriverSettings, ModbusArea, ModbusSettings } from "../../../src/domain/site-config.ts";
import type { LoopSettings } from "../../../src/domain/supervised-loop.ts";
import type { LiveState, PointStatus } from "../../../src/messages/api.ts";
import type { Board } from "../types.ts";

/** What the schema of the API calls a driver; the same as the domain's, but for optional members. */
export const driverOf = (board: Board): DriverSettings => board.driver as DriverSettings;

export const isModbus = (driver: DriverSettings): driver is ModbusSettings =>
  driver.kind === "modbus-tcp" || driver.kind === "modbus-rtu";

/** Is it at the end of a line, so that it can be lost and tested? */
export const hasConnection = (driver: DriverSettings): boolean =>
  driver.kind !== "http-trigger" && isBox(driver) && driver.kind !== "virtual";

/** Is it a board that somebody wires? The watch over the cameras and what their pictures show are not. */
export const isBox = ({ kind }: { readonly kind: DriverSettings["kind"] }): boolean =>
  kind !== "camera-offline" && kind !== "video-detection";

/** Its loop is cut or shorted: said in words of its own, not by the reason of the fault. */
export const isTampered = ({ loop }: PointStatus): boolean => loop?.state === "cut" || loop?.state === "short";

/** The supervised loop that a contact is read from, where it is one. */
export function loopAt(driver: DriverSettings, point: number): LoopSettings | undefined {
  const inputs = isModbus(driver) || driver.kind === "mqtt" ? driver.inputs : [];
  return (inputs as readonly { readonly point: number; readonly loop?: LoopSettings }[]).find(
    (one) => one.point === point,
  )?.loop;
}

/** Where a contact is found on its device: a Modbus address, a topic, or nothing worth saying. */
export type Place =
  | { readonly kind: "modbus"; readonly area: ModbusArea; readonly address: number; readonly reference: string }
  | { readonly kind: "topic"; readonly topic: string }
  | { readonly kind: "line"; readonly line: number }
  | { readonly kind: "none" };

const firstDigit: Record<ModbusArea, string> = {
  coil: "0",
  "discrete-input": "1",
  "input-bit": "3",
  "holding-bit": "4",
};

/** The 1-based number that manuals print: 10001 for discrete input 0. */
const referenceOf = (area: ModbusArea, address: number): string =>
  firstDigit[area] + String(address + 1).padStart(address + 1 > 9999 ? 5 : 4, "0");

const modbusPlace = (area: ModbusArea, address: number, bit?: number): Place => ({
  kind: "modbus",
  area,
  address,
  reference: `${referenceOf(area, address)}${bit === undefined ? "" : `.${bit}`}`,
});

const linePlace = (found: { readonly line: number } | undefined): Place =>
  found === undefined ? { kind: "none" } : { kind: "line", line: found.line };

export function inputPlace(driver: DriverSettings, point: number): Place {
  if (isModbus(driver)) {
    const found = driver.inputs.find((one) => one.point === point);
    return found === undefined ? { kind: "none" } : modbusPlace(found.area, found.address, found.bit);
  }
  if (driver.kind === "gpio") return linePlace(driver.inputs.find((one) => one.point === point));
  const topic = driver.kind === "mqtt" ? driver.inputs.find((one) => one.point === point)?.topic : undefined;
  return topic === undefined ? { kind: "none" } : { kind: "topic", topic };
}

export function outputPlace(driver: DriverSettings, point: number): Place {
  if (isModbus(driver)) {
    const found = driver.outputs.find((one) => one.point === point);
    return found === undefined ? { kind: "none" } : modbusPlace("coil", found.address);
  }
  if (driver.kind === "gpio") return linePlace(driver.outputs.find((one) => one.point === point));
  const topic = driver.kind === "mqtt" ? driver.outputs.find((one) => one.point === point)?.topic : undefined;
  return topic === undefined ? { kind: "none" } : { kind: "topic", topic };
}

const nothing: PointStatus = { point: 0, level: "unknown" };

/** A contact as the board says it now; unknown when the board is away or has said nothing of it. */
export function contactNow(boards: LiveState["boards"] | undefined, board: number, point: number): PointStatus {
  const status = boards?.find((one) => one.board === board);
  if (status === undefined || status.state === "off") return { ...nothing, point };
  const known = status.points.find((one) => one.point === point) ?? { ...nothing, point };
  return status.state === "online" ? known : { ...known, level: "fault" };
}

interface Used {
  readonly board: number;
  readonly point: number;
}

export interface FreePoint {
  readonly board: Board;
  readonly point: number;
}

/** Contacts that are no input of the site yet. */
export const freeInputs = (boards: readonly Board[], used: readonly Used[]): readonly FreePoint[] =>
  boards.flatMap((board) => (isBox(board.driver) ? free(board, inputPoints(driverOf(board)), used) : []));

/** Relays that are no output of the site yet. */
export const freeOutputs = (boards: readonly Board[], used: readonly Used[]): readonly FreePoint[] =>
  boards.flatMap((board) => free(board, outputPoints(driverOf(board)), used));

const free = (board: Board, points: readonly number[], used: readonly Used[]): readonly FreePoint[] =>
  points
    .filter((point) => !used.some((one) => one.board === board.board && one.point === point))
    .map((point) => ({ board, point }));

/** Is there a cable to its contacts, so that a wiring drawing makes sense? Zigbee, HTTP and virtual ones have none. */
export const isWired = (driver: DriverSettings): boolean =>
  isModbus(driver) ||
  driver.kind === "gpio" ||
  (driver.kind === "mqtt" &&
    !driver.inputs.some(({ payload }) => /^(contact|occupancy|action)$/.test(payload.path ?? "")));
