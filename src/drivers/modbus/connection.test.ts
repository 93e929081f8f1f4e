import assert from "node:assert/strict";
import { test } from "node:test";
import { systemClock } from "../../platform/clock.ts";
import { connectModbus } from "./connection.ts";
import { scriptedBoard, zeroes } from "./test-board.ts";

const clock = systemClock();
const read = { kind: "read", area: "coil", address: 0, count: 1 } as const;
const write = (address: number) => ({ kind: "write-coil", address, on: true }) as const;

test("a command that comes while another request is under way overtakes a read that waits", async () => {
  await using board = await scriptedBoard(zeroes);
  const target = { host: "127.0.0.1", port: board.port, unit: 1 };
  const connection = await connectModbus(target, clock, new AbortController().signal);
  const nothing = () => undefined;
  await Promise.all([
    connection.command(() => write(1), nothing),
    connection.ask(read),
    connection.command(() => write(2), nothing),
  ]);
  assert.deepEqual(
    board.asked.map(({ code, address }) => [code, address]),
    [
      [5, 1],
      [5, 2],
      [1, 0],
    ],
  );
  connection.close();
});

test("whoever waits for an answer is told when the connection ends, and whoever asks afterwards too", async () => {
  await using board = await scriptedBoard(() => undefined);
  const target = { host: "127.0.0.1", port: board.port, unit: 1 };
  const connection = await connectModbus(target, clock, new AbortController().signal);
  const asked = [
    connection.ask(read),
    connection.command(
      () => write(1),
      () => undefined,
    ),
    connection.commandsDone(),
  ];
  connection.close();
  const settled = await Promise.allSettled(asked);
  assert.deepEqual(
    settled.map(({ status }) => status),
    ["rejected", "rejected", "fulfilled"],
  );
  await assert.rejects(connection.ask(read), /closed/);
  assert.ok(connection.signal.aborted);
});
