import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startBoardProgram } from "../support/board.ts";
import { pause, startReed, until } from "../support/reed.ts";

/** The README's shell blocks, in order. */
function shellBlocks(): string[] {
  return [...readFileSync("README.md", "utf8").matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
}

interface Ran {
  readonly out: string;
  readonly code: number | null;
}

function bash(script: string, cwd: string): Promise<Ran> {
  const child = spawn("bash", ["-eu", "-c", script], { cwd, stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ out, code })));
}

test("the README's lines, typed as they stand, lead from nothing to a receipt that says what was recorded", async () => {
  await using cameras = await startCameraProgram({ cameras: [{ source: { kind: "clip", name: "front-door" } }] });
  await using board = await startBoardProgram({ contacts: 1, relays: 1, closed: [true] });
  await using reed = await startReed();
  const [setUp = "", afterwards = ""] = shellBlocks();
  const lines = setUp
    .replace("http://localhost:8480", reed.url)
    .replace("the-printed-token", reed.token)
    .replace("rtsp://192.0.2.20/stream1", cameras.urls[0] ?? "")
    .replace('"host":"192.0.2.30","port":502', `"host":"127.0.0.1","port":${board.port}`);
  assert.ok(lines.split("\n").length <= 11, "about ten lines");
  const prepared = await bash(`${lines}\ndeclare -p KEY URL JSON > vars; declare -f reed >> vars`, reed.folder);
  assert.equal(prepared.code, 0);
  const api = reed.withKey(/KEY="?([^"\n]+)/.exec(readFileSync(join(reed.folder, "vars"), "utf8"))?.[1] ?? "");
  await until(async () => (await api.get("channels/1")).live?.ringMs > 0, "the camera is live");
  await pause(3000);
  await board.send({ do: "pulse", contact: 0, ms: 500 });
  await until(async () => (await api.get("receipts")).receipts.length > 0, "a receipt is there");
  const { out, code } = await bash(`. ./vars\n${afterwards}\nls -l door.mp4`, reed.folder);
  assert.equal(code, 0);
  assert.match(out, /^Front door (raised|cleared) /);
  assert.ok(readFileSync(join(reed.folder, "door.mp4")).length > 10_000);
});
