import assert from "node:assert/strict";
import { test } from "node:test";
import { processUse } from "../platform/other-process.ts";
import { watchProcesses } from "./own-processes.ts";

test("processor time of processes that come and go is what each used since the last call", () => {
  const used = new Map([
    [11, 500],
    [12, 40],
  ]);
  const watch = watchProcesses(
    () => [...used.keys()],
    (pid) => ({ cpuMs: used.get(pid) ?? 0, memory: 0 }),
  );
  assert.equal(watch.takeCpuMs(), 540);
  assert.equal(watch.takeCpuMs(), 0);
  used.set(11, 530);
  used.delete(12);
  used.set(13, 5);
  assert.equal(watch.takeCpuMs(), 35);
});

test("a process is told with its memory, one that is gone not at all", () => {
  const own = processUse(process.pid);
  assert.ok(own !== undefined && own.memory > 10 * 1024 * 1024 && own.cpuMs > 0, JSON.stringify(own));
  assert.equal(processUse(2 ** 30), undefined);
});
