import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { freePort, until } from "./reed.ts";

const program = "/usr/sbin/mosquitto";
const why = "needs Debian's mosquitto";
if (!existsSync(program) && process.env["CI"] === "true") throw new Error(why);
export const mosquittoSkip: string | false = existsSync(program) ? false : why;

export interface Mosquitto extends AsyncDisposable {
  readonly url: string;
  /** As if the machine it runs on lost its power; what was retained is gone. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A real broker on a free loopback port that lets everybody in. */
export async function mosquitto(): Promise<Mosquitto> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const stop = async () => {
    const running = child;
    child = undefined;
    if (running === undefined) return;
    running.kill("SIGKILL");
    await once(running, "exit");
  };
  const start = async () => {
    // without a file of its own it listens on loopback only and asks no password
    child = spawn(program, ["-p", String(port)], { stdio: "ignore" });
    await until(() => listens(port), "mosquitto listens");
  };
  await start();
  return { url: `mqtt://127.0.0.1:${port}`, stop, start, [Symbol.asyncDispose]: stop };
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
