import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { OutputState } from "../../domain/level.ts";
import type { ModbusRtuSettings } from "../../domain/site-config.ts";
import { systemClock } from "../../platform/clock.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { conformance, loopPoint, testLoop, type TestBoard } from "../conformance.ts";
import { isOnline, levelsOf, linksOf, recorder } from "../conformance-recorder.ts";
import { startModbusRtuDriver } from "./driver.ts";
import { modbusRtuManifest } from "./manifest.ts";
import { encodeRequest, type Request } from "./protocol.ts";
import { crc16, encodeFrame, replyLength, silenceMs, takeFrame, wireMs } from "./rtu-frame.ts";
import { answerPatience, shareLine } from "./rtu-line.ts";
import { portReason } from "./serial-port.ts";
import { settingsFor, zeroes, type Asked, type Scripted } from "./test-board.ts";
import { frameOf, testBus, type TestBus } from "./test-serial.ts";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const { inputs, outputs } = settingsFor(0);
let lastPath = 0;

/** Each with a path of its own: a line is shared by its path. */
const settings = (more: Partial<ModbusRtuSettings> = {}): ModbusRtuSettings => ({
  ...{ kind: "modbus-rtu", path: `/dev/test${++lastPath}`, baudRate: 115_200, parity: "none", stopBits: 1 },
  ...{ unit: 1, pollMs: 10, inputs, outputs },
  ...more,
});

/** Two contacts and a relay behind unit 1. */
function busBoard(): Promise<TestBoard> {
  const contacts = [false, false];
  const relays = [false];
  let reading = 2047;
  const bus = testBus(({ code, address, value }: Asked): Scripted => {
    if (code === 5) {
      relays[address] = value === 0xff00;
      return { pdu: [5, address >> 8, address & 255, value >> 8, value & 255] };
    }
    if (code === 4) return { pdu: [4, 2, reading >> 8, reading & 255] };
    const from = code === 1 ? relays : contacts;
    const bits = Array.from({ length: value }, (_, index) => (from[address + index] === true ? 1 << index : 0));
    return { pdu: [code, 1, bits.reduce((all, bit) => all | bit, 0)] };
  });
  const analogue = { point: loopPoint, area: "input-bit", address: 5, closedWhen: 1, loop: testLoop } as const;
  const mine = settings({ inputs: [...inputs, analogue] });
  return Promise.resolve({
    inputs: [1, 2],
    outputs: [1],
    line: bus.line,
    start: (deps) => startModbusRtuDriver(mine, deps, bus.open),
    contact: (_driver, point, level) => void (contacts[point - 1] = level === "closed"),
    relay: (point): OutputState => (relays[point - 1] === true ? "on" : "off"),
    dropRelays: () => void relays.fill(false),
    loop: (counts) => void (reading = counts),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

conformance(modbusRtuManifest, systemClock(), busBoard);

test("the check sum and frame are those of the document's example", () => {
  // V1.02 §6.2.2 gives 0x1241 for 02 07; sent low byte first
  assert.equal(crc16(bytes("02 07")), 0x1241);
  assert.deepEqual(
    encodeFrame(17, { kind: "write-coil", address: 172, on: true }),
    Uint8Array.from(frameOf(17, [5, 0, 172, 0xff, 0])),
  );
});

const read: Request = { kind: "read", area: "discrete-input", address: 0, count: 8 };

test("a reply is whole by its function and count, however it is cut up, and noise around it changes nothing", () => {
  const frame = frameOf(1, [2, 1, 0b101]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 6 }), fc.uint8Array({ maxLength: 6 }), (before, behind) => {
      // noise that looks like the beginning of an answer of this unit can't be told from one
      fc.pre(!before.includes(1));
      const taken = takeFrame(Buffer.concat([before, frame, behind]), 1, read);
      assert.ok(taken.kind === "frame");
      assert.deepEqual([...taken.message.pdu], [2, 1, 0b101]);
      const most = takeFrame(Buffer.concat([before, frame.subarray(0, frame.length - 1)]), 1, read);
      assert.equal(most.kind, "more");
    }),
  );
});

