import type { TestLine } from "../conformance-line.ts";
import { crc16 } from "./rtu-frame.ts";
import type { Asked, Scripted } from "./test-board.ts";
import type { OpenSerial, SerialEvents } from "./serial-port.ts";

/** A serial line without hardware: units that answer by a script, and what a test can do to the wire. */
export interface TestBus {
  readonly open: OpenSerial;
  readonly line: TestLine;
  readonly asked: Asked[];
  /** How often the port was opened and not closed again. */
  readonly openPorts: () => number;
  /** What the next answer becomes on its way: noise, an echo, nothing. Once. */
  garble(change: (frame: Buffer) => Buffer): void;
}

/** Answers come in two pieces, as an adapter hands them on. */
export function testBus(answer: (asked: Asked) => Scripted): TestBus {
  const asked: Asked[] = [];
  const ports = new Set<SerialEvents>();
  let there = true;
  let mode: "whole" | "half" | "none" = "whole";
  let garbling: ((frame: Buffer) => Buffer) | undefined;
  const reply = (request: Buffer, events: SerialEvents) => {
    const question = readFrame(request);
    if (question === undefined) return;
    asked.push(question);
    const said = answer(question);
    if (said === undefined || mode === "none") return;
    const whole = "raw" in said ? Buffer.from(said.raw) : frameOf(question.unit, said.pdu);
    const sent = garbling?.(whole) ?? whole;
    garbling = undefined;
    setImmediate(() => {
      if (!ports.has(events)) return;
      const cut = sent.length >> 1;
      if (cut > 0) events.data(sent.subarray(0, cut));
      if (mode === "half") mode = "none";
      else if (mode === "whole") events.data(sent.subarray(cut));
    });
  };
  const line: TestLine = {
    port: 0,
    cut() {
      there = false;
      for (const events of [...ports]) {
        ports.delete(events);
        events.gone("the serial port /dev/test is gone; was it unplugged?");
      }
      return Promise.resolve();
    },
    heal() {
      there = true;
      mode = "whole";
      return Promise.resolve();
    },
    truncate() {
      mode = "half";
    },
    mute() {
      mode = "none";
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return {
    asked,
    line,
    openPorts: () => ports.size,
    garble(change) {
      garbling = change;
    },
    open(_path, _line, events) {
      if (!there) return Promise.reject(new Error("there is no serial port /dev/test; is the adapter plugged in?"));
      // a new opening is a new life of the wire
      mode = "whole";
      ports.add(events);
      return Promise.resolve({
        write: (bytes) => reply(Buffer.from(bytes), events),
        close() {
          ports.delete(events);
          return Promise.resolve();
        },
      });
    },
  };
}

function readFrame(bytes: Buffer): Asked | undefined {
  if (bytes.length !== 8 || bytes.readUInt16LE(6) !== crc16(bytes.subarray(0, 6))) return undefined;
  return {
    transaction: 0,
    unit: bytes.readUInt8(0),
    code: bytes.readUInt8(1),
    address: bytes.readUInt16BE(2),
    value: bytes.readUInt16BE(4),
  };
}

export function frameOf(unit: number, pdu: readonly number[]): Buffer {
  const body = Buffer.from([unit, ...pdu]);
  const crc = Buffer.alloc(2);
  crc.writeUInt16LE(crc16(body));
  return Buffer.concat([body, crc]);
}
