import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ModbusArea } from "../../domain/site-config.ts";
import { addressText, rangeText, reference } from "./addresses.ts";
import { decodeAnswer, encodeRequest, takeMessage, type Message, type Request } from "./protocol.ts";
import { halveGroup, itemsOf, meaningOf, planReads, type ReadItem } from "./read-plan.ts";
import { modbusQuirks } from "./quirks.ts";
import { settingsFor } from "./test-board.ts";

const areas = ["coil", "discrete-input", "input-bit", "holding-bit"] as const satisfies readonly ModbusArea[];
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

test("an address is said as the protocol counts and as manuals print it", () => {
  assert.equal(addressText("discrete-input", 3), "discrete input 3 (1-based: 10004)");
  assert.equal(addressText("coil", 0), "coil 0 (1-based: 00001)");
  assert.equal(addressText("holding-bit", 0, 5), "holding register 0 bit 5 (1-based: 40001 bit 5)");
  assert.equal(rangeText("discrete-input", 0, 8), "discrete inputs 0–7 (1-based: 10001–10008)");
  assert.equal(reference("input-bit", 9998), "39999");
  assert.equal(reference("input-bit", 9999), "310000");
  assert.equal(reference("holding-bit", 65535), "465536");
});

test("requests are the bytes of the examples in the Modbus documents", () => {
  // V1.1b3 §6.2: read 22 discrete inputs from 196 on; §6.5: coil 172 on
  const read: Request = { kind: "read", area: "discrete-input", address: 196, count: 22 };
  assert.deepEqual(encodeRequest(0x1501, 1, read), bytes("1501 0000 0006 01 02 00C4 0016"));
  const write: Request = { kind: "write-coil", address: 172, on: true };
  assert.deepEqual(encodeRequest(7, 17, write), bytes("0007 0000 0006 11 05 00AC FF00"));
});

test("the reply of the document's example is read bit by bit, lowest first", () => {
  const taken = takeMessage(bytes("1501 0000 0006 01 02 03 AC DB 35"));
  assert.ok(taken.kind === "message");
  const answer = decodeAnswer(1, { kind: "read", area: "discrete-input", address: 196, count: 22 }, taken.message);
  assert.ok(answer.ok && answer.value.kind === "values");
  assert.equal(answer.value.values.join(""), "0011010111011011101011");
});

test("a refusal is a sentence that names the point in both countings", () => {
  const read: Request = { kind: "read", area: "discrete-input", address: 3, count: 1 };
  const answer = decodeAnswer(2, read, { transaction: 1, unit: 2, pdu: bytes("82 02") });
  assert.ok(answer.ok && answer.value.kind === "exception");
  assert.equal(
    answer.value.exception.text,
    "reading discrete input 3 (1-based: 10004) of unit 2: the board has no such address (Modbus exception 2)",
  );
});

test("a reply that announces more or fewer values than were asked for is no reply", () => {
  const read: Request = { kind: "read", area: "coil", address: 0, count: 9 };
  for (const pdu of ["01 01 ff", "01 03 ffffff", "01 02 ff", "01 03 ffff", "01", ""]) {
    const answer = decodeAnswer(1, read, { transaction: 1, unit: 1, pdu: bytes(pdu) });
    assert.equal(answer.ok, false, pdu);
  }
  assert.ok(decodeAnswer(1, read, { transaction: 1, unit: 1, pdu: bytes("01 02 ffff") }).ok);
});

test("any split of a byte stream gives the same messages", () => {
  const message = fc.tuple(fc.nat(65535), fc.nat(255), fc.uint8Array({ minLength: 2, maxLength: 253 }));
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(300)), (messages, cuts) => {
      const stream = Buffer.concat(
        messages.map(([transaction, unit, pdu]) => {
          const header = Buffer.alloc(7);
          header.writeUInt16BE(transaction, 0);
          header.writeUInt16BE(pdu.length + 1, 4);
          header.writeUInt8(unit, 6);
          return Buffer.concat([header, pdu]);
        }),
      );
      const found: Message[] = [];
      let rest = Buffer.alloc(0);
      let at = 0;
      for (const size of [...cuts, stream.length]) {
        rest = Buffer.concat([rest, stream.subarray(at, at + size)]);
        at = Math.min(at + size, stream.length);
        for (let taken = takeMessage(rest); taken.kind === "message"; taken = takeMessage(rest)) {
          found.push(taken.message);
          rest = rest.subarray(taken.length);
        }
      }
      assert.deepEqual(
        found.map(({ transaction, unit, pdu }) => [transaction, unit, [...pdu]]),
        messages.map(([transaction, unit, pdu]) => [transaction, unit, [...pdu]]),
      );
    }),
  );
});

