import assert from "node:assert/strict";
import { test } from "node:test";
import type { CameraOffer } from "../domain/detection/camera-said.ts";
import { dahuaEvents } from "../drivers/camera-events/dahua.ts";
import { startDemoSite } from "./demo.ts";
import { fakeClock } from "./fake-clock.ts";

test("the demo site serves four cameras and a board, and a trip opens the door's contact and shuts it again", async () => {
  await using site = await startDemoSite();
  assert.deepEqual(
    site.cameras.map(({ name, url }) => [name, /^rtsp:\/\/127\.0\.0\.1:\d+\/cam\d$/.test(url)]),
    [
      ["Front door", true],
      ["Yard", true],
      ["Garage", true],
      ["Hall", true],
    ],
  );
  const contacts = async () => {
    const status = await site.control({ do: "board", command: { do: "status" } });
    return "contacts" in status ? status.contacts : [];
  };
  assert.deepEqual(await contacts(), [true, true, true, false]);
  await site.control({ do: "trip", ms: 60_000 });
  assert.deepEqual(await contacts(), [false, true, true, false]);
  await site.control({ do: "trip", contact: 4, ms: 0 });
  assert.deepEqual(await contacts(), [false, true, true, false], "pressed and let go");
  const status = await site.control({ do: "camera", command: { do: "status" } });
  assert.equal(Array.isArray(status) ? status.length : 0, 8);
});

test("the demo's first camera has motion, people and its tripwire switched on, and asks for no login", async () => {
  await using site = await startDemoSite();
  const offered = Promise.withResolvers<CameraOffer>();
  const listener = { link: () => undefined, offered: offered.resolve, said: () => undefined, dropped: () => undefined };
  const camera = { host: "127.0.0.1", port: site.events.port, username: "", password: "", input: 1 };
  const heard = dahuaEvents().open(camera, listener, fakeClock());
  const { things, rules } = await offered.promise;
  await heard[Symbol.asyncDispose]();
  assert.ok(things.get("motion") === true && things.get("human") === true);
  assert.deepEqual(rules, [{ name: site.events.tripwire, code: "CrossLineDetection" }]);
});
