import assert from "node:assert/strict";
import { test } from "node:test";
import { startDemoSite } from "./demo.ts";

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
