import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../../kernel/time.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { patientFiles } from "./patient-files.ts";
import type { SegmentFile } from "./segment-files.ts";

const silent = { code: "unavailable", message: "The disk that this footage is on does not answer." };

/** Disks `/a` and `/b`; reading on `/a` hangs until it is told to go on. */
function disks() {
  const answers = Promise.withResolvers<undefined>();
  const closed: string[] = [];
  const opened: string[] = [];
  const fileOn = (place: string): SegmentFile => {
    const close = () => Promise.resolve(void closed.push(place));
    return {
      stat: () => Promise.resolve({ size: 7 }),
      async read(_into, _offset, length) {
        if (place.startsWith("/a/")) await answers.promise;
        return { bytesRead: length };
      },
      close,
      [Symbol.asyncDispose]: close,
    };
  };
  const open = (place: string) => {
    opened.push(place);
    return Promise.resolve(fileOn(place));
  };
  return { answers, closed, opened, open };
}

const bytes = new Uint8Array(4);

test("a read of a disk that hangs ends after five seconds, and the next at once until the disk answers", async () => {
  const clock = fakeClock(instant(0));
  const machine = disks();
  const files = patientFiles(machine, clock);
  const file = await files.open("/a/footage/1.mp4");
  assert.deepEqual(await file.stat(), { size: 7 });
  const refused = assert.rejects(file.read(bytes, 0, 4, 0), silent);
  clock.advance(5000);
  await refused;
  await file.close();
  assert.deepEqual(machine.closed, ["/a/footage/1.mp4"], "whoever gives up leaves no file open");
  await assert.rejects(files.open("/a/footage/2.mp4"), silent);
  const other = await files.open("/b/footage/1.mp4");
  assert.deepEqual(await other.read(bytes, 0, 4, 0), { bytesRead: 4 });
  machine.answers.resolve(undefined);
  const answered = (): Promise<SegmentFile> => files.open("/a/footage/3.mp4").catch(answered);
  await (await answered()).close();
  assert.ok(!machine.opened.includes("/a/footage/2.mp4"), "nothing more is asked of a disk that hangs");
});

test("a file that opens only after its deadline is closed again", async () => {
  const clock = fakeClock(instant(0));
  const machine = disks();
  const late = Promise.withResolvers<SegmentFile>();
  const files = patientFiles({ open: () => late.promise }, clock);
  const refused = assert.rejects(files.open("/a/footage/1.mp4"), silent);
  clock.advance(5000);
  await refused;
  const file = await machine.open("/a/footage/1.mp4");
  const closing = Promise.withResolvers<undefined>();
  late.resolve({
    ...file,
    close() {
      closing.resolve(undefined);
      return Promise.resolve();
    },
  });
  await closing.promise;
});

test("a far archive has bounds of its own", async () => {
  const machine = disks();
  await patientFiles(machine, fakeClock(instant(0))).open("bucket:v:a.mp4");
  assert.deepEqual(machine.opened, ["bucket:v:a.mp4"]);
});
