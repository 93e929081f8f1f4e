import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { mostModelBytes } from "../../contract/model.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { uploadsIn } from "./uploads.ts";

const bytes = (text: string) => Buffer.from(text);

function bench(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "reed-uploads-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const clock = fakeClock();
  const disk = { free: 1e9 };
  const options = { folder, clock, mayBegin: () => Promise.resolve(), room: () => Promise.resolve(disk.free) };
  const begin = () => {
    const uploads = uploadsIn(options);
    t.after(() => uploads[Symbol.dispose]());
    return uploads;
  };
  /** Until what is removed by the clock is gone; files are really removed. */
  const emptied = async () => {
    while (readdirSync(folder).length > 0) await new Promise((resolve) => setImmediate(resolve));
  };
  return { folder, clock, disk, begin, emptied, left: () => readdirSync(folder).sort() };
}

test("what nobody went on with for ten minutes is removed without anybody who begins another one", async (t) => {
  const on = bench(t);
  const uploads = on.begin();
  const [first, second] = [randomUUID(), randomUUID()];
  await uploads.add(first, { at: 0, bytes: bytes("a") });
  on.clock.advance(6 * 60_000);
  await uploads.add(second, { at: 0, bytes: bytes("b") });
  on.clock.advance(5 * 60_000);
  await assert.rejects(uploads.take(first), /Nothing was sent/);
  assert.deepEqual(on.left(), [`${second}.part`]);
  on.clock.advance(6 * 60_000);
  await on.emptied();
  assert.equal(on.clock.nextWake, undefined, "nothing is watched when there is none");
});

test("one of a process before may be gone on with, and is removed like all; what it was looking at is removed", async (t) => {
  const on = bench(t);
  const upload = randomUUID();
  writeFileSync(join(on.folder, `${upload}.part`), "abc");
  writeFileSync(join(on.folder, `${randomUUID()}.taken`), "half looked at");
  const uploads = on.begin();
  assert.equal(await uploads.add(upload, { at: 3, bytes: bytes("d") }), 4);
  assert.deepEqual(on.left(), [`${upload}.part`]);
  on.clock.advance(11 * 60_000);
  await on.emptied();
});

test("one that is ended gives its place to the next, and a part that was on its way begins no new one", async (t) => {
  const on = bench(t);
  const uploads = on.begin();
  const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
  for (const upload of [first, second]) await uploads.add(upload, { at: 0, bytes: bytes("a") });
  await assert.rejects(uploads.add(third, { at: 0, bytes: bytes("a") }), /are being sent already/);
  await uploads.end(first);
  await assert.rejects(uploads.add(first, { at: 0, bytes: bytes("a") }), /This upload has ended/);
  assert.equal(await uploads.add(third, { at: 0, bytes: bytes("a") }), 1);
  await uploads.end(randomUUID());
  assert.deepEqual(on.left(), [`${second}.part`, `${third}.part`].sort());
});

test("nothing is added to a file while it is looked at; who ends it then finds it unwanted, and it goes", async (t) => {
  const on = bench(t);
  const uploads = on.begin();
  const upload = randomUUID();
  await uploads.add(upload, { at: 0, bytes: bytes("good") });
  {
    await using sent = await uploads.take(upload);
    for (const at of [0, 4])
      await assert.rejects(uploads.add(upload, { at, bytes: bytes("bad") }), /This upload has ended/);
    await assert.rejects(uploads.take(upload), /Nothing was sent/);
    assert.equal(readFileSync(sent.file, "utf8"), "good");
    on.clock.advance(60 * 60_000);
    assert.equal(sent.wanted, true, "however long it takes");
    await uploads.end(upload);
    assert.equal(sent.wanted, false);
    assert.equal(readFileSync(sent.file, "utf8"), "good");
  }
  assert.deepEqual(on.left(), []);
});

test("a file that has no room is refused before it is sent, and one that runs out of room on its way is removed", async (t) => {
  const on = bench(t);
  const uploads = on.begin();
  on.disk.free = 5e6;
  const large = uploads.add(randomUUID(), { at: 0, bytes: bytes("a"), size: 6_000_001 });
  await assert.rejects(large, /it takes 7 MB, and 5 MB may be used on Reed's own disk/);
  const tooLarge = uploads.add(randomUUID(), { at: 0, bytes: bytes("a"), size: mostModelBytes + 1 });
  await assert.rejects(tooLarge, /512 MB at most/);
  const upload = randomUUID();
  await uploads.add(upload, { at: 0, bytes: bytes("abc"), size: 5_000_000 });
  on.disk.free = -1;
  await assert.rejects(uploads.add(upload, { at: 3, bytes: bytes("d"), size: 5_000_000 }), /and 0 MB may be used/);
  assert.deepEqual(on.left(), []);
});

test("no more than four parts wait for their turn", async (t) => {
  const uploads = bench(t).begin();
  const upload = randomUUID();
  const parts = Array.from({ length: 6 }, (_, at) => uploads.add(upload, { at, bytes: bytes("a") }));
  const answers = await Promise.allSettled(parts);
  assert.deepEqual(
    answers.map((one) => (one.status === "fulfilled" ? one.value : String(one.reason).includes("Too many parts"))),
    [1, 2, 3, 4, true, true],
  );
});

test("one whose file is gone when it is looked at keeps no place", async (t) => {
  const on = bench(t);
  const uploads = on.begin();
  for (let nth = 0; nth < 3; nth++) {
    const upload = randomUUID();
    await uploads.add(upload, { at: 0, bytes: bytes("a") });
    rmSync(join(on.folder, `${upload}.part`));
    await assert.rejects(uploads.take(upload), /ENOENT/);
  }
});
