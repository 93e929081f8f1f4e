/** What a camera says by itself, from its event stream to the receipt of an alarm input, over every process of a real Reed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startReed, until, type Api } from "../support/reed.ts";
import {
  actionOf,
  addAlarmInput,
  closedReceipt,
  live,
  raisedReceipts,
  smallSource,
  troubleKeys,
} from "../support/site.ts";

const login = { username: "viewer", password: "camera-secret-4712" };
const [motion, drive] = [1, 13];

/** Level of a point, and whose word it is. */
async function pointOf(api: Api, point: number): Promise<string> {
  const { points } = await api.get("channels/1/detection");
  const found = (points as { point: number; level?: string; by: string }[]).find((one) => one.point === point);
  return `${found?.level} by ${found?.by}`;
}

test(
  "a camera's own tripwire raises its input, with footage from before; gone it is unknown and Reed looks meanwhile, and back its word counts again",
  { timeout: 120_000 },
  async () => {
    // it moves all the time; the camera does not say so
    const camera = { source: smallSource(), auth: ["digest-md5" as const], ...login };
    await using cameras = await startCameraProgram({ cameras: [camera], eventsPort: 0 });
    await using reed = await startReed();
    const api = await reed.administrator();
    await api.post("channels", { url: cameras.urls[0], ...login, preRecordS: 2 });
    const regions = [{ name: "All", cells: "f".repeat(99), sensitivity: 60, threshold: 6 }];
    const own = { kind: "dahua", port: cameras.eventsPort, rules: [{ rule: 3, name: "Drive", said: "Drive" }] };
    const { board } = await api.put("channels/1/detection", { motion: { regions, holdS: 1 }, own });
    const linked = { name: "Drive", board, point: drive, recordChannels: [1], postRecordS: 1, maxRecordS: 10 };
    const { input } = await addAlarmInput(api, { ...linked, kind: "video-rule", debounceMs: 0 });
    await live(api, 1, 4000);
    await until(async () => (await pointOf(api, drive)) === "open by camera", "the camera is heard");
    await until(async () => (await pointOf(api, motion)) === "open by camera", "its word on motion counts");
    await api.post("arming", { armed: true });

    const object = { ObjectType: "Human", BoundingBox: [1000, 1000, 2000, 3000] };
    await cameras.send({
      ...({ do: "event", camera: 1, code: "CrossLineDetection", action: "Start" } as const),
      data: { Name: "Drive", Object: object },
    });
    await until(async () => (await pointOf(api, drive)) === "closed by camera", "the tripwire is crossed");
    await cameras.send({ do: "event", camera: 1, code: "CrossLineDetection", action: "Stop" });
    const receipt = await closedReceipt(api, input);
    assert.equal(actionOf(receipt, "record", 1).outcome.kind, "done", JSON.stringify(receipt.actions));
    assert.match(JSON.stringify(receipt), /a person: \\"Drive\\", said by the camera/);
    assert.equal(await pointOf(api, motion), "open by camera", "Reed does not look for it");

    await cameras.send({ do: "events", how: "down" });
    await until(async () => (await pointOf(api, drive)) === "unknown by camera", "nobody else knows its rule");
    await until(async () => (await pointOf(api, motion)) === "closed by reed", "Reed looks meanwhile, and sees it");
    await cameras.send({ do: "events", how: "busy" });
    const why = async () => String((await api.get("channels/1/detection")).word.reason);
    await until(async () => /answered 503/.test(await why()), "it lets us in, but does not say what is so now");
    assert.equal(await pointOf(api, drive), "unknown by camera", "which is no rest");
    await cameras.send({ do: "events", how: "up" });
    await until(async () => (await pointOf(api, drive)) === "open by camera", "it is heard again");
    await until(async () => (await pointOf(api, motion)) === "open by camera", "its word counts again");
    assert.equal((await raisedReceipts(api, input)).length, 1);

    await api.post("arming", { armed: false });
    await api.post("walk-test", { inputs: [input], minutes: 5 });
    await cameras.send({
      ...({ do: "event", camera: 1, code: "CrossLineDetection", action: "Pulse" } as const),
      data: { Name: "Drive", Object: object },
    });
    const walked = async () => (await api.get("walk-test")).running?.rows?.[0];
    await until(async () => (await walked())?.verdict === "proved", "a walk past the camera proves its rule");
    assert.deepEqual([(await walked()).footage.kind, (await walked()).trips.length], ["proved", 1]);
    const ask = { input, at: "2026-11-24T02:10", mode: "away", activeS: 5 };
    const { alarm, actions } = await api.post("simulate", ask);
    assert.deepEqual([alarm, actions.map((one: { verdict: string }) => one.verdict)], [true, ["happens"]]);

    await cameras.send({ do: "events", how: "refuse" });
    await until(async () => (await troubleKeys(api)).includes("own-detection:1"), "a refused login is a trouble");
    const { word } = await api.get("channels/1/detection");
    assert.equal(word.state, "refused");
    assert.doesNotMatch(JSON.stringify(word), new RegExp(login.password));
  },
);
