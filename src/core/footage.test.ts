import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime } from "../kernel/time.ts";
import type { SegmentRow } from "../messages/recorder.ts";
import { segmentIntents } from "./footage.ts";

const segment: SegmentRow = {
  ...{ id: "s1", volumeId: "v1", channel: 1, stream: "main", path: "", bootId: "b", startInstant: instant(0) },
  ...{ startWall: wallTime(1000), endWall: wallTime(2000), bytes: 1, accessUnits: 1, closed: true, trusted: true },
  codec: "avc1",
};
const causes = (row: Partial<SegmentRow>, mode: Parameters<typeof segmentIntents>[1]) =>
  segmentIntents({ ...segment, ...row }, mode, []).flatMap((one) => (one.kind === "span" ? [one.cause] : []));

test("the map shows general footage where the file says so, whatever the channel is set to since", () => {
  assert.deepEqual(causes({ cause: "general" }, "off"), ["continuous"]);
  assert.deepEqual(causes({ cause: "holds" }, "auto"), []);
  assert.deepEqual(causes({}, "continuous"), ["continuous"], "a file of an older version");
  assert.deepEqual(causes({}, "alarm"), []);
  assert.deepEqual(causes({ cause: "general", stream: "sub" }, "auto"), [], "the map is of the main stream");
});
