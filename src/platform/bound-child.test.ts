import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test, type TestContext } from "node:test";
import { startBoundChild } from "./bound-child.ts";
import { systemClock } from "./clock.ts";
import { endingWithParent, parentDeathWords } from "./end-with-parent.ts";
import { endWith, isAlive } from "./other-process.ts";

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
};

function scripts(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "reed-bound-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
}

/** Is in native code, as it were: hears of nothing. */
const deaf = `process.on("disconnect", () => undefined); process.on("SIGTERM", () => undefined);
  process.send("here"); for (;;);`;

/** A process of ours that starts a child and says its number once that has begun. */
const parentOf = (child: string, then: string) =>
  `import { startBoundChild } from ${JSON.stringify(new URL("./bound-child.ts", import.meta.url).href)};
   import { systemClock } from ${JSON.stringify(new URL("./clock.ts", import.meta.url).href)};
   const options = { clock: systemClock(), script: ${JSON.stringify(child)}, heapMb: 64 };
   const child = startBoundChild(options, {
     message: (said) => { console.log(typeof said === "number" ? said : child.pid); ${then} },
     ended: () => undefined,
   });`;

/** @returns it, the number it says, and its end with that of all that it writes */
async function begin(script: string) {
  const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "pipe"] });
  const over = new Promise<void>((resolve) => parent.once("close", () => resolve()));
  const said = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
  const { value } = await said.next();
  return { parent, over, pid: Number(value) };
}

test(
  "a child that spins and hears nothing ends with a parent that is killed",
  { skip: parentDeathWords().length === 0 && "there is no setpriv of util-linux" },
  async (t) => {
    const script = scripts(t);
    const { parent, over, pid } = await begin(script("parent.mjs", parentOf(script("deaf.mjs", deaf), "")));
    t.after(() => endWith(pid, "SIGKILL"));
    assert.ok(isAlive(pid));
    parent.kill("SIGKILL");
    await over;
    await until(() => !isAlive(pid));
  },
);

for (const before of [parentDeathWords(), []]) {
  test(`one that takes all memory and hears nothing is ended, started by [${before.join(" ")}]`, async (t) => {
    const greedy = `process.on("SIGTERM", () => undefined); process.on("message", () => undefined);
      for (const kept = []; ;) kept.push(Buffer.alloc(1_000_000, 1));`;
    const told: string[] = [];
    const options = { clock: systemClock(), heapMb: 64, mostBytes: 300 * 1024 ** 2, before };
    const child = startBoundChild(
      { ...options, script: scripts(t)("greedy.mjs", greedy) },
      { message: () => undefined, ended: (why) => void told.push(why) },
    );
    const { pid } = child;
    assert.ok(pid !== undefined);
    await until(() => !isAlive(pid));
    assert.deepEqual(told, ["the model took more than 300 MB of memory"]);
  });
}

test("what a child leaves behind holds nobody who waits for the end of our output", async (t) => {
  const script = scripts(t);
  const child = script(
    "child.mjs",
    `import { spawn } from "node:child_process";
     const stuck = spawn("sleep", ["1000"], { stdio: ["ignore", "ignore", "inherit"] });
     process.send(stuck.pid, () => process.exit(1));`,
  );
  const { over, pid } = await begin(script("parent.mjs", parentOf(child, "")));
  t.after(() => endWith(pid, "SIGKILL"));
  await over;
  assert.ok(isAlive(pid), "it is there still");
});

test("words stand before a command where this system has them", () => {
  const node = { command: "node", args: ["a.js", "-x"] };
  assert.deepEqual(endingWithParent(node, []), node);
  assert.deepEqual(endingWithParent(node, ["w", "-k"]), { command: "w", args: ["-k", "node", "a.js", "-x"] });
});
