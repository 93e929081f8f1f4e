import assert from "node:assert/strict";
import { ChildProcess } from "node:child_process";
import { test } from "node:test";
import { startFfmpegChild } from "./ffmpeg-child.ts";

test("one that can't be started ends once, also when it can't be killed either", async (t) => {
  const command = "no-such-decoder";
  t.mock.method(ChildProcess.prototype, "kill", function of(this: ChildProcess) {
    assert.equal(this.spawnfile, command);
    return this.emit("error", new Error("kill EPERM"));
  });
  const reasons: string[] = [];
  await new Promise<void>((resolve) => {
    const ended = (reason: string) => void reasons.push(reason);
    startFfmpegChild(command, { picture: () => undefined, ended }, () => setImmediate(resolve));
  });
  assert.equal(reasons.length, 1);
  assert.match(reasons[0] ?? "", /^no-such-decoder can't be started: .*ENOENT/);
});
