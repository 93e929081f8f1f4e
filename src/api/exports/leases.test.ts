import assert from "node:assert/strict";
import { test } from "node:test";
import { ok } from "../../kernel/result.ts";
import { hours } from "../../kernel/time.ts";
import type { ExportJob } from "../../contract/export.ts";
import type { Command } from "../../messages/api.ts";
import { createLog } from "../../platform/log.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import type { ExportTask } from "./export-run.ts";
import { exportLeases } from "./leases.ts";

function desk() {
  const clock = fakeClock();
  const asked: Command[] = [];
  let made = 0;
  const core = {
    ask: (_: unknown, command: Command) => {
      asked.push(command);
      return Promise.resolve(ok({ ids: [`l${++made}`] }));
    },
    live: () => undefined,
    onMessage: () => () => undefined,
  };
  const leases = exportLeases({ core, clock, log: createLog("api", "silent") });
  const spans = [{ channel: 1, name: "Yard", from: 0, to: 1000 }];
  const task = (locked: boolean) => ({ order: { spans }, around: { locked }, leases: ["l0"] }) as unknown as ExportTask;
  const job = { reason: "burglary", at: clock.wall() } as unknown as ExportJob;
  const gate = Promise.withResolvers<undefined>();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { clock, asked, leases, task, job, gate, turn };
}

const said = (asked: readonly Command[]) =>
  asked.map((command) => (command.kind === "release-locks" ? `-${command.ids.join()}` : command.kind));

test("an export that takes long gets a new lease before the one that it has ends, and gives the last one back", async () => {
  const { clock, asked, leases, task, job, gate, turn } = desk();
  const work = leases.renewed(job, task(false), () => gate.promise);
  await turn();
  assert.deepEqual(asked, []);
  for (let i = 0; i < 2; i++) {
    clock.advance(hours(2));
    await turn();
  }
  gate.resolve(undefined);
  await work;
  assert.deepEqual(said(asked), ["lock-footage", "lock-footage", "-l1", "-l2"]);
  clock.advance(hours(4));
  assert.equal(asked.length, 4);
});

test("one that a restart put off has a new lease before it reads anything", async () => {
  const { clock, asked, leases, task, job } = desk();
  clock.advance(hours(7));
  await leases.renewed(job, task(false), () => {
    assert.deepEqual(said(asked), ["lock-footage"]);
    return Promise.resolve();
  });
});

test("footage that is locked needs no lease", async () => {
  const { clock, asked, leases, task, job } = desk();
  clock.advance(hours(7));
  await leases.renewed(job, task(true), () => Promise.resolve());
  assert.deepEqual(asked, []);
});
