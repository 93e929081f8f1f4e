import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { mkdirSync } from "node:fs";
import { linesOver, listenLines } from "../platform/lines.ts";
import { dataPaths } from "../platform/paths.ts";
import { openStoreForStart } from "../store/start.ts";
import { startStoreWriter } from "../store/writer.ts";
import { startProgram, type Program } from "../testkit/process.ts";
import type { DemoCommand } from "../testkit/demo.ts";
import { demoChanges, type DemoServes } from "./demo-site.ts";

interface TripRequest {
  readonly contact: number;
  readonly ms: number;
}
type TripAnswer = { readonly ok: true } | { readonly ok: false; readonly error: string };

const demoSocket = (data: string): string => join(dataPaths(data).run, "demo.sock");

/**
 * Cameras and a board of the project's own, wired to rules. Contacts are tripped by typing their number and Enter, or
 * with `reed demo trip N` from another terminal (a Unix socket that only this user may open).
 */
export async function startDemo(data: string): Promise<AsyncDisposable> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const script = fileURLToPath(new URL("../testkit/demo.ts", import.meta.url));
  const program = await startProgram<DemoCommand>([process.execPath, script, "{}"]);
  const serves = program.ready as unknown as DemoServes;
  await writeSettings(data, serves);
  const server = await listenLines<TripRequest, TripAnswer>(demoSocket(data), (lines) => {
    lines.onMessage(({ contact, ms }) => {
      trip(program, serves, contact, ms).then(
        () => lines.send({ ok: true }),
        (error: unknown) => lines.send({ ok: false, error: error instanceof Error ? error.message : String(error) }),
      );
    });
  });
  explain(serves);
  const keys = createInterface({ input: process.stdin });
  keys.on("line", (line) => {
    const contact = Number(line.trim());
    if (line.trim() === "") return;
    trip(program, serves, contact, 3000).catch((error: unknown) => console.log(String(error)));
  });
  return {
    async [Symbol.asyncDispose]() {
      keys.close();
      server.close();
      await program.stop();
    },
  };
}

async function writeSettings(data: string, serves: DemoServes): Promise<void> {
  const { database } = dataPaths(data);
  const start = openStoreForStart(database);
  start.close();
  await using writer = startStoreWriter(database, (message, details) => console.error(message, details));
  for (const change of demoChanges(serves, start.config)) writer.put({ kind: "config", change });
  await writer.flushed();
}

async function trip(program: Program<DemoCommand>, serves: DemoServes, contact: number, ms: number): Promise<void> {
  const name = serves.contacts[contact - 1];
  if (name === undefined) throw new Error(`there are contacts 1 to ${serves.contacts.length}, not "${contact}"`);
  await program.send({ do: "trip", contact, ms });
  console.log(`Demo: contact ${contact} (${name}) leaves its rest for ${ms / 1000} s.`);
}

function explain(serves: DemoServes): void {
  const names = serves.contacts.map((name, i) => `${i + 1} ${name}`).join(", ");
  console.log(`Demo: ${serves.cameras.length} cameras, a Modbus board at ${serves.board.host}:${serves.board.port}.`);
  console.log(`Demo: type a number and Enter to trip a contact: ${names}. Or: node tools/reed.mjs demo trip 1`);
}

/** `reed demo trip N`: asks the running demo. */
export function tripDemo(data: string, contact: number, ms: number): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(demoSocket(data));
    socket.on("error", () => {
      console.error(`No demo runs on ${data}. Start one with: npm start -- --demo`);
      resolve(1);
    });
    const lines = linesOver<TripAnswer, TripRequest>(socket);
    lines.onMessage((answer) => {
      console.log(answer.ok ? `Contact ${contact} tripped.` : answer.error);
      lines.close();
      resolve(answer.ok ? 0 : 1);
    });
    lines.send({ contact, ms });
  });
}
