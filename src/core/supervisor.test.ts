import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import type { ProcessState } from "../messages/api.ts";
import { systemClock } from "../platform/clock.ts";
import { createLog } from "../platform/log.ts";
import { isAlive, processUse } from "../platform/other-process.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { startSupervisor, type WantedProcess } from "./supervisor.ts";

test("api and analysis step back from the processor with all their threads, the recorder does not", async (t) => {
  const data = mkdtempSync(join(tmpdir(), "rd-"));
  t.after(() => rmSync(data, { recursive: true }));
  mkdirSync(join(data, "run"));
  const script = join(data, "idle.mjs");
  writeFileSync(script, "process.on('SIGTERM', () => process.exit(0)); setInterval(() => undefined, 1000);");
  const wanted = (role: WantedProcess["role"]): WantedProcess => ({
    ...{ name: role, role, index: 0, script: pathToFileURL(script), args: ["--data", data] },
  });
  const pids = new Map<string, number>();
  await using supervisor = startSupervisor({
    clock: systemClock(),
    log: createLog("test"),
    data,
    basePriority: getPriority(),
    processes: [wanted("recorder"), wanted("api"), wanted("analysis")],
    onState: ({ name, pid }) => void pids.set(name, pid),
  });
  assert.ok(supervisor);
  const own = getPriority();
  const of = (name: string) => getPriority(pids.get(name) ?? 0) - own;
  assert.deepEqual([of("recorder"), of("api"), of("analysis")], [0, Math.min(5, 19 - own), Math.min(10, 19 - own)]);
  if (process.platform === "linux") {
    const command = readFileSync(`/proc/${pids.get("recorder") ?? 0}/cmdline`, "utf8").split("\0");
    assert.equal(command[1], "--max-semi-space-size=4");
    const tasks = `/proc/${pids.get("api") ?? 0}/task`;
    while (readdirSync(tasks).length < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const task of readdirSync(tasks)) {
      const fields = readFileSync(join(tasks, task, "stat"), "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      assert.equal(Number(fields[16]), Math.min(19, own + 5), "proc(5): field 19 is the nice value");
    }
  }
  for (const pid of pids.values()) process.kill(pid, "SIGTERM");
});

/** Programs that do nothing and end on SIGTERM. */
function rigOf(t: TestContext) {
  const data = mkdtempSync(join(tmpdir(), "rd-"));
  t.after(() => rmSync(data, { recursive: true }));
  mkdirSync(join(data, "run"));
  const script = join(data, "idle.mjs");
  writeFileSync(script, "process.on('SIGTERM', () => process.exit(0)); setInterval(() => undefined, 1000);");
  const wanted = (role: WantedProcess["role"], index = 0): WantedProcess => ({
    ...{ name: `${role}-${index}`, role, index, script: pathToFileURL(script), args: ["--data", data] },
  });
  const states: ProcessState[] = [];
  const supervise = (processes: readonly WantedProcess[]) =>
    startSupervisor({
      ...{ clock: systemClock(), log: createLog("test", "silent"), data, basePriority: getPriority(), processes },
      onState: (state) => void states.push(state),
    });
  const pidOf = (name: string): number => Number(readFileSync(join(data, "run", `${name}.pid`), "utf8"));
  return { data, wanted, states, supervise, pidOf };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("a process is started when the configuration begins to want it and ended when it wants it no more", async (t) => {
  const { data, wanted, states, supervise, pidOf } = rigOf(t);
  const [recorder, bucket] = [wanted("recorder"), wanted("bucket", 7)];
  await using supervisor = supervise([recorder]);
  assert.equal(supervisor.connected("bucket", 7, 1), false, "it is nobody's");
  supervisor.want([recorder, bucket]);
  const begun = pidOf("bucket-7");
  assert.equal(isAlive(begun), true);
  assert.equal(supervisor.connected("bucket", 7, begun), true);
  supervisor.want([recorder]);
  // wanted again before it has ended: the same name is never there twice
  supervisor.want([recorder, bucket]);
  await until(() => !isAlive(begun));
  await until(() => existsSync(join(data, "run", "bucket-7.pid")) && pidOf("bucket-7") !== begun);
  supervisor.want([recorder]);
  await until(() => !existsSync(join(data, "run", "bucket-7.pid")));
  const told = states.filter(({ name }) => name === "bucket-7").map(({ state }) => state);
  assert.deepEqual(told, ["starting", "running", "starting"], "one that was wanted no more is not down");
  process.kill(pidOf("recorder-0"), "SIGTERM");
});

test("a process that does not answer is ended by force and started again", async (t) => {
  const { wanted, states, supervise, pidOf } = rigOf(t);
  await using supervisor = supervise([wanted("bucket", 7)]);
  const hung = pidOf("bucket-7");
  process.kill(hung, "SIGSTOP");
  supervisor.end("bucket", 7);
  await until(() => states.at(-1)?.state === "starting" && states.at(-1)?.restarts === 1);
  assert.notEqual(pidOf("bucket-7"), hung);
  process.kill(pidOf("bucket-7"), "SIGTERM");
});

test("a process that takes more memory than it may is ended by force and started again; the bound may grow", async (t) => {
  const { data, wanted, pidOf } = rigOf(t);
  const large = join(data, "large.mjs");
  writeFileSync(large, "globalThis.held = Buffer.alloc(160 * 2 ** 20, 1); setInterval(() => undefined, 1000);");
  const clock = fakeClock();
  const states: ProcessState[] = [];
  const process: WantedProcess = { ...wanted("detection"), script: pathToFileURL(large), mostMemory: 2 ** 34 };
  await using supervisor = startSupervisor({
    ...{ clock, log: createLog("test", "silent"), data, basePriority: getPriority(), processes: [process] },
    onState: (state) => void states.push(state),
  });
  const first = pidOf("detection-0");
  await until(() => (processUse(first)?.memory ?? 0) > 160 * 2 ** 20);
  clock.advance(5000);
  assert.equal(isAlive(first), true);
  supervisor.want([{ ...process, mostMemory: 120 * 2 ** 20 }]);
  clock.advance(5000);
  await until(() => states.at(-1)?.state === "down");
  supervisor.want([process]);
  clock.advance(5000);
  const again = pidOf("detection-0");
  assert.notEqual(again, first);
  assert.equal(states.at(-1)?.restarts, 1);
});
