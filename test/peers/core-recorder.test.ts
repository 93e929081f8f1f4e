import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Receipt } from "../../src/domain/receipt.ts";
import type { ApiToCore, Command, CoreToApi, LiveEvent, LiveState, ProcessState } from "../../src/messages/api.ts";
import { linesOver, type Lines } from "../../src/platform/lines.ts";
import { dataPaths } from "../../src/platform/paths.ts";
import { readCoreJournal } from "../../src/core/core-journal.ts";
import { startModbusBoard } from "../../src/testkit/board/board.ts";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";

const main = fileURLToPath(new URL("../../src/core/main.ts", import.meta.url));
const patienceMs = 30_000;

/** A core process with its children, and a client on its socket that hears everything. */
interface RunningCore extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly snapshot: LiveState;
  readonly events: readonly LiveEvent[];
  /** The reply's result; throws what core refuses with. */
  ask(command: Command): Promise<unknown>;
  /** Waits until an event fits, also one that came before. */
  until<E extends LiveEvent>(what: string, fits: (event: LiveEvent) => event is E): Promise<E>;
}

/** Resolves when `look` gives something; asked again at every sign of life and every 50 ms. */
async function eventually<T>(what: string, look: () => T | undefined): Promise<T> {
  for (let waited = 0; waited < patienceMs; waited += 50) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`did not happen: ${what}`);
}

/** A socket file that a killed core left behind refuses until the next one listens. */
async function lineTo(path: string): Promise<Lines<CoreToApi, ApiToCore>> {
  let open: Socket | undefined;
  let trying = false;
  const attempt = () => {
    trying = true;
    const socket = connect(path, () => (open = socket));
    socket.once("error", () => (trying = false));
  };
  const socket = await eventually("core listens", () => {
    if (open === undefined && !trying) attempt();
    return open;
  });
  return linesOver(socket);
}

async function startCore(data: string): Promise<RunningCore> {
  const child = spawn(process.execPath, [main, "--data", data, "--port", "0", "--host", "127.0.0.1"], {
    stdio: process.env["REED_SHOW_LOG"] === undefined ? "ignore" : "inherit",
  });
  try {
    return await talkTo(child, await lineTo(dataPaths(data).coreSocket));
  } catch (error) {
    child.kill("SIGTERM");
    throw error;
  }
}

