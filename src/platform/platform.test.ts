import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { test, type TestContext } from "node:test";
import { days } from "../kernel/time.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { decodeLine, encodeLine, openJournal, readJournal } from "./journal-file.ts";
import { linesOver, listenLines } from "./lines.ts";
import { redactUrl } from "./log.ts";

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "rp-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

interface Said {
  readonly n: number;
}

test("what is appended to a journal is read back in order, with boot, sequence and both times", (t) => {
  const path = folder(t);
  const clock = fakeClock();
  using journal = openJournal<Said>(path, ".log", clock, () => ({ n: 0 }));
  journal.append({ n: 1 });
  journal.sync();
  clock.advance(5);
  journal.append({ n: 2 });
  const { records, damaged } = readJournal<Said>(path, ".log");
  assert.deepEqual(
    records.map(({ seq, record }) => [seq, record.n]),
    [
      [1, 0],
      [2, 1],
      [3, 2],
    ],
  );
  assert.equal(damaged, 0);
  assert.equal((records[2]?.at ?? 0) - (records[1]?.at ?? 0), 5);
});

test("a torn last line costs that record only, and the next one is whole", (t) => {
  const path = folder(t);
  const clock = fakeClock();
  const first = openJournal<Said>(path, ".log", clock, () => undefined);
  first.append({ n: 1 });
  first.append({ n: 2 });
  first[Symbol.dispose]();
  const [name] = [`${new Date(clock.wall()).toISOString().slice(0, 10)}.log`];
  const file = join(path, name);
  truncateSync(file, statSync(file).size - 5);
  using second = openJournal<Said>(path, ".log", clock, () => undefined);
  second.append({ n: 3 });
  const { records, damaged } = readJournal<Said>(path, ".log");
  assert.deepEqual(
    records.map(({ record }) => record.n),
    [1, 3],
  );
  assert.equal(damaged, 1);
});

test("a changed character is found by the line's checksum", () => {
  const line = encodeLine('{"n":1}').trimEnd();
  assert.equal(decodeLine(line), '{"n":1}');
  assert.equal(decodeLine(line.replace('"n":1', '"n":2')), undefined);
});

test("a new day begins a new file with the state, and a clock set back stays in it", (t) => {
  const path = folder(t);
  const clock = fakeClock();
  using journal = openJournal<Said>(path, ".log", clock, () => ({ n: -1 }));
  journal.append({ n: 1 });
  clock.advance(days(1));
  journal.append({ n: 2 });
  clock.stepWall(-days(1));
  journal.append({ n: 3 });
  assert.deepEqual(
    readJournal<Said>(path, ".log", 1).records.map(({ record }) => record.n),
    [-1, 2, 3],
  );
});

test("damage in the middle is counted and the records behind it are kept", (t) => {
  const path = folder(t);
  const clock = fakeClock();
  using journal = openJournal<Said>(path, ".log", clock, () => undefined);
  journal.append({ n: 1 });
  const file = join(path, `${new Date(clock.wall()).toISOString().slice(0, 10)}.log`);
  appendFileSync(file, "00000000 nonsense\n");
  journal.append({ n: 2 });
  assert.deepEqual(
    readJournal<Said>(path, ".log").records.map(({ record }) => record.n),
    [1, 2],
  );
  assert.ok(readFileSync(file, "utf8").endsWith("\n"));
});

test("messages split at any byte arrive whole and in order", async (t) => {
  const path = join(folder(t), "s");
  const got: Said[] = [];
  const server = await listenLines<Said, Said>(path, (lines) =>
    lines.onMessage((message) => {
      got.push(message);
      if (message.n === 3) lines.send({ n: 4 });
    }),
  );
  t.after(() => server.close());
  const socket = connect(path);
  const answers: Said[] = [];
  const lines = linesOver<Said, Said>(socket);
  lines.onMessage((message) => answers.push(message));
  for (const part of ['{"n":1}\n{"n', '":2}\n{"n":3}', "\n"]) {
    socket.write(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  while (answers.length === 0) await once(socket, "data");
  assert.deepEqual([got, answers], [[{ n: 1 }, { n: 2 }, { n: 3 }], [{ n: 4 }]]);
  socket.destroy();
});

test("a line that is not JSON ends that connection and nothing else", async (t) => {
  const path = join(folder(t), "s");
  const server = await listenLines<Said, Said>(path, () => undefined);
  t.after(() => server.close());
  const socket = connect(path);
  socket.resume();
  socket.write("hello\n");
  await once(socket, "close");
});

test("no password of an address reaches a log, even one with an @ in it", () => {
  assert.equal(redactUrl("rtsp://admin:p@ss@10.0.0.1:554/x refused"), "rtsp://***@10.0.0.1:554/x refused");
  assert.equal(redactUrl("see http://host/a@b"), "see http://host/a@b");
});
