import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../kernel/time.ts";
import type { RecorderToCore } from "../messages/recorder.ts";
import { createCoreLink } from "./core-link.ts";

const trouble = (key: string, ended?: number): RecorderToCore => ({
  kind: "trouble",
  trouble: { key, what: "offline", since: wallTime(1), ...(ended === undefined ? {} : { ended: wallTime(ended) }) },
});

test("a new core hears of every trouble that still holds, once, and of those that ended while it was away", () => {
  const link = createCoreLink();
  const first: RecorderToCore[] = [];
  link.connected((message) => void first.push(message));
  for (const key of ["a", "b", "c"]) link.send(trouble(key));
  link.send(trouble("b", 5));
  link.disconnected();
  link.send(trouble("c", 7));
  link.send(trouble("d"));
  const second: RecorderToCore[] = [];
  link.connected((message) => void second.push(message));
  assert.deepEqual(second, [trouble("c", 7), trouble("d"), trouble("a")]);
});
