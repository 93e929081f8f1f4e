import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  longestPayload,
  readAvailability,
  readLevel,
  readMessage,
  readPayload,
  topicsOf,
  topicTrouble,
} from "./protocol.ts";
import { settingsFor } from "../../testkit/mqtt-broker.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const level = (text: string, map: Parameters<typeof readLevel>[1]) => {
  const read = readLevel(bytes(text), map);
  return read.ok ? read.value : read.error;
};

test("a payload means what the map says: a contact that is false is open", () => {
  const contact = { path: "contact", closed: "true", open: "false" };
  assert.equal(level('{"battery":97,"contact":false}', contact), "open");
  assert.equal(level('{"contact":true}', contact), "closed");
  assert.equal(level(" ON\n", { closed: "ON", open: "OFF" }), "closed");
  assert.equal(level('{"in":[{"v":0},{"v":1}]}', { path: "in.1.v", closed: "1", open: "0" }), "closed");
});

test("what the map does not know is an error that shows the payload, never a level", () => {
  const contact = { path: "contact", closed: "true", open: "false" };
  assert.equal(level("{}", contact), "the payload {} has no contact");
  assert.equal(level('{"contact":null}', contact), 'contact of the payload {"contact":null} is no plain value');
  assert.equal(level("contact", contact), "the payload contact is no JSON");
  assert.equal(level("", { closed: "ON", open: "OFF" }), '"" is neither "ON" nor "OFF"');
  assert.equal(readPayload(new Uint8Array(longestPayload + 1), undefined).ok, false);
});

test("a path never reaches what every object inherits", () => {
  for (const path of ["constructor.name", "__proto__", "toString", "length.constructor"]) {
    assert.equal(readPayload(bytes('{"a":1}'), path).ok, false, path);
  }
});

test("availability is read as plain text and as the known JSON around it", () => {
  const words = { topic: "t", online: "online", offline: "offline" };
  const read = (text: string) => readAvailability(bytes(text), words);
  assert.deepEqual(["online", "offline", '{"state":"offline"}', '{"state":"online"}'].map(read), [
    { ok: true, value: true },
    { ok: true, value: false },
    { ok: true, value: false },
    { ok: true, value: true },
  ]);
  assert.equal(read("away").ok, false);
});

test("every topic is subscribed to once, and must name one thing", () => {
  assert.deepEqual(topicsOf(settingsFor(1)), ["door/state", "door/availability", "switch/state", "relay/state"]);
  assert.equal(topicTrouble("a/b"), undefined);
  for (const wrong of ["", "a/#", "+/b"]) assert.ok(topicTrouble(wrong));
});

test("random bytes and random JSON are a value or an error, never a throw", () => {
  const path = fc.option(fc.stringMatching(/^[a-c0-2.]{0,6}$/), { nil: undefined });
  const payload = fc.oneof(fc.uint8Array(), fc.json().map(bytes), fc.constant(bytes("[".repeat(60_000))));
  fc.assert(
    fc.property(payload, path, (noise, where) => {
      const read = readPayload(noise, where);
      assert.equal(typeof (read.ok ? read.value : read.error), "string");
      const mapped = readLevel(noise, { ...(where === undefined ? {} : { path: where }), closed: "1", open: "0" });
      if (mapped.ok) assert.equal(read.ok ? read.value : "", mapped.value === "closed" ? "1" : "0");
    }),
  );
});

test("a title is one line of 150 characters, a picture is no title, and an id beyond 100 characters is none", () => {
  assert.equal(readMessage(bytes("x".repeat(400)), {})?.title?.length, 150);
  const picture = readMessage(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0x00]), {});
  assert.deepEqual(picture, { unread: "a title that is no text" });
  const long = readMessage(bytes(JSON.stringify({ text: "fire", id: "y".repeat(101) })), { title: "text", id: "id" });
  assert.deepEqual(long, { title: "fire", unread: "an id of 101 characters" });
  assert.deepEqual(readMessage(bytes('{"text":"  ","id":""}'), { title: "text", id: "id" }), {
    unread: "an id of 0 characters",
  });
});

test("whatever a message's bytes are, it is an alarm, and only an empty one is none", () => {
  const members = { title: "a", id: "b" };
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ minLength: 1 }), fc.json().map(bytes)), (payload) => {
      const read = readMessage(payload, members);
      assert.ok(read !== undefined && (read.title?.length ?? 0) <= 150 && (read.id?.length ?? 0) <= 100);
    }),
  );
  assert.equal(readMessage(new Uint8Array(), members), undefined);
});
