import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createBlockPool } from "../../media/block.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { createHostGate } from "./host-gate.ts";
import { startIngest, type IngestState } from "./ingest.ts";
import { createReadPacer } from "./read-pacer.ts";
import { asked, sdp, startCamera, until, usual, type Answer } from "./scripted-camera.test.ts";

/** A camera whose sound is not asked for. */
async function opened(t: TestContext, answer = usual) {
  let told = 0;
  let toldBefore = Infinity;
  const camera = await startCamera(t, (request) => {
    if (request.startsWith("PLAY")) toldBefore = told;
    return answer(request);
  });
  const clock = fakeClock();
  const gate = createHostGate(clock);
  const tell: typeof gate.tell = (key, event) => {
    told++;
    gate.tell(key, event);
  };
  const states: IngestState[] = [];
  const plan = { channel: 1, name: "Door", username: "", password: "", audio: false, preRecordMs: 0 } as const;
  const ingest = startIngest({
    clock,
    plan: { ...plan, url: `rtsp://127.0.0.1:${camera.port}/live`, recordMode: "continuous" },
    pool: createBlockPool({ blockBytes: 1024 }),
    gate: { ...gate, tell },
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
  return { camera, clock, states, ingest, plays: () => told > toldBefore };
}

/** One that plays, as we have heard. */
async function playing(t: TestContext, answer = usual) {
  const made = await opened(t, answer);
  await until(made.plays);
  return made;
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

test("a camera that was away stays so until its picture is there, also where its sound is wanted meanwhile; its attempt is not cut", async (t) => {
  let status = "503 Service Unavailable";
  let asks: (() => void) | undefined;
  const { camera, clock, states, ingest } = await opened(t, (request) => {
    asks?.();
    return request.startsWith("DESCRIBE") && status !== "" ? { status } : usual(request);
  });
  await until(() => states.at(-1)?.state === "down");
  const told = states.length;
  status = "";
  // while the next attempt is under way
  asks = () => {
    asks = undefined;
    ingest.askSound(true);
  };
  clock.advance(500);
  await until(() => asked(camera, "PLAY") === 2);
  assert.equal(asked(camera, "SETUP"), 3, "pictures alone, then with the sound");
  assert.deepEqual(states.slice(told), [], "nothing is said that is not so");
});
