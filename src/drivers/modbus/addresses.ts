import type { ModbusArea } from "../../domain/site-config.ts";

/**
 * Names of points as people count them. A protocol address is 0-based; manuals mostly print the 1-based "reference"
 * of the old Modicon numbering, whose first digit names the area (0 coil, 1 discrete input, 3 input register,
 * 4 holding register) with four digits behind it, or five above 9999.
 */
const areas: Record<ModbusArea, { readonly one: string; readonly many: string; readonly digit: string }> = {
  coil: { one: "coil", many: "coils", digit: "0" },
  "discrete-input": { one: "discrete input", many: "discrete inputs", digit: "1" },
  "input-bit": { one: "input register", many: "input registers", digit: "3" },
  "holding-bit": { one: "holding register", many: "holding registers", digit: "4" },
};

/** `10004` for discrete input 3; `110000` for discrete input 9999. */
export function reference(area: ModbusArea, address: number): string {
  const digits = address + 1 > 9999 ? 5 : 4;
  return areas[area].digit + String(address + 1).padStart(digits, "0");
}

/** `discrete input 3 (1-based: 10004)`, `holding register 0 bit 5 (1-based: 40001 bit 5)`. */
export function addressText(area: ModbusArea, address: number, bit?: number): string {
  const tail = bit === undefined ? "" : ` bit ${bit}`;
  return `${areas[area].one} ${address}${tail} (1-based: ${reference(area, address)}${tail})`;
}

/** `discrete inputs 0–7 (1-based: 10001–10008)`. */
export function rangeText(area: ModbusArea, address: number, count: number): string {
  if (count === 1) return addressText(area, address);
  const last = address + count - 1;
  return `${areas[area].many} ${address}–${last} (1-based: ${reference(area, address)}–${reference(area, last)})`;
}