const anyRequest = fc.oneof(
  fc.record({
    kind: fc.constant("read" as const),
    area: fc.constantFrom(...areas),
    address: fc.nat(65535),
    count: fc.integer({ min: 1, max: 125 }),
  }),
  fc.record({ kind: fc.constant("write-coil" as const), address: fc.nat(65535), on: fc.boolean() }),
  fc.record({
    kind: fc.constant("write-coil" as const),
    address: fc.nat(65535),
    on: fc.constant(true),
    units: fc.integer({ min: 1, max: 0x7fff }),
  }),
);

test("random bytes are an error or a whole answer, never a throw; what is read has the asked length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), anyRequest, (noise, request) => {
      const taken = takeMessage(noise);
      if (taken.kind === "message") assert.ok(taken.length <= noise.length && taken.length >= 9);
      const answer = decodeAnswer(1, request, { transaction: 1, unit: 1, pdu: noise });
      if (!answer.ok || answer.value.kind !== "values") return;
      assert.ok(request.kind === "read" && answer.value.values.length === request.count);
    }),
  );
});

const anyItem = fc.record({
  point: fc.nat(1000),
  area: fc.constantFrom(...areas),
  address: fc.nat(3000),
  bit: fc.nat(15),
  closedWhen: fc.constantFrom(0 as const, 1 as const),
});

test("a plan reads every point once, bridges no gap, and keeps within what one read may ask", () => {
  fc.assert(
    fc.property(fc.array(anyItem, { maxLength: 60 }), (points) => {
      const items = points.map((item): ReadItem => ({ use: "input", ...item }));
      const groups = planReads(items, { maxBits: 20, maxRegisters: 5 });
      assert.deepEqual(new Set(groups.flatMap((group) => group.items)), new Set(items));
      for (const { request, items: inside } of groups) {
        assert.ok(request.count <= (request.area === "coil" || request.area === "discrete-input" ? 20 : 5));
        const addresses = new Set(inside.map(({ address }) => address));
        assert.equal(addresses.size, request.count, "only addresses that somebody wants");
        for (const address of addresses)
          assert.ok(address >= request.address && address < request.address + request.count);
      }
      for (const group of groups) {
        const halves = halveGroup(group);
        assert.deepEqual(new Set(halves.flatMap(({ items: inside }) => inside)), new Set(group.items));
        assert.equal(
          halves.reduce((sum, { request }) => sum + request.count, 0),
          group.request.count,
        );
        assert.ok(
          halves.every((half) => half.items.length > 0),
          "gaps are not bridged, so no half is empty",
        );
      }
    }),
  );
});

test("eight neighbouring contacts and two relays are two reads, the contacts first", () => {
  const inputs = Array.from({ length: 8 }, (_, address) => ({
    point: address + 1,
    area: "discrete-input" as const,
    address,
    closedWhen: 1 as const,
  }));
  const outputs = [0, 1].map((address) => ({ point: address + 1, address, onWhen: 1 as const }));
  const groups = planReads(itemsOf(settingsFor(502, { inputs, outputs })), modbusQuirks.standard);
  assert.deepEqual(
    groups.map(({ request }) => [request.area, request.address, request.count]),
    [
      ["discrete-input", 0, 8],
      ["coil", 0, 2],
    ],
  );
});

test("which value means closed, and which bit of a register, is the board's setting", () => {
  const inputs = [
    { point: 1, area: "holding-bit", address: 7, bit: 0, closedWhen: 1 },
    { point: 2, area: "holding-bit", address: 7, bit: 15, closedWhen: 0 },
    { point: 3, area: "holding-bit", address: 8, closedWhen: 1 },
  ] as const;
  const outputs = [{ point: 1, address: 0, onWhen: 0 }] as const;
  const [registers, coils] = planReads(itemsOf(settingsFor(502, { inputs, outputs })), modbusQuirks.standard);
  assert.ok(registers && coils);
  const levels = (values: number[]) =>
    meaningOf(registers, values).map((meaning) => (meaning.use === "input" ? meaning.level : ""));
  assert.deepEqual(levels([0x0001, 0]), ["closed", "closed", "open"]);
  assert.deepEqual(levels([0x8000, 1]), ["open", "open", "closed"]);
  assert.deepEqual(meaningOf(coils, [0]), [{ use: "output", point: 1, state: "on" }]);
});
