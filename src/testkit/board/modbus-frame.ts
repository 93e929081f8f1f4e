/** Modbus TCP as a board speaks it: MBAP header (Messaging on TCP/IP Implementation Guide §3.1.3) and PDUs. */
export interface ModbusRequest {
  readonly transaction: number;
  readonly unit: number;
  readonly code: number;
  /** The PDU behind the function code. */
  readonly data: Buffer;
}

const header = 7;
/** MODBUS Application Protocol §4.1: a PDU has at most 253 bytes. */
const longestPdu = 253;

/** Collects bytes, gives whole requests. Throws on what is no Modbus TCP. */
export function modbusReader(): (chunk: Buffer) => ModbusRequest[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const requests: ModbusRequest[] = [];
    while (rest.length >= header + 1) {
      const length = rest.readUInt16BE(4);
      if (rest.readUInt16BE(2) !== 0 || length < 2 || length > longestPdu + 1) throw new Error("not Modbus TCP");
      if (rest.length < 6 + length) break;
      requests.push({
        transaction: rest.readUInt16BE(0),
        unit: rest.readUInt8(6),
        code: rest.readUInt8(7),
        data: rest.subarray(8, 6 + length),
      });
      rest = rest.subarray(6 + length);
    }
    return requests;
  };
}

export function modbusReply(to: ModbusRequest, unit: number, pdu: Buffer): Buffer {
  const head = Buffer.alloc(header);
  head.writeUInt16BE(to.transaction, 0);
  head.writeUInt16BE(pdu.length + 1, 4);
  head.writeUInt8(unit, 6);
  return Buffer.concat([head, pdu]);
}

/** Exception codes, §7. */
export const illegalFunction = 1;
export const illegalAddress = 2;
export const illegalValue = 3;

/** What a request may do to the board's tables; an address that is not there is `undefined` or `false`. */
export interface ModbusTables {
  readonly coil: (address: number) => boolean | undefined;
  readonly discreteInput: (address: number) => boolean | undefined;
  readonly holding: (address: number) => number | undefined;
  readonly input: (address: number) => number | undefined;
  writeCoil(address: number, on: boolean): boolean;
  writeHolding(address: number, value: number): boolean;
  /** "Flash on": on for `units` of 100 ms. */
  timeCoil(address: number, units: number): boolean;
}

const exception = (code: number, reason: number): Buffer => Buffer.of(code | 0x80, reason);

/** Carries out one request on the tables; gives the reply's PDU (function codes 1–6, 15, 16). */
export function answerModbus(tables: ModbusTables, { code, data }: ModbusRequest): Buffer {
  if (![1, 2, 3, 4, 5, 6, 15, 16].includes(code)) return exception(code, illegalFunction);
  if (data.length < 4) return exception(code, illegalValue);
  const address = data.readUInt16BE(0);
  const value = data.readUInt16BE(2);
  switch (code) {
    case 1:
      return readBits(code, address, value, tables.coil);
    case 2:
      return readBits(code, address, value, tables.discreteInput);
    case 3:
      return readRegisters(code, address, value, tables.holding);
    case 4:
      return readRegisters(code, address, value, tables.input);
    case 5: {
      const plain = value === 0 || value === 0xff00;
      const done = plain ? tables.writeCoil(address, value === 0xff00) : timed(tables, address, value);
      if (!done) return exception(code, plain ? illegalAddress : illegalValue);
      return Buffer.concat([Buffer.of(code), data.subarray(0, 4)]);
    }
    case 6:
      return tables.writeHolding(address, value)
        ? Buffer.concat([Buffer.of(code), data.subarray(0, 4)])
        : exception(code, illegalAddress);
    default:
      return writeMany(tables, code, data);
  }
}

const timed = (tables: ModbusTables, address: number, value: number): boolean =>
  value <= 0x7fff && tables.timeCoil(address, value);

function readBits(
  code: number,
  address: number,
  count: number,
  read: (address: number) => boolean | undefined,
): Buffer {
  if (count < 1 || count > 2000) return exception(code, illegalValue);
  const bytes = Buffer.alloc(Math.ceil(count / 8));
  for (let i = 0; i < count; i++) {
    const bit = read(address + i);
    if (bit === undefined) return exception(code, illegalAddress);
    if (bit) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return Buffer.concat([Buffer.of(code, bytes.length), bytes]);
}

function readRegisters(
  code: number,
  address: number,
  count: number,
  read: (address: number) => number | undefined,
): Buffer {
  if (count < 1 || count > 125) return exception(code, illegalValue);
  const bytes = Buffer.alloc(2 * count);
  for (let i = 0; i < count; i++) {
    const value = read(address + i);
    if (value === undefined) return exception(code, illegalAddress);
    bytes.writeUInt16BE(value, 2 * i);
  }
  return Buffer.concat([Buffer.of(code, bytes.length), bytes]);
}

function writeMany(tables: ModbusTables, code: number, data: Buffer): Buffer {
  const address = data.readUInt16BE(0);
  const count = data.readUInt16BE(2);
  const size = code === 15 ? Math.ceil(count / 8) : 2 * count;
  if (count < 1 || data[4] !== size || data.length < 5 + size) return exception(code, illegalValue);
  for (let i = 0; i < count; i++) {
    const done =
      code === 15
        ? tables.writeCoil(address + i, (((data[5 + (i >> 3)] ?? 0) >> (i & 7)) & 1) === 1)
        : tables.writeHolding(address + i, data.readUInt16BE(5 + 2 * i));
    if (!done) return exception(code, illegalAddress);
  }
  return Buffer.concat([Buffer.of(code), data.subarray(0, 4)]);
}
