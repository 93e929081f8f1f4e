import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../../kernel/time.ts";
import type { LevelReport, NetworkMessage } from "../driver.ts";
import { trackLevels } from "../level-track.ts";
import { trackLoops } from "../loop-track.ts";
import { countComplaints } from "./complaints.ts";
import { readInputs } from "./inputs.ts";
import { say, settingsFor } from "../../testkit/mqtt-broker.ts";

const button = { point: 3, topic: "button", payload: { closed: "press", open: "", pulse: true } } as const;

const zigbee = {
  point: 4,
  topic: "zigbee2mqtt/window",
  payload: { path: "contact", closed: "true", open: "false" },
} as const;

const words = { closed: "ON", open: "OFF" } as const;
const gate = { point: 5, topic: "gate/alarm", payload: words, message: {} } as const;
const panel = {
  ...{ point: 6, topic: "panel/event", payload: words, message: { title: "event.text", id: "event.id" } },
  availability: { topic: "panel/online", online: "1", offline: "0" },
} as const;

function setUp() {
  const told: LevelReport[] = [];
  const logged: string[] = [];
  const levels = trackLevels({ level: (report) => void told.push(report) });
  const complaints = countComplaints((message) => void logged.push(message));
  const sensors: unknown[] = [];
  const tell = (point: number, said: object) => void sensors.push({ point, ...said });
  const said: NetworkMessage[] = [];
  const inputs = readInputs([...settingsFor(1).inputs, button, zigbee, gate, panel], levels, {
    complaints,
    loops: trackLoops({}, levels),
    said: (message) => void said.push(message),
    told: tell,
  });
  let now = 0;
  const send = (topic: string, payload: string, retained = false) =>
    inputs.message({ topic, payload: Buffer.from(payload), retained }, instant(++now));
  return { told, logged, inputs, send, sensors, said };
}

test("a retained message that differs from a known level is a state, not an edge", () => {
  const { told, send } = setUp();
  send(...say(2, "open"));
  send(...say(2, "closed"), true);
  send(...say(2, "open"));
  assert.deepEqual(
    told.map(({ level, how }) => `${level} ${how}`),
    ["open state", "closed state", "open change"],
  );
});

test("a live message of a device that was called offline counts: the device is there", () => {
  const { told, send } = setUp();
  send("door/availability", "offline");
  send(...say(1, "open"), true);
  assert.equal(told.at(-1)?.level, "fault");
  send(...say(1, "closed"));
  assert.deepEqual([told.at(-1)?.level, told.at(-1)?.how], ["closed", "state"]);
});

test("complaints are logged at the 1st, 10th, 100th bad message and when they end", () => {
  const { logged, send } = setUp();
  for (let n = 0; n < 150; n++) send("switch/state", "?");
  send(...say(2, "open"));
  assert.equal(logged.length, 4);
});

test("in any order of messages: nothing retained is a change, and a change always differs from the level before", () => {
  const message = fc.record({
    topic: fc.constantFrom("door/state", "switch/state", "door/availability", "button"),
    payload: fc.constantFrom(
      '{"contact":true}',
      '{"contact":false}',
      "ON",
      "OFF",
      "online",
      "offline",
      "press",
      "",
      "?",
    ),
    retained: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(message), (messages) => {
      const { told, inputs, send } = setUp();
      inputs.begin(instant(0));
      const levels = new Map(told.map(({ point, level }) => [point, level]));
      for (const { topic, payload, retained } of messages) {
        const from = told.length;
        send(topic, payload, retained);
        for (const { point, level, how } of told.slice(from)) {
          assert.notEqual(level, levels.get(point));
          if (retained) assert.equal(how, "state");
          levels.set(point, level);
        }
      }
    }),
  );
});

test("battery and last seen are told from the same payload as the level, and not of sensors that say neither", () => {
  const { send, sensors, told } = setUp();
  send(...say(2, "open"));
  send(zigbee.topic, '{"contact":true,"battery":87,"linkquality":120}');
  send(zigbee.topic, '{"contact":true,"battery":86,"last_seen":1790000000000}', true);
  send(zigbee.topic, '{"contact":true,"last_seen":"2026-09-21T14:13:20+00:00"}');
  send(zigbee.topic, '{"contact":true,"battery":"low","last_seen":"yesterday"}');
  assert.deepEqual(sensors, [
    { point: 4, battery: 87, retained: false },
    { point: 4, battery: 86, lastSeen: 1_790_000_000_000, retained: true },
    { point: 4, lastSeen: 1_790_000_000_000, retained: false },
  ]);
  assert.equal(told.at(-1)?.level, "closed");
});

test("each live message of a topic of messages is one alarm with its text as the title; a retained or an empty one is none", () => {
  const { said, send, told } = setUp();
  send(gate.topic, "Parcel box was opened", true);
  send(gate.topic, "");
  assert.deepEqual(said, []);
  send(gate.topic, " Parcel box\n was opened ");
  send(gate.topic, "ON");
  send(gate.topic, "ON");
  assert.deepEqual(said, [
    { point: 5, title: "Parcel box was opened" },
    { point: 5, title: "ON" },
    { point: 5, title: "ON" },
  ]);
  assert.ok(!told.some(({ point }) => point === 5), "there is no contact that its words could close");
});

test("title and id are read from members of the JSON; what can't be read is left out, and the alarm goes out all the same", () => {
  const { logged, said, send } = setUp();
  send(panel.topic, '{"event":{"text":"Zone 4: motion","id":812}}');
  send(panel.topic, '{"event":{"id":813}}');
  send(panel.topic, "no JSON at all");
  assert.deepEqual(said, [{ point: 6, title: "Zone 4: motion", id: "812" }, { point: 6, id: "813" }, { point: 6 }]);
  assert.match(logged.join(), /has no event\.text/);
});

test("a topic of messages is at rest from the start, at fault with its device, and there again with its next message", () => {
  const { inputs, said, send, told } = setUp();
  inputs.begin(instant(0));
  const levels = () => told.filter(({ point }) => point === 6).map(({ level }) => level);
  send("panel/online", "0");
  send(panel.topic, '{"event":{"text":"late"}}', true);
  assert.deepEqual([levels(), said], [["open", "fault"], []]);
  send(panel.topic, '{"event":{"text":"now"}}');
  assert.deepEqual([levels(), said.map(({ title }) => title)], [["open", "fault", "open"], ["now"]]);
});
