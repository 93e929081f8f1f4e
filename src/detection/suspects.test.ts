import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { minutes } from "../kernel/time.ts";
import { openSuspects, suspectLimits, underWatch } from "./suspects.ts";
import { madeUpPictures } from "./testdata/made-up-camera.ts";

const parameters = { track: "video", codec: "h264", codecString: "" } as const;
const unit = { data: new Uint8Array(176 * 144), key: true, pts: 0 };

/** A process that is begun again and again in one folder; `now` is minutes. */
function bench() {
  const folder = mkdtempSync(join(tmpdir(), "reed-suspects-"));
  let now = 0;
  const refusals: string[] = [];
  const begin = () =>
    openSuspects({
      folder,
      wall: () => minutes(now),
      died: () => undefined,
      refused: (why) => void refusals.push(why),
    });
  const note = () => readFileSync(join(folder, "detection.handling")).readUInt32LE();
  /** It ends while it handles a unit of this camera: what then stands in the file stays there. */
  const dies = (channel: number): void => {
    using suspects = begin();
    const bytes = suspects.during(channel, () => readFileSync(join(folder, "detection.handling")));
    writeFileSync(join(folder, "detection.handling"), bytes);
  };
  return {
    ...{ folder, refusals, begin, note, dies },
    pass: (m: number) => void (now += m),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

test("a camera whose unit was handled at three deaths is left alone for a growing time, and no other is", () => {
  using on = bench();
  on.dies(4);
  on.dies(4);
  {
    using suspects = on.begin();
    assert.equal(suspects.barred(4), undefined);
  }
  on.dies(4);
  {
    using suspects = on.begin();
    assert.match(suspects.barred(4) ?? "", /ended the detection process 3 times; it is left alone for 5 min/);
    assert.equal(suspects.barred(5), undefined);
    on.pass(5);
    assert.equal(suspects.barred(4), undefined, "it is tried again");
  }
  on.dies(4);
  {
    using suspects = on.begin();
    assert.match(suspects.barred(4) ?? "", /4 times; it is left alone for 10 min/);
    on.pass(suspectLimits.within / minutes(1));
    assert.equal(suspects.barred(4), undefined);
  }
  on.dies(4);
  using suspects = on.begin();
  assert.equal(suspects.barred(4), undefined, "what was long ago is forgotten");
});

test("who is killed while it handles nothing blames nobody; who took too much memory is left alone at once", () => {
  using on = bench();
  for (let n = 0; n < 5; n++) {
    using suspects = on.begin();
    suspects.during(4, () => assert.equal(on.note(), 4));
    assert.throws(() => suspects.during(5, () => assert.fail("a fault in JavaScript ends nothing")));
    assert.equal(on.note(), 0);
    assert.equal(suspects.barred(4), undefined);
  }
  {
    using suspects = on.begin();
    suspects.blame(7);
  }
  using suspects = on.begin();
  assert.match(suspects.barred(7) ?? "", /more memory than there is for all cameras; it is left alone for 5 min/);
  assert.equal(suspects.barred(4), undefined);
});

test("the note stands while a unit is decoded, and a camera that is left alone is not opened", () => {
  using on = bench();
  using suspects = on.begin();
  const noted: number[] = [];
  const watched = underWatch(madeUpPictures(), 3, suspects);
  const decoder = watched.open(parameters, { picture: () => noted.push(on.note()), failed: () => undefined });
  decoder.push(unit);
  assert.deepEqual([noted, on.note()], [[3], 0]);
  suspects.blame(3);
  assert.throws(
    () => watched.open(parameters, { picture: () => undefined, failed: () => undefined }),
    /it is left alone for 5 min/,
  );
});

test("files that are damaged are as if there were none", () => {
  using on = bench();
  writeFileSync(join(on.folder, "detection.handling"), "xx");
  writeFileSync(join(on.folder, "detection.deaths.json"), '[{"channel":4},{"chan');
  using suspects = on.begin();
  assert.equal(suspects.barred(4), undefined);
});

test("a disk that takes nothing ends nothing: cameras are looked at, it is said once, and known deaths stay known", () => {
  using on = bench();
  for (let n = 0; n < 3; n++) on.dies(4);
  const before = readFileSync(join(on.folder, "detection.deaths.json"), "utf8");
  // what they are written to can't be written
  mkdirSync(join(on.folder, "detection.deaths.json.new"));
  rmSync(join(on.folder, "detection.handling"));
  symlinkSync(join(on.folder, "nowhere", "at-all"), join(on.folder, "detection.handling"));
  {
    using suspects = on.begin();
    assert.equal(
      suspects.during(5, () => 7),
      7,
    );
    assert.equal(
      suspects.during(6, () => 8),
      8,
    );
    suspects.blame(9);
    assert.match(suspects.barred(9) ?? "", /more memory than there is/, "it is known while this process lives");
    assert.ok(on.refusals.length >= 1 && on.refusals.length <= 3, on.refusals.join());
  }
  assert.equal(readFileSync(join(on.folder, "detection.deaths.json"), "utf8"), before);
  const told = on.refusals.length;
  rmSync(join(on.folder, "detection.handling"));
  rmSync(join(on.folder, "detection.deaths.json.new"), { recursive: true });
  using suspects = on.begin();
  suspects.during(5, () => assert.equal(on.note(), 5));
  assert.equal(on.refusals.length, told);
});

test("a folder that can't be made ends nothing either", () => {
  using on = bench();
  rmSync(on.folder, { recursive: true });
  writeFileSync(on.folder, "a file");
  using suspects = on.begin();
  assert.equal(
    suspects.during(5, () => 7),
    7,
  );
  assert.equal(suspects.barred(5), undefined);
});
