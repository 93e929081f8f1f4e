import assert from "node:assert/strict";
import { test } from "node:test";
import { boardBody } from "../../../../src/contract/board.ts";
import { isComplete, newTopic, topicPoint } from "./message.ts";

const draft = { ...newTopic(undefined), url: "mqtt://192.0.2.5", topic: " gate/alarm " };

test("a topic needs a broker that is known or has an address, and is one exact name", () => {
  assert.equal(isComplete(draft), true);
  assert.equal(isComplete({ ...draft, url: "mqtt://" }), false);
  assert.equal(isComplete({ ...draft, url: "mqtt://", broker: 3 }), true);
  assert.equal(isComplete({ ...draft, url: "mqtt://anna:secret@192.0.2.5" }), false);
  for (const topic of ["", " ", "gate/#", "+/alarm"]) assert.equal(isComplete({ ...draft, topic }), false, topic);
});

test("what is left empty is no member, and the API takes the point", () => {
  assert.deepEqual(topicPoint(2, draft), { point: 2, topic: "gate/alarm", message: {} });
  const point = topicPoint(2, { ...draft, title: "what", id: "event.id" });
  assert.deepEqual(point.message, { title: "what", id: "event.id" });
  assert.ok(boardBody.safeParse({ driver: { kind: "mqtt", url: draft.url, inputs: [point] } }).success);
});
