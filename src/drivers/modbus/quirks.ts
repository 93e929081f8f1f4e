/** What boards do differently from the Modbus documents. One row a device, with the source of what it claims. */
export interface ModbusQuirks {
  /** Most bits in one read; V1.1b3 §6.1 and §6.2 allow 2000. */
  readonly maxBits: number;
  /** Most registers in one read; V1.1b3 §6.3 and §6.4 allow 125. */
  readonly maxRegisters: number;
}

/** `standard` holds for every board: settings name no model, and no deviation has been confirmed on a real device. */
export const modbusQuirks = {
  standard: { maxBits: 2000, maxRegisters: 125 },
} as const satisfies Record<string, ModbusQuirks>;

/**
 * A coil that switches a relay on and, after a time, off again by itself ("flash on"): function 5 writes the time in
 * units of 100 ms, 1 to 0x7fff, instead of 0xff00. Waveshare's relay boards have one a relay, at the relay's address +
 * 0x0200 (the maker's wiki and sample code, "Modbus RTU Relay" and "Modbus POE ETH Relay"). Not tried on a real board.
 */
export const timedCoil = { unitMs: 100, most: 0x7fff, address: 0x0200 } as const;

/**
 * The units that last at least until `leftMs` from now, and half a second more: Reed ends it itself, the board only when
 * Reed is gone. Undefined for what is over or too long for the board.
 */
export function timedUnits(leftMs: number): number | undefined {
  const units = Math.ceil(leftMs / timedCoil.unitMs) + 5;
  return leftMs <= 0 || units > timedCoil.most ? undefined : units;
}
