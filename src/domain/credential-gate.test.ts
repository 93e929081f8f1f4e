import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { after, instant, minutes } from "../kernel/time.ts";
import { askCredentialGate, openGate, stepCredentialGate, type CredentialGate } from "./credential-gate.ts";

const start = instant(0);
const refused = { kind: "refused" } as const;

/** Asks at `at`; the gate after it, and whether the session may begin. */
function ask(gate: CredentialGate, at: number): { gate: CredentialGate; go: boolean } {
  const answer = askCredentialGate(gate, instant(at));
  return answer.kind === "go" ? { gate: answer.gate, go: true } : { gate, go: false };
}

const twice = stepCredentialGate(stepCredentialGate(openGate, refused, start), refused, start);

test("one refusal leaves the gate open, the second closes it for five minutes", () => {
  assert.ok(ask(stepCredentialGate(openGate, refused, start), 0).go);
  assert.ok(!ask(twice, 0).go);
  assert.ok(!ask(twice, minutes(5) - 1).go);
  assert.ok(ask(twice, minutes(5)).go);
});

test("after a pause only one session tries; refused again it waits 15, then 30, then 30 minutes", () => {
  let gate = twice;
  let now = start;
  for (const pause of [5, 15, 30, 30]) {
    assert.ok(!ask(gate, now + minutes(pause) - 1).go);
    now = after(now, minutes(pause));
    const tried = ask(gate, now);
    assert.ok(tried.go);
    assert.ok(!ask(tried.gate, now + 1).go, "a second session waits for the first");
    gate = stepCredentialGate(tried.gate, refused, now);
  }
});

test("an accepted password opens the gate and forgets the refusals", () => {
  const trying = ask(twice, minutes(5)).gate;
  assert.equal(stepCredentialGate(trying, { kind: "accepted" }, start), openGate);
  const once = stepCredentialGate(openGate, refused, start);
  assert.deepEqual(stepCredentialGate(stepCredentialGate(once, { kind: "accepted" }, start), refused, start), once);
});

test("on demand the host is tried at once, without forgetting how often it closed", () => {
  const now = instant(1000);
  const demanded = stepCredentialGate(twice, { kind: "demand" }, now);
  const tried = ask(demanded, now);
  assert.ok(tried.go);
  const again = stepCredentialGate(tried.gate, refused, now);
  assert.ok(!ask(again, now + minutes(15) - 1).go && ask(again, now + minutes(15)).go);
});

test("a session that tries and is never heard of again does not bar the host for ever", () => {
  const tried = ask(twice, minutes(5)).gate;
  assert.ok(ask(tried, minutes(6)).go);
});

test("in no order of events is a wrong password sent more than twice before the first pause, nor once more within one", () => {
  const event = fc.oneof(
    fc.constant("ask" as const),
    fc.integer({ min: 0, max: minutes(10) }).map((ms) => ({ wait: ms })),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 200 }), (events) => {
      let gate: CredentialGate = openGate;
      let now = start;
      const sent: number[] = [];
      for (const what of events) {
        if (what !== "ask") {
          now = after(now, what.wait);
          continue;
        }
        const tried = ask(gate, now);
        if (!tried.go) continue;
        sent.push(now);
        gate = stepCredentialGate(tried.gate, refused, now);
      }
      const pauses = sent.slice(2).map((at, i) => at - (sent[i + 1] ?? 0));
      assert.ok(pauses.every((pause, i) => pause >= minutes([5, 15, 30][Math.min(i, 2)] ?? 0)));
    }),
    { numRuns: 200 },
  );
});
