import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { systemClock } from "../platform/clock.ts";
import { createLog } from "../platform/log.ts";
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
