import assert from "node:assert/strict";
import { test } from "node:test";
import { after } from "../kernel/time.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { recorder, linksOf } from "./conformance-recorder.ts";
import { keepRunning, longestPause, nextPause, reasonOf, sleepUntil, Unauthorized, type Run } from "./reconnect.ts";

/** Lets everything run that waits for promises only. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function supervised(run: Run) {
  const clock = fakeClock();
  const heard = recorder();
  const logged: string[] = [];
  const stop = new AbortController();
  const log = (message: string) => void logged.push(message);
  const running = keepRunning({ clock, events: heard.events, log }, stop.signal, run);
  return { clock, stop, running, logged, links: () => linksOf(heard.heard) };
}

test("pauses double from half a second to ten", () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6].reduce<number[]>((list) => [...list, nextPause(list.at(-1) ?? 0, 0)], []);
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test("a board that stayed longer than the pause before starts over at half a second; one that dies at once does not", () => {
  assert.equal(nextPause(8000, 8001), 500);
  assert.equal(nextPause(8000, 100), longestPause);
});

test("a board that can't be reached is lost once, however often it is tried", async () => {
  let tries = 0;
  const { clock, stop, running, logged, links } = supervised(() => {
    tries++;
    return Promise.reject(new Error("the host cannot be reached"));
  });
  for (const pause of [500, 1000, 2000]) {
    await settle();
    const before = tries;
    clock.advance(pause - 1);
    await settle();
    assert.equal(tries, before);
    clock.advance(1);
  }
  await settle();
  assert.equal(tries, 4);
  assert.deepEqual(links(), [{ kind: "connecting" }, { kind: "lost", reason: "the host cannot be reached" }]);
  assert.equal(logged.length, 2);
  stop.abort();
  await running;
});

test("a refused login is told as such and not tried again for half a minute", async () => {
  let tries = 0;
  const { clock, stop, running, links } = supervised(() => {
    tries++;
    return Promise.reject(new Unauthorized("refused"));
  });
  await settle();
  clock.advance(29_999);
  await settle();
  assert.equal(tries, 1);
  clock.advance(1);
  await settle();
  assert.equal(tries, 2);
  assert.deepEqual(links().at(-1), { kind: "unauthorized", reason: "refused" });
  stop.abort();
  await running;
});

test("a stop during a pause ends at once and leaves no timer; during a run nothing is told any more", async () => {
  const pausing = supervised(() => Promise.reject(new Error("gone")));
  await settle();
  pausing.stop.abort();
  await pausing.running;
  assert.equal(pausing.clock.nextWake, undefined);

  const running = supervised(
    (signal, online) =>
      new Promise((_, reject) => {
        online();
        signal.addEventListener("abort", () => reject(new Error("torn down")));
      }),
  );
  await settle();
  running.stop.abort();
  await running.running;
  assert.deepEqual(
    running.links().map(({ kind }) => kind),
    ["connecting", "online"],
  );
});

test("a sleep ends at its time or with its signal, and leaves nothing behind", async () => {
  const clock = fakeClock();
  const { signal } = new AbortController();
  const slept = sleepUntil(clock, after(clock.now(), 10), signal);
  clock.advance(10);
  await slept;
  await sleepUntil(clock, after(clock.now(), 10), AbortSignal.abort());
  assert.equal(clock.nextWake, undefined);
});

test("a network error becomes a sentence, also when its own message is empty", () => {
  assert.match(reasonOf(Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" })), /refused/);
  assert.equal(reasonOf(new Error("as it is")), "as it is");
  assert.equal(reasonOf("text"), "text");
});
