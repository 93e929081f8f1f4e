import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createBlockPool } from "../../media/block.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { createHostGate } from "./host-gate.ts";
import { startIngest, type IngestState } from "./ingest.ts";
import { createReadPacer } from "./read-pacer.ts";
import { asked, sdp, startCamera, until, usual, type Answer } from "./scripted-camera.test.ts";

/** A camera that plays without its sound being asked for. */
async function playing(t: TestContext, answer = usual) {
  const camera = await startCamera(t, answer);
  const clock = fakeClock();
  const states: IngestState[] = [];
  const plan = { channel: 1, name: "Door", username: "", password: "", audio: false, preRecordMs: 0 } as const;
  const ingest = startIngest({
    clock,
    plan: { ...plan, url: `rtsp://127.0.0.1:${camera.port}/live`, recordMode: "continuous" },
    pool: createBlockPool({ blockBytes: 1024 }),
    gate: createHostGate(clock),
    pacer: createReadPacer(clock),
    log: { info: () => undefined, warn: () => undefined },
    onUnit: () => undefined,
    onState: (state) => void states.push(state),
    createDepacketizer: () => ({
      ok: true,
      value: { push: () => undefined, lost: () => undefined, pull: () => undefined, close: () => undefined },
    }),
  });
  t.after(() => ingest[Symbol.asyncDispose]());
  await until(() => asked(camera, "PLAY") === 1);
  return { camera, clock, states, ingest };
}

test("a session without sound begins anew for it at once, once, and is no trouble; not wanted again it goes on", async (t) => {
  const { camera, states, ingest } = await playing(t);
  assert.equal(asked(camera, "SETUP"), 1);
  ingest.askSound(false);
  ingest.askSound(true);
  assert.deepEqual(
    [states.at(-1)?.state, states.at(-1)?.reason],
    ["connecting", "the connection is made anew to get the sound too"],
  );
  // no pause: the clock stands still
  await until(() => asked(camera, "PLAY") === 2);
  assert.deepEqual([asked(camera, "SETUP"), asked(camera, "TEARDOWN")], [3, 1]);
  const told = states.length;
  for (const wanted of [true, false, true, false]) ingest.askSound(wanted);
  assert.equal(states.length, told);
  await ingest[Symbol.asyncDispose]();
  await until(() => asked(camera, "TEARDOWN") === 2);
  assert.equal(asked(camera, "PLAY"), 2);
  assert.equal(states.filter(({ state }) => state === "down").length, 0);
});

test("what is not wanted any more is not asked for by the next session", async (t) => {
  const { camera, ingest } = await playing(t);
  ingest.askSound(true);
  ingest.askSound(false);
  await until(() => asked(camera, "PLAY") === 2);
  assert.equal(asked(camera, "SETUP"), 2);
});

test("a camera that has no sound is left alone", async (t) => {
  const answer: Answer = (request) =>
    request.startsWith("DESCRIBE") ? { body: sdp.slice(0, sdp.indexOf("m=audio")) } : usual(request);
  const { states, ingest } = await playing(t, answer);
  const told = states.length;
  ingest.askSound(true);
  assert.equal(states.length, told);
});
