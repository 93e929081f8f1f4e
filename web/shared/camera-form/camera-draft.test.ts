import assert from "node:assert/strict";
import { test } from "node:test";
import {
  channelBodyOf,
  emptyDraft,
  nextVariant,
  previewOf,
  problemOf,
  sameCamera,
  testBodyOf,
  type CameraDraft,
} from "./camera-draft.ts";

const draft = (part: Partial<CameraDraft>): CameraDraft => ({ ...emptyDraft, ...part });

test("a camera by make is sent as make and address, with what is unusual only", () => {
  const entered = draft({ make: "hikvision", address: " 192.0.2.10 ", username: "viewer ", password: " p " });
  assert.deepEqual(testBodyOf(entered), {
    camera: { make: "hikvision", address: "192.0.2.10" },
    username: "viewer",
    password: " p ",
  });
  assert.deepEqual(channelBodyOf({ ...entered, input: 3, variant: 1, name: " Door " }), {
    camera: { make: "hikvision", address: "192.0.2.10", input: 3, variant: 1 },
    username: "viewer",
    password: " p ",
    name: "Door",
  });
  assert.equal(testBodyOf(entered, true)["anyway"], true);
});

test("a login that stands in a pasted address is not overwritten by empty fields", () => {
  const entered = draft({ make: "other", url: "rtsp://u:p@192.0.2.10/x", subUrl: "rtsp://192.0.2.10/y" });
  assert.deepEqual(channelBodyOf(entered), { url: "rtsp://u:p@192.0.2.10/x", subUrl: "rtsp://192.0.2.10/y" });
  assert.equal(previewOf(entered), "rtsp://192.0.2.10/x", "and is not shown");
});

test("what is missing is named, field by field", () => {
  assert.equal(problemOf(draft({})), "address");
  assert.equal(problemOf(draft({ address: "two words" })), "address");
  assert.equal(problemOf(draft({ address: "cam.local:554" })), undefined);
  assert.equal(problemOf(draft({ make: "unifi", address: "192.0.2.1" })), "mainKey");
  assert.equal(problemOf(draft({ make: "other", url: "192.0.2.1" })), "url");
  assert.equal(problemOf(draft({ make: "other", url: "rtsp://192.0.2.1/", subUrl: "x" })), "subUrl");
});

test("older paths of a make are offered until there are no more; a test holds while address and login are the same", () => {
  assert.equal(nextVariant(draft({ make: "reolink" })), 1);
  assert.equal(nextVariant(draft({ make: "reolink", variant: 2 })), undefined);
  assert.equal(nextVariant(draft({ make: "other" })), undefined);
  const one = draft({ address: "192.0.2.10" });
  assert.ok(sameCamera(one, { ...one, name: "Door" }));
  assert.ok(!sameCamera(one, { ...one, password: "x" }));
});
