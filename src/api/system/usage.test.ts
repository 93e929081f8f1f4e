import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { usageMeter } from "./usage.ts";

const running = { name: "api", pid: 7, state: "running", restarts: 0, since: wallTime(0) } as const;

test("a process has its share of the processor since the look before, at first since its start", () => {
  let usage: { cpuMs: number; rssBytes: number; ageMs: number } | undefined = {
    cpuMs: 500,
    rssBytes: 9,
    ageMs: 10_000,
  };
  const measure = usageMeter(() => usage);
  assert.equal(measure([running])[0]?.cpuShare, 0.05);
  usage = { cpuMs: 2500, rssBytes: 9, ageMs: 12_000 };
  assert.equal(measure([running])[0]?.cpuShare, 1);
  usage = { cpuMs: 2500, rssBytes: 8, ageMs: 12_500 };
  assert.deepEqual(measure([running])[0], { ...running, cpuShare: 1, rssBytes: 8 }, "too soon for a new share");
  usage = undefined;
  assert.deepEqual(measure([running]), [running], "nothing is known, so nothing is said");
});
