import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../testkit/fake-clock.ts";
import { execute, type CommandDeps } from "./commands.ts";

const nobody = { kind: "user", name: "anna" } as const;

function armingOn(journalSynced: () => Promise<void>) {
  const clock = fakeClock();
  const fed: string[] = [];
  const deps = {
    ...{ clock, journalSynced },
    site: { config: () => ({ site: {} }) },
    engine: { feed: (event: { kind: string }) => fed.push(event.kind) },
    store: { put: () => undefined },
  } as unknown as CommandDeps;
  let answered = false;
  const answer = execute(deps, nobody, { kind: "arm", armed: true }).then((result) => {
    answered = true;
    return result;
  });
  return { clock, fed, answer, answered: () => answered };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("what is asked for happens at once; it is answered when the journal is on the medium", async () => {
  const disk = Promise.withResolvers<undefined>();
  const arming = armingOn(() => disk.promise);
  assert.deepEqual(arming.fed, ["arm"]);
  await turn();
  assert.equal(arming.answered(), false);
  disk.resolve(undefined);
  assert.equal((await arming.answer).ok, true);
});

test("a disk that does not answer holds an answer up for five seconds, not for ever", async () => {
  const arming = armingOn(() => new Promise(() => undefined));
  await turn();
  arming.clock.advance(4999);
  await turn();
  assert.equal(arming.answered(), false);
  arming.clock.advance(1);
  assert.equal((await arming.answer).ok, true);
});
