import assert from "node:assert/strict";
import { test } from "node:test";
import { clockKeeper, parseUsage, processUsage } from "./machine.ts";

test("processor time and memory are read also of a process whose name looks like the rest of the line", () => {
  const before = "1 (a) b) S 1 1 1 0 -1 4194304 0 0 0 0";
  const stat = `${before} 250 50 0 0 20 0 11 0 1000 99 88`;
  const usage = parseUsage({
    stat: stat.replace("1 (a) b)", "7 (no) de)"),
    status: "Name: x\nVmRSS:\t  2048 kB\n",
    upMs: 60_000,
  });
  assert.deepEqual(usage, { cpuMs: 3000, rssBytes: 2 * 1024 * 1024, ageMs: 50_000 });
});

test(
  "of this process something is known, of one that is not there nothing",
  { skip: process.platform !== "linux" },
  () => {
    const usage = processUsage(process.pid);
    assert.ok(usage !== undefined && usage.rssBytes > 10e6 && usage.cpuMs > 0 && usage.ageMs > 0);
    assert.equal(processUsage(2 ** 22 + 1), undefined);
  },
);

test("a clock counts as synchronised only when its keeper says so", () => {
  const keeper = (...files: string[]) => clockKeeper((path) => files.includes(path)).synchronised;
  assert.equal(keeper("/run/systemd/timesync", "/run/systemd/timesync/synchronized"), "yes");
  assert.equal(keeper("/run/systemd/timesync"), "no");
  assert.equal(keeper("/run/chrony/chronyd.pid"), "unknown");
  assert.equal(keeper(), "unknown");
});
