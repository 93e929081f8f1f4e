import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { ServerTCP } from "modbus-serial";
import type { OutputState } from "../../domain/level.ts";
import type { ModbusTcpSettings } from "../../domain/site-config.ts";
import { after } from "../../kernel/time.ts";
import { systemClock } from "../../platform/clock.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { conformance, loopPoint, testLoop, type TestBoard } from "../conformance.ts";
import { freePort, openTestLine } from "../conformance-line.ts";
import { isOnline, levelsOf, linksOf, recorder, type Heard } from "../conformance-recorder.ts";
import type { DriverDeps } from "../driver.ts";
import { startModbusDriver } from "./driver.ts";
import { modbusManifest } from "./manifest.ts";
import { scriptedBoard, settingsFor, zeroes, type Asked, type Scripted } from "./test-board.ts";

const clock = systemClock();

const withLoop: Pick<ModbusTcpSettings, "inputs"> = {
  inputs: [
    ...settingsFor(0).inputs,
    { point: loopPoint, area: "holding-bit", address: 9, closedWhen: 1, loop: testLoop },
  ],
};

/** modbus-serial's server: a second implementation of the protocol. Two contacts, one relay, unit 1. */
async function serverBoard(): Promise<TestBoard> {
  const contacts = [false, false];
  const relays = [false];
  let reading = 2047;
  const port = await freePort();
  const server = new ServerTCP(
    {
      getDiscreteInput: (address: number) => contacts[address] ?? false,
      getHoldingRegister: () => reading,
      getCoil: (address: number) => relays[address] ?? false,
      setCoil: (address: number, on: boolean) => void (relays[address] = on),
    },
    { host: "127.0.0.1", port, unitID: 1 },
  );
  await once(server, "initialized");
  const line = await openTestLine(port);
  return {
    inputs: [1, 2],
    outputs: [1],
    line,
    start: (deps: DriverDeps) => startModbusDriver(settingsFor(line.port, withLoop), deps),
    contact: (_driver, point, level) => void (contacts[point - 1] = level === "closed"),
    relay: (point): OutputState => (relays[point - 1] === true ? "on" : "off"),
    dropRelays: () => void relays.fill(false),
    loop: (counts) => void (reading = counts),
    async [Symbol.asyncDispose]() {
      await line[Symbol.asyncDispose]();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

conformance(modbusManifest, clock, serverBoard);

async function scripted(answer: (asked: Asked) => Scripted, more: Partial<ModbusTcpSettings> = {}) {
  const board = await scriptedBoard(answer);
  const heard = recorder();
  const logged: string[] = [];
  const log = (message: string) => void logged.push(message);
  const driver = startModbusDriver(settingsFor(board.port, more), { clock, events: heard.events, log });
  return {
    board,
    heard,
    logged,
    driver,
    async [Symbol.asyncDispose]() {
      await driver[Symbol.asyncDispose]();
      await board[Symbol.asyncDispose]();
    },
  };
}

const lostReason = (heard: readonly Heard[]): string | undefined => {
  const link = linksOf(heard).at(-1);
  return link?.kind === "lost" ? link.reason : undefined;
};

test("an address that the board lacks is at fault alone, with a sentence, and the others go on", async () => {
  // a board refuses a whole read for one address that it lacks
  const lacks3 = (asked: Asked): Scripted =>
    asked.code === 2 && asked.address <= 3 && asked.address + asked.value > 3 ? { pdu: [0x82, 2] } : zeroes(asked);
  const inputs = [2, 3, 4].map((address) => ({
    point: address + 1,
    area: "discrete-input" as const,
    address,
    closedWhen: 0 as const,
  }));
  await using on = await scripted(lacks3, { inputs });
  await on.heard.until("all told", (heard) => isOnline(heard) && levelsOf(heard).length === 3);
  assert.deepEqual(
    levelsOf(on.heard.heard).map(({ point, level }) => [point, level]),
    [
      [3, "closed"],
      [4, "fault"],
      [5, "closed"],
    ],
  );
  const sentence = "reading discrete input 3 (1-based: 10004) of unit 1: the board has no such address";
  assert.match(levelsOf(on.heard.heard)[1]?.reason ?? "", new RegExp(sentence.replace(/[()]/g, "\\$&")));
  assert.equal(on.logged.filter((line) => line.startsWith(sentence)).length, 1);
});

test("a board that refuses every address is lost, not at rest", async () => {
  await using on = await scripted(({ code }) => ({ pdu: [code | 0x80, 2] }));
  await on.heard.until("lost", (heard) => lostReason(heard) !== undefined);
  assert.match(lostReason(on.heard.heard) ?? "", /discrete input 0 \(1-based: 10001\).*no such address/);
  assert.deepEqual(levelsOf(on.heard.heard), []);
});

test("a gateway whose unit does not answer is a lost board, and the sentence asks for the unit number", async () => {
  await using on = await scripted(({ code }) => ({ pdu: [code | 0x80, 11] }));
  await on.heard.until("lost", (heard) => lostReason(heard) !== undefined);
  assert.match(lostReason(on.heard.heard) ?? "", /of unit 1: the unit behind the gateway does not answer/);
});

test("a board that answers as another unit is lost", async () => {
  const otherUnit = ({ transaction }: Asked): Scripted => ({
    raw: Uint8Array.from([transaction >> 8, transaction & 255, 0, 0, 0, 4, 9, 2, 1, 0]),
  });
  await using on = await scripted(otherUnit);
  await on.heard.until("lost", (heard) => lostReason(heard) !== undefined);
  assert.equal(lostReason(on.heard.heard), "the board answered as unit 9, unit 1 was asked");
});

test("something that is no Modbus board is lost with a reason", async () => {
  await using on = await scripted(() => ({ raw: Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n") }));
  await on.heard.until("lost", (heard) => lostReason(heard) !== undefined);
  assert.match(lostReason(on.heard.heard) ?? "", /this is no Modbus TCP/);
});

test("nothing listens there: lost with a reason that helps", async () => {
  const heard = recorder();
  const settings = settingsFor(await freePort());
  await using driver = startModbusDriver(settings, { clock, events: heard.events, log: () => undefined });
  await heard.until("lost", (all) => lostReason(all) !== undefined);
  assert.match(lostReason(heard.heard) ?? "", /^no connection to 127\.0\.0\.1:\d+: the connection was refused/);
  assert.ok(driver);
});

test("at most one request is under way, and a command goes before the next read of the poll", async () => {
  let answered = -1;
  const order: number[] = [];
  const inputs = [0, 10, 20, 30].map((address, index) => ({
    point: index + 1,
    area: "discrete-input" as const,
    address,
    closedWhen: 1 as const,
  }));
  const board = await scriptedBoard((asked) => {
    assert.equal(answered + 1, order.length, "the one before was answered");
    order.push(asked.code);
    answered++;
    // the third contact is closed from the 20th request on
    const closed = asked.code === 2 && asked.address === 20 && order.length > 20;
    return closed ? { pdu: [2, 1, 1] } : zeroes(asked);
  });
  const heard = recorder();
  const driver = startModbusDriver(settingsFor(board.port, { inputs }), {
    clock,
    log: () => undefined,
    events: {
      ...heard.events,
      level(report) {
        heard.events.level(report);
        // as the engine does: the relay is wanted while the edge is being reported
        if (report.level === "closed") driver.want(1, "on");
      },
    },
  });
  await heard.until("commanded", (all) => all.some(({ kind }) => kind === "commanded"));
  await heard.until("read back", (all) => all.filter(({ kind }) => kind === "read-back").length > 1);
  const write = board.asked.findIndex(({ code }) => code === 5);
  assert.equal(board.asked[write - 1]?.address, 20, "right behind the reply that showed the edge");
  await driver[Symbol.asyncDispose]();
  await board[Symbol.asyncDispose]();
});

test("a relay that reads back otherwise is told as it is, and commanded again at growing pauses, not at every poll", async () => {
  let reads = 0;
  const deaf = (asked: Asked): Scripted => {
    if (asked.code === 1) reads++;
    return zeroes(asked);
  };
  await using on = await scripted(deaf);
  on.driver.want(1, "on");
  await on.heard.until("commanded twice", (heard) => heard.filter(({ kind }) => kind === "commanded").length === 2);
  const told = on.heard.heard.flatMap((entry) => (entry.kind === "read-back" ? [entry.state] : []));
  assert.deepEqual(new Set(told), new Set(["off"]));
  assert.ok(reads > 3, `${reads} polls lie between two commands`);
  assert.equal(on.logged.filter((line) => line.startsWith("relay reads back otherwise")).length, 1);
});

test("a coil that means on when it is 0 is written and read back that way round", async () => {
  let coil = 1;
  const inverted = (asked: Asked): Scripted => {
    if (asked.code === 5) coil = asked.value === 0xff00 ? 1 : 0;
    return asked.code === 1 ? { pdu: [1, 1, coil] } : zeroes(asked);
  };
  await using on = await scripted(inverted, { outputs: [{ point: 1, address: 0, onWhen: 0 }] });
  on.driver.want(1, "on");
  const isOn = (heard: readonly Heard[]) => heard.some((entry) => entry.kind === "read-back" && entry.state === "on");
  await on.heard.until("on", isOn);
  assert.equal(coil, 0);
});

test("polls are measured one by one, the first look is none of them", async (t) => {
  const still = fakeClock();
  const board = await scriptedBoard(zeroes);
  t.after(() => board[Symbol.asyncDispose]());
  const heard = recorder();
  const driver = startModbusDriver(settingsFor(board.port), {
    clock: still,
    events: heard.events,
    log: () => undefined,
  });
  t.after(() => driver[Symbol.asyncDispose]());
  const intervals = () => heard.heard.flatMap((entry) => (entry.kind === "polled" ? [entry.intervalMs] : []));
  await heard.until("online", isOnline);
  // the next poll is due 10 ms after the one before; all else that waits has seconds
  for (const ms of [10, 10, 25, 10]) {
    const due = after(still.now(), 10);
    while (still.nextWake !== due) await new Promise((resolve) => setImmediate(resolve));
    still.advance(ms);
  }
  await heard.until("four polls", () => intervals().length === 3);
  assert.deepEqual(intervals(), [10, 25, 10], "between the first poll and the fourth");
});

test("a command's bytes are handed to the socket before want returns, while the line is free", async () => {
  await using on = await scripted(zeroes, { pollMs: 60_000 });
  await on.heard.until("relay known", (heard) => heard.some(({ kind }) => kind === "read-back"));
  const before = on.heard.heard.length;
  on.driver.want(1, "on");
  assert.deepEqual(
    on.heard.heard.slice(before).map(({ kind }) => kind),
    ["commanded"],
  );
});

test("a coil that can be written but not read is commanded on every connect, and never said to read back", async () => {
  const writeOnly = (asked: Asked): Scripted => (asked.code === 1 ? { pdu: [0x81, 1] } : zeroes(asked));
  await using on = await scripted(writeOnly);
  on.driver.want(1, "on");
  await on.heard.until("commanded", (heard) => heard.some(({ kind }) => kind === "commanded"));
  const told = on.heard.heard.flatMap((entry) => (entry.kind === "read-back" ? [entry.state] : []));
  assert.deepEqual(new Set(told), new Set(["unknown"]));
});

test("an on whose end is known goes to the board's timed coil with what is left of its time, off and the rest as ever", async () => {
  const outputs = [{ point: 1, address: 0, onWhen: 1, timedAddress: 0x200 }] as const;
  await using on = await scripted(zeroes, { outputs, pollMs: 60_000 });
  const written = () => on.board.asked.filter(({ code }) => code === 5).map(({ address, value }) => [address, value]);
  const commanded = (n: number) => (heard: readonly Heard[]) =>
    heard.filter(({ kind }) => kind === "commanded").length === n;
  await on.heard.until("relay known", (heard) => heard.some(({ kind }) => kind === "read-back"));
  on.driver.want(1, "on", after(clock.now(), 180_000));
  await on.heard.until("timed", commanded(1));
  on.driver.want(1, "off");
  await on.heard.until("off", commanded(2));
  on.driver.want(1, "on");
  await on.heard.until("without an end", commanded(3));
  on.driver.want(1, "on", after(clock.now(), 3_600_000));
  await on.heard.until("longer than the board can", commanded(4));
  await on.driver[Symbol.asyncDispose]();
  const [timed, ...others] = written();
  assert.equal(timed?.[0], 0x200);
  assert.ok(timed[1] !== undefined && timed[1] > 1795 && timed[1] <= 1805, `${timed[1]} times 100 ms`);
  assert.deepEqual(others, [
    [0, 0],
    [0, 0xff00],
    [0, 0xff00],
  ]);
});

test("a board that has no timed coil after all is switched by the plain one", async () => {
  const refusing = (asked: Asked): Scripted =>
    asked.code === 5 && asked.address !== 0 ? { pdu: [0x85, 2] } : zeroes(asked);
  const outputs = [{ point: 1, address: 0, onWhen: 1, timedAddress: 0x200 }] as const;
  await using on = await scripted(refusing, { outputs, pollMs: 60_000 });
  await on.heard.until("relay known", (heard) => heard.some(({ kind }) => kind === "read-back"));
  on.driver.want(1, "on", after(clock.now(), 180_000));
  const both = (heard: readonly Heard[]) => heard.filter(({ kind }) => kind === "commanded").length === 2;
  await on.heard.until("commanded again", both);
  await on.driver[Symbol.asyncDispose]();
  assert.deepEqual(
    on.board.asked.filter(({ code }) => code === 5).map(({ address }) => address),
    [0x200, 0],
  );
});

/** Holding registers with these values; the addresses in `lacks` are refused. */
const registers =
  (values: Readonly<Record<number, number>>, lacks: ReadonlySet<number> = new Set()) =>
  ({ code, address, value }: Asked): Scripted => {
    if (code !== 3) return zeroes({ transaction: 0, unit: 1, code, address, value });
    const asked = Array.from({ length: value }, (_, index) => address + index);
    if (asked.some((one) => lacks.has(one))) return { pdu: [0x83, 2] };
    return { pdu: [3, 2 * value, ...asked.flatMap((one) => [(values[one] ?? 0) >> 8, (values[one] ?? 0) & 255])] };
  };
const supplied = (address: number, referenceAddress: number): Pick<ModbusTcpSettings, "inputs"> => ({
  inputs: [{ point: 1, area: "holding-bit", address, closedWhen: 1, loop: { ...testLoop, referenceAddress } }],
});
const lastOf = (heard: readonly Heard[]) => levelsOf(heard).at(-1);

for (const [address, reference] of [
  [0, 1],
  [7, 2],
  [0, 60],
] as const) {
  test(`a loop in register ${address} is judged by the supply that register ${reference} reads`, async () => {
    const values = { [address]: 1500, [reference]: 3000 };
    await using on = await scripted(registers(values), supplied(address, reference));
    await on.heard.until("half of the supply", (heard) => lastOf(heard)?.level === "closed");
    // the same counts with a higher supply are less than half of it: nearer to a short would be another state
    values[reference] = 4095;
    values[address] = 2730;
    await on.heard.until("two thirds", (heard) => lastOf(heard)?.level === "open");
    values[reference] = 1000;
    await on.heard.until("no supply", (heard) => lastOf(heard)?.level === "fault");
    assert.match(lastOf(on.heard.heard)?.reason ?? "", /the supply of the loop is missing/);
    assert.equal(lastOf(on.heard.heard)?.tamper, undefined);
  });
}

test("a loop whose supply can't be read is at fault with the board's reason, not tampered with", async () => {
  const lacks = new Set([60]);
  const both = { inputs: [...supplied(0, 60).inputs, ...settingsFor(0).inputs.slice(1)] };
  await using on = await scripted(registers({ 0: 2047 }, lacks), both);
  await on.heard.until("told", (heard) => isOnline(heard) && levelsOf(heard).some(({ point }) => point === 1));
  const told = levelsOf(on.heard.heard).filter(({ point }) => point === 1);
  assert.deepEqual(
    told.map(({ level, tamper }) => [level, tamper]),
    [["fault", undefined]],
  );
  assert.match(told[0]?.reason ?? "", /holding register 60 .*no such address/);
});
