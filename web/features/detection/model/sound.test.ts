import assert from "node:assert/strict";
import { test } from "node:test";
import { beginsAnew } from "./sound.ts";

const quiet = { settings: {} };
const heard = { settings: { audio: { loss: true } } } as const;

test("that a recording pauses for the sound is said where it does, and only before it is applied", () => {
  const only = { audio: false };
  assert.equal(beginsAnew(only, quiet, heard), true);
  assert.equal(beginsAnew(only, quiet, quiet), false);
  assert.equal(beginsAnew(only, heard, heard), false, "it has its sound already");
  assert.equal(beginsAnew(only, heard, quiet), false, "switching it off leaves the stream alone");
  assert.equal(beginsAnew({ audio: true }, quiet, heard), false, "its sound is recorded, so it is there");
  const sub = { ...only, subUrl: "rtsp://camera/sub" };
  assert.equal(beginsAnew(sub, quiet, heard), false);
  assert.equal(beginsAnew({ ...sub, recordSub: true }, quiet, heard), true);
});
