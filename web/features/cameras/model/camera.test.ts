import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChannelState } from "../../../../src/messages/recorder.ts";
import { wallTime } from "../../../../src/kernel/time.ts";
import type { Channel } from "../../../shared/types.ts";
import { bodyOf, problemOf, settingsOf, testBodyOf } from "./camera-settings.ts";
import { cameraView, preRecordView } from "./camera-view.ts";

const camera: Channel = {
  ...{
    channel: 3,
    name: "Door",
    enabled: true,
    url: "rtsp://192.0.2.10:554/main",
    subUrl: "rtsp://192.0.2.10:554/sub",
  },
  ...{ username: "viewer", password: "***", audio: false, recordMode: "alarm", preRecordS: 10 },
};
const playing: ChannelState = {
  ...{ channel: 3, state: "live", since: wallTime(5), reason: "", bitsPerSecond: 4e6, picturesPerSecond: 12.5 },
  ...{ video: { codec: "h265", width: 2560, height: 1440, frameRate: 25 }, ringMs: 12_400 },
};

test("a camera that plays shows what it sends; one that does not shows why, and nothing old", () => {
  const live = cameraView(camera, playing);
  assert.deepEqual(
    [live.state, live.codec, live.size, live.picturesPerSecond],
    ["live", "H.265", "2560\u00a0×\u00a01440", 12.5],
  );
  const down = cameraView(camera, { ...playing, state: "down", reason: "no route" });
  assert.deepEqual([down.color, down.reason, down.size, down.bitsPerSecond], ["red", "no route", undefined, undefined]);
  assert.equal(cameraView(camera, undefined).state, "unknown");
  assert.equal(cameraView({ enabled: false }, playing).state, "off", "whatever was heard of it last");
});

test("what an alarm has from before it: on the disk, in memory with what is missing, or nothing", () => {
  assert.deepEqual(preRecordView(camera, playing, undefined), { kind: "held", heldS: 12, askedS: 10, short: false });
  const young = { ...playing, ringMs: 3900 };
  assert.deepEqual(preRecordView(camera, young, undefined), { kind: "held", heldS: 3, askedS: 10, short: true });
  assert.deepEqual(preRecordView({ ...camera, recordMode: "continuous" }, young, undefined), {
    kind: "recorded",
    askedS: 10,
  });
  assert.deepEqual(preRecordView({ ...camera, recordMode: "off" }, playing, undefined), { kind: "none" });
  const auto = { ...camera, recordMode: "auto" } as const;
  assert.deepEqual(preRecordView(auto, young, "continuous"), { kind: "recorded", askedS: 10 });
  assert.equal(preRecordView(auto, young, "alarm").kind, "held", "outside its week the memory has it");
  assert.equal(preRecordView(auto, young, "off").kind, "none");
  const down = { ...playing, state: "down" } as const;
  assert.deepEqual(preRecordView({ ...camera, recordMode: "continuous" }, down, undefined), {
    kind: "nothing-now",
    askedS: 10,
  });
});

test("settings that the page does not know stay, and an emptied sub stream is left out", () => {
  const more = { ...camera, zones: [1] } as Channel;
  const body = bodyOf(more, { ...settingsOf(more), subUrl: " ", name: " Gate " });
  assert.deepEqual(body["zones"], [1]);
  assert.deepEqual([body["name"], "subUrl" in body, "live" in body, "channel" in body], ["Gate", false, false, false]);
  assert.equal(bodyOf(camera, settingsOf(camera))["subUrl"], camera.subUrl);
});

test("a kept password is not sent to another host, and what is no address is named", () => {
  const saved = settingsOf(camera);
  assert.equal(problemOf(saved, saved), undefined);
  assert.equal(problemOf(saved, { ...saved, url: "rtsp://192.0.2.10:554/other" }), undefined);
  assert.equal(problemOf(saved, { ...saved, url: "rtsp://192.0.2.99/main" }), "password");
  assert.equal(problemOf(saved, { ...saved, url: "rtsp://192.0.2.99/main", password: "new" }), undefined);
  assert.equal(problemOf(saved, { ...saved, url: "http://192.0.2.10/" }), "url");
  assert.equal(problemOf(saved, { ...saved, subUrl: "x" }), "subUrl");
  assert.equal(problemOf(saved, { ...saved, name: " " }), "name");
  assert.deepEqual(testBodyOf(3, saved, "sub"), {
    url: "rtsp://192.0.2.10:554/sub",
    username: "viewer",
    password: "***",
    channel: 3,
  });
});