test("a damaged answer is no answer, an echo of the question none either", () => {
  const frame = frameOf(1, [2, 1, 0b101]);
  for (let bit = 8; bit < frame.length * 8; bit++) {
    const damaged = Buffer.from(frame);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.notEqual(takeFrame(damaged, 1, read).kind, "frame", `bit ${bit}`);
  }
  const echoed = takeFrame(Buffer.concat([encodeFrame(1, read), frame]), 1, read);
  assert.equal(echoed.kind, "frame");
  assert.equal(takeFrame(frameOf(2, [2, 1, 0b101]), 1, read).kind, "more");
});

test("random bytes never throw", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => void takeFrame(noise, 1, read)));
});

test("the line rests 3.5 characters between frames, and 1.75 ms when it is fast", () => {
  assert.equal(silenceMs(9600).toFixed(2), "4.01");
  assert.equal(silenceMs(19_200).toFixed(2), "2.01");
  assert.equal(silenceMs(115_200), 1.75);
  assert.equal(wireMs(8, 9600).toFixed(1), "9.2");
  assert.equal(replyLength({ kind: "read", area: "holding-bit", address: 0, count: 4 }), 13);
});

/** A line with a fake clock: what it sent, and when. */
async function quietLine(answer: (asked: Asked) => Scripted) {
  const clock = fakeClock();
  const bus = testBus(answer);
  const place = settings({ baudRate: 9600 });
  const line = await shareLine(place, clock, bus.open);
  const ended: string[] = [];
  const job = (unit: number, command: boolean, tries = 1) => ({
    ...{ unit, command, tries, sent: () => undefined, missed: () => void ended.push(`${unit} missed`) },
    make: (): Request => (command ? { kind: "write-coil", address: 0, on: true } : read),
    answered: () => void ended.push(`${unit} answered`),
    failed: (why: string) => void ended.push(`${unit} ${why}`),
  });
  const settle = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return { clock, bus, line, ended, job, settle };
}

test("one request is under way at a time, a command goes before waiting reads of any board, after the silence", async () => {
  const { clock, bus, line, ended, job, settle } = await quietLine(zeroes);
  line.submit(job(1, false));
  line.submit(job(2, false));
  line.submit(job(3, true));
  assert.deepEqual(
    bus.asked.map(({ unit }) => unit),
    [1],
  );
  await settle();
  assert.deepEqual(ended, ["1 answered"]);
  clock.advance(wireMs(8, 9600) + silenceMs(9600) - 0.01);
  assert.equal(bus.asked.length, 1, "the line has not rested yet");
  clock.advance(0.01);
  assert.deepEqual(
    bus.asked.map(({ unit }) => unit),
    [1, 3],
  );
  await settle();
  clock.advance(20);
  assert.deepEqual(
    bus.asked.map(({ unit }) => unit),
    [1, 3, 2],
  );
  line.release();
});

test("what is not answered is asked again, a command between; then it failed, and the line goes on", async () => {
  const { clock, bus, line, ended, job, settle } = await quietLine((asked) =>
    asked.unit === 1 ? undefined : zeroes(asked),
  );
  line.submit(job(1, false, 2));
  line.submit(job(2, true));
  const patience = wireMs(8 + 6, 9600) + answerPatience;
  clock.advance(patience - 0.1);
  assert.deepEqual(ended, []);
  clock.advance(0.1);
  await settle();
  assert.deepEqual(ended, ["1 missed", "2 answered"]);
  clock.advance(20);
  clock.advance(patience);
  assert.deepEqual(ended.slice(2), ["1 missed", "1 it does not answer"]);
  line.release();
  assert.equal(bus.openPorts(), 0);
});

test("what nobody waits for any more still has the line until it was answered", async () => {
  const { clock, bus, line, ended, job, settle } = await quietLine((asked) =>
    asked.unit === 1 ? undefined : zeroes(asked),
  );
  line.submit(job(1, false, 3));
  line.submit(job(2, false));
  line.withdraw(({ unit }) => unit === 1);
  clock.advance(100);
  assert.equal(bus.asked.length, 1);
  clock.advance(450);
  await settle();
  assert.deepEqual(ended, ["2 answered"]);
  assert.deepEqual(
    bus.asked.map(({ unit }) => unit),
    [1, 2],
  );
  line.release();
});

