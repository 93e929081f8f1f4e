/** A board made of Debian's pymodbus, in a process of its own. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "../../src/drivers/conformance-line.ts";

const python = "/usr/bin/python3";
const needs = "import pymodbus.server.async_io, serial, serial_asyncio";
export const present = spawnSync(python, ["-c", needs]).status === 0;
const why = "needs Debian's python3-pymodbus, python3-serial and python3-serial-asyncio";
if (!present && process.env["CI"] === "true") throw new Error(why);
export const skip = present ? false : why;

export interface PyBoard extends AsyncDisposable {
  /** Of a board on the network. */
  readonly port: number;
  /** Of a board on a serial line: the port at our end, 9600 8N1. */
  readonly path: string;
  set(table: "di" | "co" | "hr" | "ir", address: number, value: number): Promise<void>;
  get(table: "di" | "co" | "hr" | "ir", address: number): Promise<number>;
  /** It dies; a serial port of its line goes with it. */
  kill(): Promise<void>;
}

/** Starts one on a free loopback port, or at the end of a pair of pseudo terminals. */
export async function pyBoard(over: "tcp" | "serial" = "tcp"): Promise<PyBoard> {
  const port = over === "tcp" ? await freePort() : 0;
  const script = join(import.meta.dirname, "pymodbus_board.py");
  const child = spawn(python, [script, over === "tcp" ? String(port) : "serial"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error("the pymodbus board ended");
    return value;
  };
  const [ready, path = ""] = (await answer()).split(" ");
  assert.equal(ready, "ready");
  // one question at a time: the answers carry no name
  let queue: Promise<string> = Promise.resolve("");
  const ask = (line: string) => {
    queue = queue.then(() => {
      child.stdin.write(`${line}\n`);
      return answer();
    });
    return queue;
  };
  const kill = async () => {
    child.kill("SIGKILL");
    await closed;
  };
  return {
    port,
    path,
    async set(table, address, value) {
      await ask(`set ${table} ${address} ${value}`);
    },
    get: async (table, address) => Number(await ask(`get ${table} ${address}`)),
    kill,
    async [Symbol.asyncDispose]() {
      await queue;
      await kill();
    },
  };
}