async function talkTo(child: ChildProcess, line: Lines<CoreToApi, ApiToCore>): Promise<RunningCore> {
  const heard: CoreToApi[] = [];
  const events: LiveEvent[] = [];
  line.onMessage((message) => {
    heard.push(message);
    if (message.kind === "event") events.push(message.event);
  });
  // an index that core starts no process for
  line.send({ kind: "hello", role: "api", index: 9, pid: process.pid });
  const first = await eventually("snapshot", () => heard.find((message) => message.kind === "snapshot"));
  let asked = 0;
  return {
    process: child,
    snapshot: first.state,
    events,
    async ask(command) {
      const id = ++asked;
      line.send({ kind: "command", id, actor: { kind: "system", name: "test" }, command });
      const reply = await eventually(`reply to ${command.kind}`, () =>
        heard.find((message) => message.kind === "reply" && message.id === id),
      );
      assert.ok(reply.kind === "reply");
      if (!reply.ok) throw new Error(reply.error.message);
      return reply.result;
    },
    until: (what, fits) => eventually(what, () => events.find(fits)),
    async [Symbol.asyncDispose]() {
      line.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** One camera, a board with a magnetic contact (shut) and a siren, and the rule that joins them. */
async function configure(core: RunningCore, cameraUrl: string, boardPort: number): Promise<void> {
  const rows: Command[] = [
    put("channel", {
      channel: 1,
      name: "Door",
      enabled: true,
      mainUrl: cameraUrl,
      username: "",
      password: "",
      audio: false,
      recordMode: "continuous",
      preRecordS: 2,
    }),
    put("board", {
      board: 1,
      name: "Board",
      enabled: true,
      driver: {
        kind: "modbus-tcp",
        host: "127.0.0.1",
        port: boardPort,
        unit: 1,
        pollMs: 20,
        inputs: [{ point: 1, area: "discrete-input", address: 0, closedWhen: 1 }],
        outputs: [{ point: 1, address: 0, onWhen: 1 }],
      },
    }),
    put("output", {
      output: 1,
      name: "Siren",
      kind: "siren",
      board: 1,
      point: 1,
      mode: "auto",
      maxOnS: 60,
      restState: "off",
    }),
    put("input", {
      input: 1,
      name: "Front door",
      enabled: true,
      kind: "door",
      board: 1,
      point: 1,
      type: "NC",
      debounceMs: 100,
      antiDitherS: 1,
      linkage: {
        recordChannels: [1],
        postRecordS: 1,
        maxRecordS: 60,
        outputs: [{ output: 1, holdS: 1 }],
        notifiers: [],
      },
    }),
    { kind: "arm", armed: true },
  ];
  for (const row of rows) await core.ask(row);
}

type Part = Extract<Command, { kind: "put" }>["change"];
const put = <P extends Part["part"]>(part: P, value: Extract<Part, { part: P }>["value"]): Command =>
  ({ kind: "put", change: { part, value } }) as Command;

const raised = (event: LiveEvent): event is Extract<LiveEvent, { kind: "receipt" }> =>
  event.kind === "receipt" && event.receipt.edge.kind === "raised";
const closed = (event: LiveEvent): event is Extract<LiveEvent, { kind: "receipt" }> =>
  raised(event) && event.receipt.closedAt !== undefined;

/** Two seconds of pre-record are in the ring. */
const ready = (event: LiveEvent): event is Extract<LiveEvent, { kind: "channel" }> =>
  event.kind === "channel" && event.channel.state === "live";

/** Long enough for the two seconds of pre-record that the tests ask for, and a GOP before them. */
const footageBefore = () => new Promise((resolve) => setTimeout(resolve, 4500));

const relayWas = (core: RunningCore, state: "on" | "off") =>
  core.events.some((event) => event.kind === "output" && event.output.readBack === state);

const recordOf = (receipt: Receipt) => receipt.actions.find((action) => action.target.kind === "record");

test("a contact opens: footage from before it, the relay on and off again, and a receipt that says so", async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, "data");
  await using camera = await startCameraProgram({ cameras: [{ source: { kind: "clip", name: "front-door" } }] });
  await using board = await startModbusBoard({ contacts: 1, relays: 1, closed: [true] });
  {
    await using core = await startCore(data);
    await configure(core, camera.urls[0] ?? "", board.port);
    await core.until("the camera is live", ready);
    await footageBefore();
    await core.until(
      "the contact is known",
      (event): event is Extract<LiveEvent, { kind: "input" }> => event.kind === "input" && event.input.active === false,
    );

    await board.control({ do: "set", contact: 0, to: "open" });
    await core.until("the edge has a receipt", raised);
    await eventually("the relay is on", () => (relayWas(core, "on") ? true : undefined));
    assert.deepEqual((await board.control({ do: "status" })).relays, [true]);

    await board.control({ do: "set", contact: 0, to: "closed" });
    const { receipt } = await core.until("the receipt is closed", closed);
    await eventually("the relay is off again", () =>
      core.events.at(-1) !== undefined &&
      core.events.findLast((event) => event.kind === "output")?.output.readBack === "off"
        ? true
        : undefined,
    );
    const record = recordOf(receipt);
    assert.deepEqual(
      receipt.actions.map((action) => [action.target.kind, action.outcome]),
      receipt.actions.map((action) => [action.target.kind, { kind: "done" }]),
    );
    assert.ok((record?.record?.preAchievedMs ?? 0) >= 2000, JSON.stringify(record));
    assert.ok(record?.record?.durableAfterMs !== undefined);
    assert.ok(record.record.from !== undefined && record.record.from <= receipt.edge.at.wall - 2000);

    core.process.kill("SIGTERM");
    const [code] = (await once(core.process, "exit")) as [number | null];
    assert.equal(code, 0);
  }
  const kinds = readCoreJournal(dataPaths(data).journal).records.map(({ record }) => record.kind);
  assert.equal(kinds.at(-1), "clean-stop");
  assert.ok(kinds.includes("edge"));
});

test("core is killed in the middle of an alarm: the recorder goes on, and the next core closes the receipt", async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, "data");
  await using camera = await startCameraProgram({ cameras: [{ source: { kind: "clip", name: "front-door" } }] });
  await using board = await startModbusBoard({ contacts: 1, relays: 1, closed: [true] });
  const recorderPid = () => Number(readFileSync(join(dataPaths(data).run, "recorder-0.pid"), "utf8"));
  let pid = 0;
  {
    await using core = await startCore(data);
    await configure(core, camera.urls[0] ?? "", board.port);
    await core.until("the camera is live", ready);
    await footageBefore();
    pid = recorderPid();
    await board.control({ do: "set", contact: 0, to: "open" });
    await core.until("the edge has a receipt", raised);
    core.process.kill("SIGKILL");
    await once(core.process, "exit");
  }
  await using core = await startCore(data);
  assert.equal(core.snapshot.armed, true);
  const isOurs = (state: ProcessState) => state.pid === pid && state.state === "running";
  await eventually("the recorder that went on is taken over", () =>
    core.snapshot.processes.some(isOurs) ||
    core.events.some((event) => event.kind === "process" && isOurs(event.process))
      ? true
      : undefined,
  );
  await board.control({ do: "set", contact: 0, to: "closed" });
  const { receipt } = await core.until("the receipt is closed", closed);
  assert.equal(recordOf(receipt)?.outcome?.kind, "done", JSON.stringify(recordOf(receipt)));
});
