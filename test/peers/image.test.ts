/** What the container image is built from: only the files that the Dockerfile copies, and no more. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../../src/testkit/process.ts";

test("the files that the image copies are enough to build Reed with its pages, and to run it", async () => {
  await using folder = await temporaryFolder();
  const image = folder.path;
  for (const [, sources = "", target = ""] of readFileSync("Dockerfile", "utf8").matchAll(/^COPY (.+) (\S+)$/gm)) {
    for (const source of sources.split(" ")) {
      const into = target.endsWith("/") ? join(target, basename(source)) : target;
      cpSync(source, resolve(image, into), { recursive: true });
    }
  }
  symlinkSync(resolve("node_modules"), join(image, "node_modules"));
  const run = (...args: string[]) => {
    const ran = spawnSync(process.execPath, args, { cwd: image, encoding: "utf8", timeout: 120_000 });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    return ran.stdout;
  };
  run("tools/build.mjs");
  assert.ok(statSync(join(image, "dist/web/index.html")).size > 0);
  assert.match(run("dist/cli/main.js", "service", "install", "--print"), /ExecStart=/);
});
