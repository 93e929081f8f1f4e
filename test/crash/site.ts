import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCameraProgram, type CameraProgram } from "../../src/testkit/process.ts";
import { startBoardProgram, type BoardProgram } from "../support/board.ts";
import { pause, startReed, until, type Api, type RunningReed } from "../support/reed.ts";
import type { ArmingAsked, Evidence, InputSetting, Kill, OutputSetting, ReceiptAnswer } from "../verifier/evidence.ts";
import { startReceiver, type Receiver } from "./receiver.ts";
import { inputsOf, isDoor, modes, outputsOf, type SiteOptions } from "./settings.ts";
import { watchStalls, type Stall } from "./stalls.ts";

/** ms of CLOCK_MONOTONIC, as in all logs. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

/** A site of virtual cameras and boards with Reed on it, and everything that a verifier needs of a run. */
export interface Site extends AsyncDisposable {
  readonly reed: RunningReed;
  readonly api: Api;
  readonly cameras: CameraProgram;
  readonly boards: readonly BoardProgram[];
  readonly inputs: readonly InputSetting[];
  readonly kills: readonly Kill[];
  /** When nobody on the machine got a turn. */
  readonly stalls: readonly Stall[];
  readonly folder: string;
  /** `kill -9`; what dies is started again by Reed, `all` by the site. */
  kill(what: Kill["what"]): Promise<void>;
  /** Everything runs and is connected. */
  ready(): Promise<void>;
  /** Waits until every receipt is closed, and gives all of them. */
  settle(): Promise<readonly ReceiptAnswer[]>;
  /** Arms in a mode without those inputs, whatever is open, or disarms; false when Reed was gone before it answered. */
  arm(mode: string, bypass?: readonly number[]): Promise<boolean>;
  /** Settles, stops Reed cleanly and gives the evidence of the run. */
  finish(): Promise<Evidence>;
}

const fps = 10;
const source = { kind: "synthetic", width: 320, height: 192, fps, gopSeconds: 1, bitsPerSecond: 300_000 } as const;

export async function startSite(options: SiteOptions): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "rd-"));
  const logs = join(folder, "logs");
  mkdirSync(logs);
  await using stack = new AsyncDisposableStack();
  // kept for looking into a failure: `node test/verifier/main.ts FOLDER/evidence.json`
  if (process.env["REED_KEEP"] === undefined) stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  else console.log(`kept: ${folder}`);
  const cameras = stack.use(
    await startCameraProgram({
      cameras: Array.from({ length: options.cameras }, () => ({ source })),
      ownPorts: true,
      logFolder: logs,
      seed: options.seed,
    }),
  );
  const closed = Array.from({ length: options.contacts }, (_, contact) => isDoor(options, contact));
  const boards: BoardProgram[] = [];
  for (let board = 1; board <= options.boards; board++) {
    const log = join(logs, `board${board}.log`);
    const { contacts, relays } = options;
    boards.push(stack.use(await startBoardProgram({ contacts, relays, closed, logFile: log })));
  }
  const data = join(folder, "data");
  const reed = stack.use(await startReed({ data }));
  const api = await reed.administrator();
  const inputs = inputsOf(options);
  const outputs = outputsOf(options);
  const receiver = stack.use(await startReceiver());
  const armings: ArmingAsked[] = [];
  await configure(api, { options, inputs, outputs, cameras, boards, receiver, armings });
  return siteOf({
    ...{ options, folder, stack: stack.move(), cameras, boards, reed, api, inputs, outputs, receiver, armings },
  });
}

interface Parts {
  readonly options: SiteOptions;
  readonly inputs: readonly InputSetting[];
  readonly outputs: readonly OutputSetting[];
  readonly cameras: CameraProgram;
  readonly boards: readonly BoardProgram[];
  readonly receiver: Receiver;
  readonly armings: ArmingAsked[];
}

async function configure(api: Api, parts: Parts): Promise<void> {
  const { options, inputs, outputs, cameras, boards, receiver } = parts;
  for (const url of cameras.urls) await api.post("channels", { url, preRecordS: options.preRecordS });
  for (const { port } of boards) {
    const points = (count: number) => Array.from({ length: count }, (_, i) => ({ point: i + 1, address: i }));
    const driver = {
      kind: "modbus-tcp",
      host: "127.0.0.1",
      port,
      pollMs: 20,
      inputs: points(options.contacts),
      outputs: points(options.relays),
    };
    await api.post("boards", { driver });
  }
  await api.put("arming/settings", { modes });
  await api.post("notifiers", { name: "Receiver", kind: "webhook", url: receiver.url, troubles: "none" });
  for (const { board, relay, maxOnS, output, kind } of outputs) {
    await api.post("outputs", { name: `Relay ${output}`, kind, board, point: relay + 1, maxOnS });
  }
  for (const { input, contact, ...settings } of inputs) {
    const kind = settings.type === "NC" ? "door" : "button";
    await api.post("inputs", {
      zone: "instant",
      swingerAlarms: 0,
      ...settings,
      name: `Input ${input}`,
      kind,
      point: contact + 1,
    });
  }
  await arm(api, parts.armings, "home", []);
}

