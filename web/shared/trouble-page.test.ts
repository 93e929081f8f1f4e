import assert from "node:assert/strict";
import { test } from "node:test";
import { troubleKinds } from "../../src/domain/trouble-kind.ts";
import { troublePage } from "./trouble-page.ts";

test("every kind of trouble leads to the page where something can be done about it", () => {
  assert.equal(troublePage("camera-refused", "channel:3"), "/cameras/3");
  assert.equal(troublePage("contact-chatters", "input:4:chatter"), "/alarm-in/4");
  assert.equal(troublePage("detection-down", "detection:3"), "/detection/3");
  assert.equal(troublePage("model-failing", "model:yolox"), "/models");
  assert.equal(troublePage("volume-full", "volume:0199f0c2"), "/storage");
  for (const kind of troubleKinds) assert.match(troublePage(kind, "x:1"), /^\/[a-z-]+/);
});
