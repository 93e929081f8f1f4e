/** From a camera's moving pictures to the receipt of an alarm input, over every process of a real Reed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startReed, until, type Api } from "../support/reed.ts";
import {
  actionOf,
  addAlarmInput,
  closedReceipt,
  live,
  openContact,
  raisedReceipts,
  smallSource,
  troubleKeys,
} from "../support/site.ts";

/** One picture, again and again. */
const still = { kind: "synthetic", width: 320, height: 192, fps: 5, gopSeconds: 0.2, bitsPerSecond: 400_000 } as const;
const everything = "f".repeat(99);

const inputLevel = async (api: Api, input: number): Promise<string> => {
  const { live: state } = await api.get(`inputs/${input}`);
  return String(state?.level);
};

test(
  "what moves before a camera raises its input and records; what stands still does not; what a killed or hung process does not look at is unknown, not calm, and a door is recorded meanwhile",
  { timeout: 120_000 },
  async () => {
    await using cameras = await startCameraProgram({ cameras: [{ source: still }, { source: still }] });
    await using reed = await startReed();
    const api = await reed.administrator();
    const inputs: number[] = [];
    for (const channel of [1, 2]) {
      await api.post("channels", { url: `rtsp://127.0.0.1:${cameras.port}/cam${channel}` });
      const motion = { regions: [{ name: "Yard", cells: everything, sensitivity: 60, threshold: 6 }], holdS: 1 };
      const { board } = await api.post("boards", {
        name: `Camera ${channel}`,
        driver: { kind: "video-detection", channel, motion },
      });
      const input = { name: `Motion ${channel}`, board, recordChannels: [channel], postRecordS: 2, maxRecordS: 10 };
      inputs.push((await addAlarmInput(api, { ...input, debounceMs: 0 })).input);
    }
    const [moving = 0, quiet = 0] = inputs;
    for (const channel of [1, 2]) await live(api, channel);
    await until(async () => (await inputLevel(api, moving)) === "open", "the first camera is watched");
    await until(async () => (await inputLevel(api, quiet)) === "open", "the second camera is watched");
    const { board: hand } = await api.post("boards", { driver: { kind: "virtual", inputs: 1, outputs: 0 } });
    const door = { board: hand, recordChannels: [2], postRecordS: 1, maxRecordS: 10, debounceMs: 0, antiDitherS: 0 };
    const { input: byHand } = await addAlarmInput(api, door);
    await api.post("arming", { armed: true });

    await cameras.send({ do: "change-parameters", camera: 1, source: smallSource() });
    const receipt = await closedReceipt(api, moving);
    // the camera is young: less may be there from before than was asked
    assert.match(actionOf(receipt, "record", 1).outcome.kind, /^(done|short)$/, JSON.stringify(receipt.actions));
    assert.deepEqual(await raisedReceipts(api, quiet), []);

    const pid = reed.pid("detection");
    process.kill(pid, "SIGKILL");
    await until(async () => (await inputLevel(api, quiet)) === "unknown", "what nobody looks at is unknown");
    await until(async () => (await inputLevel(api, quiet)) === "open", "it is looked at again");
    assert.notEqual(reed.pid("detection"), pid);
    assert.deepEqual(await raisedReceipts(api, quiet), []);

    process.kill(reed.pid("detection"), "SIGSTOP");
    await openContact(api, hand, 1, "closed");
    const recorded = await closedReceipt(api, byHand);
    assert.equal(actionOf(recorded, "record", 2).outcome.kind, "done", "a door is recorded while nobody looks");
    await until(async () => (await inputLevel(api, quiet)) === "unknown", "one that hangs sees nothing");
    const { now, points } = await api.get("channels/2/detection");
    assert.deepEqual([now.state, now.reason, points[0].input], ["blind", "the detection process is away", quiet]);
    const isDown = async (): Promise<boolean> => (await troubleKeys(api)).includes("detection:process");
    await until(isDown, "that it is down is a trouble");
    process.kill(reed.pid("detection"), "SIGCONT");
    await until(async () => (await inputLevel(api, quiet)) === "open", "it is looked at once more");
    await until(async () => !(await isDown()), "the trouble has ended");
    assert.deepEqual(await raisedReceipts(api, quiet), []);
  },
);
