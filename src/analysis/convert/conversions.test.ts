import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { mediaFrame } from "../../messages/media.ts";
import { parentDeathWords } from "../../platform/end-with-parent.ts";
import { endWith, isAlive } from "../../platform/other-process.ts";
import { encodeJson, encodeUnitHead } from "../../platform/media-frames.ts";
import { childAt, startConversions, type Viewer } from "./conversions.ts";

const parameters = encodeJson(mediaFrame.parameters, { track: "video", codec: "h264" });
const picture = (number: number, key: boolean): Buffer => {
  const data = Buffer.from([number]);
  const unit = { track: "video", key, afterLoss: false, arrival: 0, wall: 0, pts: 0, dts: 0, data } as const;
  return Buffer.concat([encodeUnitHead(unit), data]);
};

/** Conversions whose children are pipes. */
function world() {
  const children: {
    readonly stdout: PassThrough;
    readonly asked: string[];
    killed: boolean;
    exit(): void;
    fail(): void;
  }[] = [];
  const conversions = startConversions(() => {
    const events = new EventEmitter();
    const stdin = new PassThrough();
    const said = { exit: () => events.emit("exit"), fail: () => events.emit("error", new Error("spawn EAGAIN")) };
    const child = { stdout: new PassThrough(), asked: [] as string[], killed: false, ...said };
    stdin.on("data", (chunk: Buffer) => child.asked.push(chunk.toString()));
    children.push(child);
    const on = events.on.bind(events) as never;
    return { stdout: child.stdout, stdin, on, kill: () => (child.killed = true) };
  });
  const viewer = () => {
    const got: Buffer[] = [];
    const events = new EventEmitter();
    let ended = false;
    const far = {
      write: (frame: Buffer) => got.push(frame),
      end(frame?: Buffer) {
        if (frame !== undefined) got.push(frame);
        ended = true;
      },
      destroy: () => undefined,
      on: events.on.bind(events),
      writableLength: 0,
    };
    /** Numbers of the pictures it got. */
    const pictures = () => got.filter((frame) => frame[4] === mediaFrame.unit).map((frame) => frame.at(-1));
    return {
      far,
      viewer: far as unknown as Viewer,
      got,
      pictures,
      close: () => events.emit("close"),
      ended: () => ended,
    };
  };
  const ask = (channel: number, most = 2) => {
    const one = viewer();
    conversions.serve({ channel, stream: "main", most }, one.viewer);
    return one;
  };
  return { conversions, children, ask };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("two who watch one stream share a conversion; the second begins at a key frame that is made for it", async () => {
  const w = world();
  const first = w.ask(1);
  w.children[0]?.stdout.write(Buffer.concat([parameters, picture(1, true), picture(2, false)]));
  await turn();
  const second = w.ask(1);
  await turn();
  assert.equal(w.children.length, 1);
  assert.deepEqual(w.children[0]?.asked, ["key\n"]);
  // frames may be cut anywhere
  const rest = Buffer.concat([picture(3, false), picture(4, true), picture(5, false)]);
  for (const byte of rest) w.children[0].stdout.write(Buffer.from([byte]));
  await turn();
  assert.deepEqual(first.pictures(), [1, 2, 3, 4, 5]);
  assert.deepEqual(second.pictures(), [4, 5]);
  assert.equal(second.got[0]?.[4], mediaFrame.parameters);
});

test("one more than the limit is refused with a sentence, and served once a place is free", () => {
  const w = world();
  const one = w.ask(1);
  w.ask(2);
  const third = w.ask(3);
  assert.ok(third.ended());
  assert.match(third.got[0]?.subarray(5).toString() ?? "", /busy.*2 of at most 2/);
  one.close();
  assert.equal(w.children[0]?.killed, true);
  assert.equal(w.ask(3).ended(), false);
  assert.equal(w.conversions.running, 2);
});

test("a limit of none converts nothing", () => {
  const w = world();
  assert.ok(w.ask(1, 0).ended());
  assert.equal(w.children.length, 0);
});

test("a viewer who takes nothing loses pictures up to a key frame, the other none", async () => {
  const w = world();
  const slow = w.ask(1);
  const fast = w.ask(1);
  const say = async (...frames: Buffer[]) => {
    w.children[0]?.stdout.write(Buffer.concat(frames));
    await turn();
  };
  await say(parameters, picture(1, true));
  slow.far.writableLength = 5 * 1024 * 1024;
  await say(picture(2, false));
  slow.far.writableLength = 0;
  await say(picture(3, false), picture(4, true));
  assert.deepEqual(slow.pictures(), [1, 4]);
  assert.deepEqual(fast.pictures(), [1, 2, 3, 4]);
});

test("a conversion that dies ends its viewers' connections, and the next one gets a new one", () => {
  const w = world();
  const one = w.ask(1);
  w.children[0]?.exit();
  assert.ok(one.ended());
  w.ask(1);
  assert.equal(w.children.length, 2);
});

test("one that could not be started ends its viewers' connections too, however often it says so", () => {
  const w = world();
  const one = w.ask(1);
  w.children[0]?.fail();
  w.children[0]?.fail();
  assert.ok(one.ended());
  w.ask(1);
  assert.equal(w.children.length, 2);
});

test("a child's words are told when it fails; what it leaves behind holds nobody, and it ends with us", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-convert-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const script = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const failing = script("failing.mjs", "console.error('no encoder'); process.exitCode = 3;");
  const told = new Promise((resolve) => {
    childAt("", (channel, why) => resolve([channel, why]), failing)({ channel: 7, stream: "main", most: 1 });
  });
  assert.deepEqual(await told, [7, "exit code 3 no encoder"]);
  // hears nothing, and has something beside it that writes where it writes
  const deaf = script(
    "deaf.mjs",
    `import { spawn } from "node:child_process";
     const stuck = spawn("sleep", ["1000"], { stdio: ["ignore", "ignore", "inherit"] });
     process.stdout.write(stuck.pid + " " + process.pid + "\\n", () => { for (;;); });`,
  );
  const parent = script(
    "parent.mjs",
    `import { childAt } from ${JSON.stringify(new URL("./conversions.ts", import.meta.url).href)};
     const start = childAt("", () => undefined, ${JSON.stringify(deaf)});
     start({ channel: 1, stream: "main", most: 1 }).stdout.pipe(process.stdout);`,
  );
  const begun = spawn(process.execPath, [parent], { stdio: ["ignore", "pipe", "pipe"] });
  const over = once(begun, "close");
  const [stuck = Number.NaN, child = Number.NaN] = String(await once(begun.stdout, "data"))
    .split(" ")
    .map(Number);
  t.after(() => {
    endWith(stuck, "SIGKILL");
    endWith(child, "SIGKILL");
  });
  assert.ok(isAlive(stuck) && isAlive(child));
  begun.kill("SIGKILL");
  await over;
  if (parentDeathWords().length === 0) return;
  while (isAlive(child)) await turn();
});
