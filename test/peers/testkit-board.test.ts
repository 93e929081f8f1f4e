import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { BoardCommand } from "../../src/testkit/board/options.ts";
import type { BoardStatus } from "../../src/testkit/board/board.ts";
import { startProgram, temporaryFolder } from "../../src/testkit/process.ts";

const python = "/usr/bin/python3";
const missing =
  spawnSync(python, ["-c", "import pymodbus.client"]).status === 0
    ? false
    : "pymodbus is not installed (Debian packages: python3-pymodbus python3-serial)";
const skip = process.env["CI"] === "true" ? false : missing;

const script = `
import sys, json
from pymodbus.client import ModbusTcpClient
c = ModbusTcpClient("127.0.0.1", port=int(sys.argv[1]))
assert c.connect()
inputs = c.read_discrete_inputs(0, 4, slave=1).bits[:4]
wrote = not c.write_coil(1, True, slave=1).isError()
coils = c.read_coils(0, 2, slave=1).bits[:2]
registers = c.read_input_registers(0, 1, slave=1).registers + c.read_holding_registers(100, 4, slave=1).registers
missing = c.read_discrete_inputs(100, 1, slave=1).isError()
c.close()
print(json.dumps(dict(inputs=inputs, wrote=wrote, coils=coils, registers=registers, missing=missing)))
`;

const runPython = (port: number) =>
  new Promise<string>((resolve) => {
    const child = spawn(python, ["-c", script, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
    child.on("close", () => resolve(text));
  });

test(
  "pymodbus reads the contacts of the board and switches a relay, which the board's log tells",
  { skip },
  async () => {
    await using folder = await temporaryFolder();
    const main = fileURLToPath(new URL("../../src/testkit/board-main.ts", import.meta.url));
    const logFile = join(folder.path, "board.log");
    const options = { contacts: 4, relays: 2, closed: [true, true, false, false], logFile };
    await using board = await startProgram<BoardCommand, BoardStatus>([
      process.execPath,
      main,
      JSON.stringify(options),
    ]);
    await board.send({ do: "set", contact: 0, to: "open" });
    assert.deepEqual(JSON.parse(await runPython(Number(board.ready["port"]))), {
      inputs: [false, true, false, false],
      wrote: true,
      coils: [false, true],
      registers: [2, 0, 1, 0, 0],
      missing: true,
    });
    assert.deepEqual((await board.send({ do: "status" })).relays, [false, true]);
    assert.match(readFileSync(logFile, "utf8"), /^contact 0 open \d+\n(.*\n)*coil 1 on \d+ 1 changed$/m);
    await assert.rejects(board.send({ do: "set", contact: 9, to: "open" }), /no contact 9/);
  },
);
