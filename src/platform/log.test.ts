import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";

const module = new URL("./log.ts", import.meta.url).href;

const run = (script: string) =>
  spawn(process.execPath, [
    "--input-type=module",
    "-e",
    `import { createLog } from ${JSON.stringify(module)};${script}`,
  ]);

test("a log that nobody reads holds nothing up", async (t) => {
  const line = "x".repeat(1000);
  const script = `const log = createLog("a"); for (let n = 0; n < 1000; n++) log.info("${line}"); console.error("alive");`;
  const child = run(script);
  t.after(() => child.kill("SIGKILL"));
  // its standard output is never read here: the pipe is full after 64 KiB
  const [said] = (await once(child.stderr, "data")) as [Buffer];
  assert.match(said.toString(), /alive/);
});

test("the last lines before an end are not lost, and secrets are in none", async () => {
  const child = run(`createLog("a").info({ device: { password: "hunter2" } }, "last words"); process.exit(0);`);
  let text = "";
  for await (const chunk of child.stdout) text += String(chunk);
  assert.match(text, /last words/);
  assert.doesNotMatch(text, /hunter2/);
});