async function arm(api: Api, armings: ArmingAsked[], mode: string, without: readonly number[]): Promise<boolean> {
  const at = now();
  const bypass = mode === "disarmed" ? [] : without;
  const asked = mode === "disarmed" ? { mode } : { mode, bypass, force: true };
  const answered = await api.post("arming", asked).then(
    () => true,
    () => false,
  );
  armings.push({ mode, bypass, at, ...(answered ? { answered: now() } : {}) });
  return answered;
}

interface Running extends Parts {
  readonly folder: string;
  readonly stack: AsyncDisposableStack;
  readonly reed: RunningReed;
  readonly api: Api;
}

function siteOf(running: Running): Site {
  const { options, folder, stack, cameras, boards, reed, api, inputs, outputs, receiver, armings } = running;
  const kills: Kill[] = [];
  const { stalls } = stack.use(watchStalls());
  const polls = new Map<number, number>();
  let from = now();
  const watch = setInterval(() => {
    // while everything is dead nobody answers, and nothing is measured
    void measure(api, polls).catch(() => undefined);
  }, 1000);
  stack.defer(() => clearInterval(watch));
  const settle = async () => {
    let open: ReceiptAnswer[] = [];
    const allClosed = async () => {
      open = (await api.get("receipts?open=true&limit=5")).receipts as ReceiptAnswer[];
      return open.length === 0;
    };
    await until(allClosed, "every receipt is closed", 90_000).catch((error: unknown) => {
      throw new Error(`never closed: ${JSON.stringify(open, undefined, 1)}`, { cause: error });
    });
    return allReceipts(api);
  };
  return {
    ...{ reed, api, cameras, boards, inputs, kills, stalls, folder },
    async kill(what) {
      kills.push({ what, at: now() });
      if (what === "all") {
        await reed.killAll();
        await reed.start();
      } else killProcess(reed, what === "core" ? "core" : "recorder-0");
    },
    async ready() {
      await until(() => isReady(api, options), "cameras and boards are connected", 30_000);
      if (kills.length === 0) from = now();
    },
    settle,
    arm: (mode, bypass = []) => arm(api, armings, mode, bypass),
    async finish() {
      const end = now();
      const receipts = await settle();
      clearInterval(watch);
      const code = await reed.stop();
      if (code !== 0) throw new Error(`the clean stop ended with ${code}: ${reed.output().slice(-2000)}`);
      await cameras.send({ do: "flush" });
      const log = (name: string) => join(folder, "logs", name);
      const evidence: Evidence = {
        cameras: cameras.urls.map((_, i) => ({
          channel: i + 1,
          log: log(`cam${i + 1}.log`),
          gopUnits: fps * source.gopSeconds,
        })),
        boards: boards.map((_, i) => ({
          board: i + 1,
          log: log(`board${i + 1}.log`),
          measuredPollMs: polls.get(i + 1) ?? 20,
        })),
        ...{ inputs, outputs, receipts, kills, stalls, from, until: end },
        ...{ modes, armings, messages: receiver.messages },
        volumes: [join(reed.data, "footage")],
        coreJournal: join(reed.data, "journal"),
      };
      writeFileSync(join(folder, "evidence.json"), JSON.stringify(evidence));
      return evidence;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

async function measure(api: Api, polls: Map<number, number>): Promise<void> {
  for (const { board, live } of await api.get("boards")) {
    polls.set(board, Math.max(polls.get(board) ?? 0, Number(live?.measuredPollMs ?? 0)));
  }
}

async function isReady(api: Api, options: SiteOptions): Promise<boolean> {
  const count = async (path: string, state: string) =>
    ((await api.get(path)) as { live?: { state: string } }[]).filter(({ live }) => live?.state === state).length;
  return (await count("channels", "live")) === options.cameras && (await count("boards", "online")) === options.boards;
}

async function allReceipts(api: Api): Promise<ReceiptAnswer[]> {
  const all: ReceiptAnswer[] = [];
  let before = "";
  do {
    const page = await api.get(`receipts?limit=500${before === "" ? "" : `&before=${before}`}`);
    all.push(...(page.receipts as ReceiptAnswer[]));
    before = String(page.next ?? "");
  } while (before !== "");
  return all;
}

/** Nothing happens when it is just dead, or its pid belongs to somebody else by now. */
function killProcess(reed: RunningReed, name: string): void {
  const file = join(reed.data, "run", `${name}.pid`);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8"));
  try {
    if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(reed.data)) process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

export { pause, until };
