import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChannelPlan } from "../messages/recorder.ts";
import { rig } from "./support.test.ts";

const camera: ChannelPlan = {
  ...{ channel: 1, name: "door", url: "rtsp://camera/", username: "", password: "", audio: false },
  ...{ recordMode: "continuous", preRecordMs: 4000 },
};
const both: ChannelPlan = { ...camera, subUrl: "rtsp://camera/sub", recordSub: true };
const volume = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 };
const all = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at);

for (const [name, plan] of Object.entries({ "the only stream": camera, "a recorded sub stream": both })) {
  test(`no picture is lost in footage while listening to ${name} is switched on and off, and its sound is not kept`, async () => {
    const first = { revision: 1, channels: [plan], volumes: [volume], memoryBytes: 64e6, segmentMs: 60_000 };
    await using site = await rig({ plan: first });
    const sessions = site.sessions;
    const follow = (revision: number, channel: ChannelPlan) =>
      site.recorder.receive({ kind: "plan", plan: { ...first, revision, channels: [channel] } });
    const heard: number[] = [];
    const sound = async () => {
      heard.push(...all(10, site.next));
      await site.feed(400, Infinity, { track: "audio" });
    };
    await site.feed(3000);
    follow(2, { ...plan, listen: true });
    await site.feed(3000);
    await sound();
    follow(3, plan);
    await sound();
    await site.feed(3000);
    follow(4, { ...plan, listen: true });
    await site.feed(3000);
    await site.recorder[Symbol.asyncDispose]();
    assert.equal(site.sessions, sessions, "nothing was begun anew but what lacks a sound that it shall get");
    const pictures = all(site.next).filter((number) => !heard.includes(number));
    assert.deepEqual(site.inFiles(), pictures);
    const small = pictures.map((number) => 500_000 + number);
    if (plan.recordSub === true) assert.deepEqual(site.inSubFiles(), small);
    assert.ok(site.sounds.includes(true) && site.sounds.includes(false), "its camera is told each time");
  });
}
