import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { createEventReader, mostPartBytes, type RawEvent } from "./dahua-stream.ts";

const part = (body: string, length = Buffer.byteLength(body)): string =>
  `--myboundary\r\nContent-Type: text/plain\r\nContent-Length:${length}\r\n\r\n${body}\r\n\r\n`;
const heartbeat = part("Heartbeat");
const person = { object: [{ HumanID: 0, Rect: [29, 103, 171, 920] }], Name: "Tür; a=b" };
const withData = `Code=SmartMotionHuman;action=Start;index=1;data=${JSON.stringify(person, undefined, 3)}`;
const local = { code: "AlarmLocal", action: "Start", index: 12 };
const smart = { code: "SmartMotionHuman", action: "Start", index: 1, data: person };

function read(text: string, cuts: readonly number[] = []) {
  const reader = createEventReader();
  const bytes = Buffer.from(text);
  const events: RawEvent[] = [];
  let from = 0;
  for (const to of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    events.push(...reader.push(bytes.subarray(from, to)));
    from = Math.max(from, to);
  }
  return { events, dropped: reader.dropped };
}

test("an event is told as soon as it is whole, before the next part begins; a heartbeat is none", () => {
  assert.deepEqual(read(`${heartbeat}${part("Code=AlarmLocal;action=Start;index=12")}`).events, [local]);
  const body = `--myboundary\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(withData)}\r\n\r\n${withData}`;
  assert.deepEqual(read(body).events, [smart], "without the line end behind it");
  assert.deepEqual(read(`${heartbeat}${heartbeat}`), { events: [], dropped: 0 });
});

test("a sender whose lengths are off by two, or that puts a line end in front, is understood", () => {
  for (const off of [-2, -1, 1, 2]) {
    const event = read(`${part(withData, Buffer.byteLength(withData) + off)}${heartbeat}`);
    assert.deepEqual(event, { events: [smart], dropped: 0 }, String(off));
  }
  const leading = part("\r\nCode=AlarmLocal;action=Start;index=12");
  assert.deepEqual(read(leading).events, [local]);
});

test("the same bytes give the same events, however they are cut", () => {
  const text = [heartbeat, part("Code=AlarmLocal;action=Start;index=12"), part(withData), heartbeat].join("");
  const size = Buffer.byteLength(text);
  fc.assert(
    fc.property(fc.array(fc.nat(size), { maxLength: 12 }), (cuts) => {
      assert.deepEqual(read(text, cuts), { events: [local, smart], dropped: 0 });
    }),
  );
});

test("whatever comes, nothing is thrown, little is kept, and the next good event is understood", () => {
  const bytes = fc.uint8Array({ maxLength: 400 });
  const piece = fc.oneof(
    bytes,
    fc
      .constantFrom("--myboundary\r\n", "\r\n\r\n", "Content-Length:99\r\n", "Code=X;action=Start;index=", "data={")
      .map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const reader = createEventReader();
      for (const one of pieces) reader.push(one);
      const events = reader.push(Buffer.from(`\r\n${heartbeat}${part("Code=AlarmLocal;action=Start;index=12")}`));
      assert.deepEqual(events.at(-1), local);
    }),
  );
});

test("a part that is too long, and one that is no event, are dropped and counted", () => {
  const long = part(`Code=VideoMotion;action=Start;index=0;data={"Name":"${"x".repeat(mostPartBytes)}"}`);
  const { events, dropped } = read(
    `${long}${part("<html>no</html>")}${part("Code=AlarmLocal;action=Start;index=12")}`,
    [...Array.from({ length: 20 }, (_, at) => at * 4000)],
  );
  assert.deepEqual(events, [local]);
  assert.equal(dropped, 2);
  assert.deepEqual(read(`${part('Code=VideoMotion;action=Start;index=0;data={"Id')}${heartbeat}`), {
    events: [{ code: "VideoMotion", action: "Start", index: 0 }],
    dropped: 0,
  });
});
