import assert from "node:assert/strict";
import { test } from "node:test";
import { inputPoints } from "../domain/board-points.ts";
import { cellsOfHex, columns } from "../domain/detection/motion-grid.ts";
import type { BoardSettings, SiteConfig } from "../domain/site-config.ts";
import { demoChanges } from "./demo-site.ts";

const serves = {
  cameras: ["Door", "Yard"].map((name, i) => ({
    name,
    url: `rtsp://127.0.0.1/${i}`,
    subUrl: `rtsp://127.0.0.1/${i}/s`,
  })),
  events: { port: 8000, tripwire: "Path" },
  board: { host: "127.0.0.1", port: 502, unit: 1 },
  contacts: ["Front door"],
  relays: ["Siren"],
};
const empty: SiteConfig = {
  site: { name: "Reed", timeZone: "UTC" },
  ...{ volumes: [], channels: [], boards: [], inputs: [], outputs: [] },
  ...{ notifiers: [], views: [], schedules: [], subscriptions: [] },
};
const boardsOf = (config: SiteConfig): BoardSettings[] =>
  demoChanges(serves, config).flatMap((change) => (change.part === "board" ? [change.value] : []));

test("a new demo site listens to its first camera and watches its second, but not the rims of the picture, which always move", () => {
  const [, watched, said] = boardsOf(empty);
  assert.ok(watched?.driver.kind === "video-detection");
  assert.equal(watched.driver.channel, 2);
  assert.deepEqual(inputPoints(watched.driver), [1, 7]);
  assert.ok(said?.driver.kind === "video-detection");
  assert.deepEqual([said.driver.channel, said.driver.own?.port, inputPoints(said.driver)], [1, 8000, [1, 11, 21]]);
  const cells = cellsOfHex(watched.driver.motion?.regions[0]?.cells ?? "");
  assert.deepEqual([cells?.[0], cells?.at(-1), cells?.[columns * 9]], [0, 0, 1]);
});

test("a site that is there already gets nothing watched, and its board and what it listens to the new address", () => {
  const [demoBoard, , said] = boardsOf(empty);
  assert.ok(said?.driver.kind === "video-detection" && said.driver.own !== undefined);
  const elsewhere = { ...said, driver: { ...said.driver, own: { ...said.driver.own, port: 1 } } };
  assert.deepEqual(boardsOf({ ...empty, boards: [elsewhere] }), [said]);
  assert.ok(demoBoard?.driver.kind === "modbus-tcp");
  const before = { ...demoBoard, driver: { ...demoBoard.driver, port: 1502 } };
  assert.deepEqual(boardsOf({ ...empty, boards: [before] }), [demoBoard]);
});
