import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startModbusBoard } from "./board.ts";
import { modbusReader } from "./modbus-frame.ts";

async function client(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** MBAP + PDU with transaction 0x1234. */
function request(unit: number, ...pdu: readonly number[]): Buffer {
  return Buffer.from([0x12, 0x34, 0, 0, 0, pdu.length + 1, unit, ...pdu]);
}

async function ask(socket: Socket, bytes: Buffer): Promise<string> {
  socket.write(bytes);
  const [reply] = (await once(socket, "data")) as [Buffer];
  return reply.toString("hex");
}

test("contacts are read from every table, and relays are written and read back", async () => {
  await using board = await startModbusBoard({ contacts: 20, relays: 2, closed: [true, false, true] });
  const socket = await client(board.port);
  assert.equal(await ask(socket, request(1, 2, 0, 0, 0, 4)), "12340000000401020105");
  assert.equal(await ask(socket, request(1, 1, 0, 100, 0, 3)), "12340000000401010105");
  assert.equal(await ask(socket, request(1, 4, 0, 0, 0, 2)), "12340000000701040400050000");
  assert.equal(await ask(socket, request(1, 3, 0, 102, 0, 1)), "1234000000050103020001");
  assert.equal(await ask(socket, request(1, 5, 0, 1, 0xff, 0)), "12340000000601050001ff00");
  assert.equal(await ask(socket, request(1, 1, 0, 0, 0, 2)), "12340000000401010102");
  assert.equal(await ask(socket, request(1, 15, 0, 0, 0, 2, 1, 1)), "123400000006010f00000002");
  assert.deepEqual((await board.control({ do: "status" })).relays, [true, false]);
  socket.destroy();
});

test("an analogue input reads what it was told to, 16 bits wide", async () => {
  await using board = await startModbusBoard({ contacts: 1, relays: 0, analogue: [2047, 1] });
  const socket = await client(board.port);
  assert.equal(await ask(socket, request(1, 4, 1, 44, 0, 2)), "123400000007010404" + "07ff" + "0001");
  await board.control({ do: "read", analogue: 0, counts: 65_535 });
  assert.equal(await ask(socket, request(1, 4, 1, 44, 0, 1)), "123400000005010402ffff");
  await assert.rejects(board.control({ do: "read", analogue: 2, counts: 0 }), /no analogue input 2/);
  socket.destroy();
});

test("what is not on the board is an exception of the protocol", async () => {
  await using board = await startModbusBoard({ contacts: 2, relays: 1 });
  const socket = await client(board.port);
  assert.equal(await ask(socket, request(1, 2, 0, 1, 0, 2)), "123400000003018202", "address");
  assert.equal(await ask(socket, request(1, 5, 0, 0, 1, 0)), "123400000003018503", "value");
  assert.equal(await ask(socket, request(1, 43, 0, 0, 0, 0)), "12340000000301ab01", "function");
  socket.destroy();
});

test("a board that is down refuses and later answers on the same port", async () => {
  await using board = await startModbusBoard({ contacts: 1, relays: 0 });
  const { port } = board;
  const before = await client(port);
  const closed = once(before, "close");
  await board.control({ do: "down" });
  await closed;
  await assert.rejects(client(port), { code: "ECONNREFUSED" });
  await board.control({ do: "up" });
  const after = await client(port);
  assert.equal(await ask(after, request(1, 2, 0, 0, 0, 1)), "12340000000401020100");
  after.destroy();
});

test("faults answer by half, for another unit, or with an exception", async () => {
  await using board = await startModbusBoard({ contacts: 1, relays: 0 });
  const socket = await client(board.port);
  await board.control({ do: "half-reply" });
  assert.equal(await ask(socket, request(1, 2, 0, 0, 0, 1)), "1234000000");
  await board.control({ do: "wrong-unit" });
  assert.equal(await ask(socket, request(1, 2, 0, 0, 0, 1)), "12340000000454020100");
  await board.control({ do: "exception", code: 6 });
  assert.equal(await ask(socket, request(1, 2, 0, 0, 0, 1)), "123400000003018206");
  socket.destroy();
});

test("the log tells every change of a contact once, with its time, and every coil write", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rd-"));
  const logFile = join(folder, "board.log");
  {
    await using board = await startModbusBoard({ contacts: 2, relays: 1, logFile });
    await board.control({ do: "set", contact: 1, to: "closed" });
    await board.control({ do: "set", contact: 1, to: "closed" });
    await board.control({ do: "bounce", contact: 0, gapsMs: [0, 0] });
    await assert.rejects(board.control({ do: "set", contact: 2, to: "open" }), /no contact 2/);
    const socket = await client(board.port);
    await ask(socket, request(1, 5, 0, 0, 0xff, 0));
    await ask(socket, request(1, 5, 0, 0, 0xff, 0));
    socket.destroy();
  }
  const lines = readFileSync(logFile, "utf8").trim().split("\n");
  assert.deepEqual(
    lines.map((line) => line.replace(/ \d{6,}/, "")),
    [
      "reed-board-log 1 contacts 2 relays 1",
      "contact 1 closed",
      "contact 0 closed",
      "contact 0 open",
      "contact 0 closed",
      "connection 1 open",
      "coil 0 on 1 changed",
      "coil 0 on 1 same",
      "connection 1 closed",
    ],
  );
  rmSync(folder, { recursive: true });
});

test("requests are found however the bytes are split, and what is not Modbus throws", () => {
  const bytes = Buffer.concat([request(1, 2, 0, 0, 0, 1), request(7, 5, 0, 3, 0xff, 0)]);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const read = modbusReader();
    const found = [...read(bytes.subarray(0, cut)), ...read(bytes.subarray(cut))];
    assert.deepEqual(
      found.map(({ unit, code, data }) => [unit, code, data.toString("hex")]),
      [
        [1, 2, "00000001"],
        [7, 5, "0003ff00"],
      ],
    );
  }
  assert.throws(() => modbusReader()(Buffer.from("GET / HTTP/1.1\r\n")), /not Modbus/);
});