test("a line is opened once for all its boards, with one setting, and closed by the last", async () => {
  const clock = fakeClock();
  const bus = testBus(zeroes);
  const place = settings();
  const first = await shareLine(place, clock, bus.open);
  const second = await shareLine({ ...place }, clock, bus.open);
  assert.equal(bus.openPorts(), 1);
  await assert.rejects(
    shareLine({ ...place, baudRate: 9600, parity: "even" }, clock, bus.open),
    new RegExp(`another board uses ${place.path} with 115200 8N1, this one asks for 9600 8E1`),
  );
  first.release();
  assert.equal(bus.openPorts(), 1);
  second.release();
  assert.equal(bus.openPorts(), 0);
  const again = await shareLine({ ...place, baudRate: 9600 }, clock, bus.open);
  assert.equal(bus.openPorts(), 1);
  again.release();
});

const start = (bus: TestBus, mine: ModbusRtuSettings) => {
  const heard = recorder();
  const driver = startModbusRtuDriver(
    mine,
    { clock: systemClock(), events: heard.events, log: () => undefined },
    bus.open,
  );
  return { heard, driver };
};

test("one damaged answer costs a count, not the board", async () => {
  const bus = testBus(zeroes);
  const { heard, driver } = start(bus, settings());
  await heard.until("online", isOnline);
  bus.garble((frame) => Buffer.concat([frame.subarray(0, 3), Buffer.of(0x55), frame.subarray(4)]));
  await heard.until("missed", (all) => all.some((entry) => entry.kind === "heard" && !entry.ok));
  const polls = bus.asked.length;
  await heard.until("goes on", () => bus.asked.length > polls + 4);
  assert.deepEqual(
    linksOf(heard.heard).map(({ kind }) => kind),
    ["connecting", "online"],
  );
  await driver[Symbol.asyncDispose]();
});

test("a silent unit is lost alone, with a sentence that names line, unit and settings; its neighbour goes on", async () => {
  const bus = testBus((asked) => (asked.unit === 2 ? undefined : zeroes(asked)));
  const mine = settings();
  const well = start(bus, mine);
  const silent = start(bus, { ...mine, unit: 2 });
  await silent.heard.until("lost", (all) => linksOf(all).at(-1)?.kind === "lost");
  const link = linksOf(silent.heard.heard).at(-1);
  assert.match(
    link?.kind === "lost" ? link.reason : "",
    /^unit 2 on \/dev\/test\d+: it does not answer .*are the unit number, 115200 8N1 and the polarity of A and B right\?$/,
  );
  await well.heard.until("is there", (all) => isOnline(all) && levelsOf(all).length === 2);
  await silent.driver[Symbol.asyncDispose]();
  await well.driver[Symbol.asyncDispose]();
  assert.equal(bus.openPorts(), 0);
});

test("why a port can't be opened is said with what to do", () => {
  const error = (text: string) => new Error(`Error: ${text}, cannot open /dev/ttyUSB0`);
  assert.match(portReason("/dev/ttyUSB0", error("No such file or directory")), /is the adapter plugged in\?/);
  assert.match(portReason("/dev/ttyUSB0", error("Permission denied")), /add its user to the group dialout/);
  assert.match(
    portReason("/dev/ttyUSB0", new Error("Error Resource temporarily unavailable Cannot lock port")),
    /in use/,
  );
  assert.match(
    portReason("/dev/x", new Error("Inappropriate ioctl for device setting custom baud rate")),
    /no serial port/,
  );
  assert.equal(portReason("/dev/x", new Error("odd")), "/dev/x can't be opened: odd");
});

test("the PDU of a frame is that of Modbus TCP", () => {
  assert.deepEqual(encodeFrame(1, read).subarray(0, 6), encodeRequest(9, 1, read).subarray(6));
});
