import { monotonicMicros } from "../camera/timeline.ts";
import type { BoardLog } from "./log.ts";
import type { ModbusTables } from "./modbus-frame.ts";
import type { BoardCommand, BoardOptions } from "./options.ts";

/**
 * The board's contacts and relays and where Modbus finds them (addresses from 0):
 *
 * | table             | address       | holds                                                       |
 * |-------------------|---------------|-------------------------------------------------------------|
 * | discrete inputs   | 0 …           | contacts                                                    |
 * | coils             | 0 …           | relays, written and read back                               |
 * | coils             | 100 …         | contacts, read only                                         |
 * | coils             | 512 …         | timed: n written switches the relay on for n × 100 ms       |
 * | holding and input | 0 …           | contacts as bits, 16 a register, contact 0 = bit 0          |
 * | holding and input | 100 …         | contacts, one a register, 0 or 1                            |
 * | holding           | 200 …         | timed coil: n switches the relay on for n × 100 ms, 0 = off |
 * | input             | 300 …         | analogue inputs, counts of 16 bits                          |
 */
export interface Terminals extends ModbusTables, Disposable {
  readonly contacts: readonly boolean[];
  readonly relays: readonly boolean[];
  /** Contact changes; throws when there is no such contact. */
  apply(command: Extract<BoardCommand, { contact: number }>): void;
  /** An analogue input reads something else; throws when there is no such input. */
  read(command: Extract<BoardCommand, { analogue: number }>): void;
  /** Named in the log as the cause of the writes that follow. */
  writer: string;
}

const contactCoils = 100;
const contactRegisters = 100;
const timedCoils = 200;
const analogueRegisters = 300;
const flashCoils = 0x200;

export function createTerminals(options: BoardOptions, log: BoardLog): Terminals {
  /** True = closed. */
  const contacts = Array.from({ length: options.contacts }, (_, i) => options.closed?.[i] ?? false);
  const relays = Array.from({ length: options.relays }, () => false);
  const coilTimers = new Map<number, NodeJS.Timeout>();
  const contactTimers = new Set<NodeJS.Timeout>();
  const analogue = [...(options.analogue ?? [])];
  const closedBit = (options.closedBit ?? 1) === 1;
  const bit = (contact: number): boolean | undefined => {
    const closed = contacts[contact];
    return closed === undefined ? undefined : closed === closedBit;
  };

  const setContact = (contact: number, closed: boolean) => {
    if (contacts[contact] === closed) return;
    contacts[contact] = closed;
    log.line("contact", contact, closed ? "closed" : "open", monotonicMicros());
  };
  const at = (micros: number, act: () => void) => {
    const wait = (micros - monotonicMicros()) / 1000;
    if (wait <= 0) {
      act();
      return;
    }
    const timer = setTimeout(() => {
      contactTimers.delete(timer);
      act();
    }, wait);
    contactTimers.add(timer);
  };
  const setRelay = (relay: number, on: boolean, by: string): boolean => {
    if (relays[relay] === undefined) return false;
    clearTimeout(coilTimers.get(relay));
    log.line("coil", relay, on ? "on" : "off", monotonicMicros(), by, relays[relay] === on ? "same" : "changed");
    relays[relay] = on;
    return true;
  };
  const register = (address: number): number | undefined => {
    if (address >= contactRegisters) {
      const value = bit(address - contactRegisters);
      return value === undefined ? undefined : Number(value);
    }
    if (address * 16 >= Math.max(16, contacts.length)) return undefined;
    return contacts
      .slice(address * 16, address * 16 + 16)
      .reduce((bits, _, i) => bits | (bit(address * 16 + i) === true ? 1 << i : 0), 0);
  };
  const timeRelay = (relay: number, units: number): boolean => {
    if (relay < 0 || !setRelay(relay, units > 0, terminals.writer)) return false;
    if (units > 0)
      coilTimers.set(
        relay,
        setTimeout(() => setRelay(relay, false, "timer"), units * 100),
      );
    return true;
  };
  const terminals: Terminals = {
    contacts,
    relays,
    writer: "-",
    discreteInput: bit,
    coil: (address) => (address >= contactCoils ? bit(address - contactCoils) : relays[address]),
    holding: (address) => (address >= timedCoils ? timedValue(relays[address - timedCoils]) : register(address)),
    input: (address) => (address >= timedCoils ? analogue[address - analogueRegisters] : register(address)),
    writeCoil: (address, on) => setRelay(address, on, terminals.writer),
    writeHolding: (address, value) => timeRelay(address - timedCoils, value),
    timeCoil: (address, units) => timeRelay(address - flashCoils, units),
    read({ analogue: number, counts }) {
      if (analogue[number] === undefined) throw new Error(`no analogue input ${number}`);
      analogue[number] = counts;
    },
    apply(command) {
      const { contact } = command;
      if (contacts[contact] === undefined) throw new Error(`no contact ${contact}`);
      const start = command.at ?? monotonicMicros();
      if (command.do === "set") {
        at(start, () => setContact(contact, command.to === "closed"));
        return;
      }
      const gaps = command.do === "pulse" ? [command.ms] : command.gapsMs;
      let micros = start;
      for (const gap of [0, ...gaps]) {
        micros += gap * 1000;
        at(micros, () => setContact(contact, contacts[contact] !== true));
      }
    },
    [Symbol.dispose]() {
      for (const timer of [...contactTimers, ...coilTimers.values()]) clearTimeout(timer);
    },
  };
  return terminals;
}

const timedValue = (on: boolean | undefined): number | undefined => (on === undefined ? undefined : Number(on));
