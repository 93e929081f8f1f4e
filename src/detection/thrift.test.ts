import assert from "node:assert/strict";
import { test } from "node:test";
import { createThrift, thriftSteps } from "./thrift.ts";

const spent = (used: number, behindMs = 0) => ({ elapsedMs: 2000, cpuMs: used * 2000, behindMs });

test("a process whose one thread is nearly full looks at less, step by step, and at all again when it is calm", () => {
  const thrift = createThrift(2);
  assert.deepEqual(thrift.measure(spent(0.85)), thriftSteps[0]);
  const steps = [1, 2, 3, 4].map(() => thrift.measure(spent(0.95)));
  assert.deepEqual(steps, [thriftSteps[1], thriftSteps[2], thriftSteps[3], thriftSteps[3]]);
  for (let n = 0; n < 4; n++) assert.deepEqual(thrift.measure(spent(0.2)), thriftSteps[3]);
  assert.deepEqual(thrift.measure(spent(0.2)), thriftSteps[2]);
  for (let n = 0; n < 100; n++) thrift.measure(spent(0.6));
  assert.deepEqual(thrift.measure(spent(0.6)), thriftSteps[2], "between half and all of it nothing changes");
});

test("on one core it leaves more than a third of it to others", () => {
  const thrift = createThrift(1);
  assert.deepEqual(thrift.measure(spent(0.55)), thriftSteps[0]);
  assert.deepEqual(thrift.measure(spent(0.65)), thriftSteps[1]);
});

test("a process that gets too little processor time falls behind, and looks at less although it takes little", () => {
  const thrift = createThrift(2);
  assert.deepEqual(thrift.measure(spent(0.1, 1500)), thriftSteps[1]);
});
