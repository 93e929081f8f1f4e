/** What boards do differently from the Modbus documents. One row a device, with the source of what it claims. */
export interface ModbusQuirks {
  /** Most bits in one read; V1.1b3 §6.1 and §6.2 allow 2000. */
  readonly maxBits: number;
  /** Most registers in one read; V1.1b3 §6.3 and §6.4 allow 125. */
  readonly maxRegisters: number;
}

/**
 * `standard` holds for every board: settings name no model yet, and no deviation has been confirmed on a real device.
 * Timed ("flash") coils are left out on purpose: no document at hand confirms their addresses.
 */
export const modbusQuirks = {
  standard: { maxBits: 2000, maxRegisters: 125 },
} as const satisfies Record<string, ModbusQuirks>;
