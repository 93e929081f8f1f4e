import assert from "node:assert/strict";
import { test } from "node:test";
import { err, ok } from "../../kernel/result.ts";
import { testSite } from "../test-site.test.ts";

const answer = { eventId: "e1", repeated: false, cameras: [{ channel: 3, answer: { kind: "recording" } }] };

test("record now asks core with the default bound and answers what the camera said", async (t) => {
  const site = await testSite(t);
  site.core.answer = () => ok(answer);
  const operator = site.session("operator", "anna");
  const began = await site.send("POST", "/api/channels/3/record", operator);
  assert.equal(began.status, 200);
  assert.deepEqual(began.body, answer);
  await site.send("POST", "/api/channels/3/record", operator, { maxS: 30 });
  await site.send("POST", "/api/channels/3/record/stop", operator);
  assert.deepEqual(
    site.asked.map(({ command }) => command),
    [
      { kind: "record", channel: 3, maxS: 600 },
      { kind: "record", channel: 3, maxS: 30 },
      { kind: "record-stop", channel: 3 },
    ],
  );
});

test("who only looks does not record, and core's refusal is answered in its words", async (t) => {
  const site = await testSite(t);
  assert.equal((await site.send("POST", "/api/channels/3/record", site.session("viewer", "ben"))).status, 403);
  site.core.answer = () => err({ code: "conflict", message: "channel 3 is switched off" });
  const refused = await site.send("POST", "/api/channels/3/record", site.key("control"));
  assert.equal(refused.status, 409);
  assert.equal(refused.at("error.message"), "channel 3 is switched off");
});
