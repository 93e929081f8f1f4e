import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createLog } from "../platform/log.ts";
import { openFrontDoor } from "./front-door.ts";

async function door(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "rd-"));
  const socketPath = join(folder, "run", "core.sock");
  const greeted: string[] = [];
  const opened = await openFrontDoor({
    socketPath,
    log: createLog("test", "silent"),
    recorder(hello, line) {
      greeted.push(`recorder ${hello.index}`);
      line.onMessage((message) => void greeted.push(message.kind));
    },
    client: (hello) => void greeted.push(`${hello.role} ${hello.index}`),
  });
  t.after(async () => {
    await opened[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  const say = async (text: string) => {
    const socket = connect(socketPath);
    await once(socket, "connect");
    socket.end(text);
    // core ends its side when this one is closed, after everything was read
    socket.resume();
    await once(socket, "close");
  };
  return { folder, greeted, say };
}

test("each connection goes to the room that its hello names, and what follows the hello is not lost", async (t) => {
  const { greeted, say } = await door(t);
  await say('{"kind":"hello","role":"recorder","index":0,"pid":1}\n{"kind":"stats"}\n');
  await say('{"kind":"hello","role":"api","index":0,"pid":2}\n');
  await say('{"kind":"hello","role":"analysis","index":0,"pid":3}\n');
  assert.deepEqual(greeted, ["recorder 0", "hello", "stats", "api 0", "analysis 0"]);
});

test("whoever does not say hello first is sent away, whatever comes after", async (t) => {
  const { greeted, say } = await door(t);
  await say('{"kind":"stats"}\n{"kind":"hello","role":"api","index":0,"pid":2}\n');
  assert.deepEqual(greeted, []);
});

test("only this user may enter the folder of the sockets", async (t) => {
  const { folder } = await door(t);
  assert.equal(statSync(join(folder, "run")).mode & 0o777, 0o700);
  assert.equal(statSync(join(folder, "run", "core.sock")).mode & 0o777, 0o600);
});
