import assert from "node:assert/strict";
import { test } from "node:test";
import type { DriverSettings } from "../../../../src/domain/site-config.ts";
import { sourceOf } from "./source.ts";

const payload = { closed: "ON", open: "OFF" };
const boards: readonly { readonly board: number; readonly driver: DriverSettings }[] = [
  { board: 1, driver: { kind: "virtual", inputs: 2, outputs: 0 } },
  { board: 2, driver: { kind: "http-trigger", inputs: [{ point: 1, key: "k", maxS: 60 }] } },
  { board: 5, driver: { kind: "video-detection", channel: 1, videoLoss: true } },
  { board: 3, driver: { kind: "camera-offline", graceS: 60, except: [] } },
  {
    board: 4,
    driver: {
      ...{ kind: "mqtt", url: "mqtt://x", username: "", password: "", outputs: [] },
      inputs: [
        { point: 1, topic: "door", payload },
        { point: 2, topic: "button", payload: { ...payload, pulse: true } },
      ],
    },
  },
];

test("a message is told from a contact by its board; of MQTT only what pulses is one", () => {
  const of = (board: number, point: number) => sourceOf(boards, { board, point });
  assert.deepEqual(
    [of(1, 1), of(2, 1), of(3, 1), of(4, 1), of(4, 2), of(5, 7), of(9, 1)],
    ["contact", "network", "offline", "contact", "network", "pictures", "contact"],
  );
});
