import assert from "node:assert/strict";
import { test } from "node:test";
import { troubledId, troubleKind } from "./trouble-kind.ts";

const things = {
  channels: [
    { channel: 1, state: "down" },
    { channel: 2, state: "refused" },
  ],
  volumes: [
    { volumeId: "a", state: "full" },
    { volumeId: "b", state: "missing" },
  ],
};

test("a trouble's kind follows from its key and from what is known of the thing", () => {
  const kinds = ["channel:1", "channel:2", "channel:9", "gop:1", "board:3", "input:4:chatter", "output:2", "volume:a"]
    .concat("volume:b", "volume:gone", "recorder:0", "database", "journal", "something:new")
    .concat("battery:4", "power:4", "ups-low:4", "ups:4", "volume-group:Doors")
    .map((key) => troubleKind(key, things));
  assert.deepEqual(kinds, [
    ...["camera-down", "camera-refused", "camera-down", "key-frame-interval", "board-lost", "contact-chatters"],
    ...["output-differs", "volume-full", "volume-missing", "volume-missing", "recorder-down", "database", "journal"],
    ...["other", "battery-low", "power", "power", "power", "volume-group"],
  ]);
  assert.equal(troubledId("input:4:chatter"), "4");
});
