import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { readLogs } from "./log-reader.ts";

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "reed-logs-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const line = (time: number, level: number, msg: string, more: object = {}) =>
  `${JSON.stringify({ level, time, process: "core", ...more, msg })}\n`;
const texts = async (folder: string, query: Partial<Parameters<typeof readLogs>[1]> = {}) =>
  (await readLogs(folder, { level: 0, limit: 100, ...query })).lines.map(({ text }) => text);

test("the newest lines of all processes come first, from the present and the older file", async (t) => {
  const folder = folderOf(t);
  writeFileSync(join(folder, "core.log.1"), line(1, 30, "first"));
  writeFileSync(join(folder, "core.log"), line(2, 30, "second") + line(4, 50, "fourth"));
  writeFileSync(join(folder, "api.log"), line(3, 40, "third"));
  assert.deepEqual(await texts(folder), ["fourth", "third", "second", "first"]);
  assert.deepEqual(await texts(folder, { limit: 2 }), ["fourth", "third"]);
  assert.deepEqual(await texts(folder, { process: "core", level: 40 }), ["fourth"]);
  assert.deepEqual(await texts(folder, { after: 3 }), ["fourth", "third"]);
  assert.deepEqual(await texts(folder, { text: "IR" }), ["third", "first"]);
  const page = await readLogs(folder, { level: 0, limit: 1 });
  assert.deepEqual(page.processes, ["api", "core"]);
  assert.equal(page.more, true);
});

test("lines that reach over the pieces in which a file is read are whole, and read again they are the same", async (t) => {
  const folder = folderOf(t);
  const many = Array.from({ length: 3000 }, (_, n) => line(n, 30, `line ${n} ${"ü".repeat(n % 97)}`));
  writeFileSync(join(folder, "core.log"), many.join(""));
  const before = await readLogs(folder, { level: 0, limit: 5000 });
  assert.equal(before.lines.length, 3000);
  assert.equal(new Set(before.lines.map(({ id }) => id)).size, 3000);
  assert.ok(before.lines.every(({ text }, index) => text.startsWith(`line ${2999 - index} `)));
  appendFileSync(join(folder, "core.log"), line(9999, 30, "later") + '{"level":30,"time":10000,"ms');
  const after = await readLogs(folder, { level: 0, limit: 2 });
  assert.deepEqual([after.lines[0]?.text, after.lines[1]?.id], ["later", before.lines[0]?.id]);
});

test("what slipped into a log does not come out: passwords in addresses and under their names", async (t) => {
  const folder = folderOf(t);
  const secrets = { url: "rtsp://ann:hunter2@192.0.2.1/", deep: { a: { b: { token: "hunter2" } } } };
  writeFileSync(join(folder, "core.log"), line(1, 30, "open rtsp://ann:hunter2@192.0.2.1/", secrets));
  const { lines } = await readLogs(folder, { level: 0, limit: 1 });
  assert.match(lines[0]?.text ?? "", /rtsp:\/\/\*\*\*@192/);
  assert.doesNotMatch(JSON.stringify(lines), /hunter2/);
});

test("no folder yet is no line yet", async () => {
  assert.deepEqual(await readLogs("/nonexistent/reed-logs", { level: 0, limit: 1 }), {
    processes: [],
    lines: [],
    more: false,
  });
});

test("a process keeps its lines in a file for itself, and no more than two files of them", (t) => {
  const folder = folderOf(t);
  const module = new URL("./log-file.ts", import.meta.url).href;
  // each line is waited for, as a program has pauses, too: what a full disk holds up is another matter
  const script = `import { readdirSync, readFileSync } from "node:fs";
    import { logFile } from ${JSON.stringify(module)};
    const folder = ${JSON.stringify(folder)};
    const file = logFile(folder, "core", 10000);
    const stands = (words) => readdirSync(folder).some((name) => readFileSync(folder + "/" + name, "utf8").includes(words));
    for (let n = 0; n < 95; n++) {
      file.write(("line " + n + " ").padEnd(999, "x") + "\\n");
      while (!stands("line " + n + " ")) await new Promise((go) => setTimeout(go, 1));
    }
    file.write("last words\\n"); process.exit(0);`;
  const ran = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", timeout: 30_000 });
  assert.equal(ran.status, 0, ran.stderr);
  // a full file is renamed at once and opened anew beside the work: at the very end there may be no new one yet
  const names = readdirSync(folder).toSorted().toReversed();
  const text = names.map((name) => readFileSync(join(folder, name), "utf8")).join("");
  assert.ok(names.every((name) => ["core.log", "core.log.1"].includes(name)) && names.includes("core.log.1"));
  assert.match(text, /last words\n$/);
  assert.ok(text.length > 10_000, "a file that is renamed has its lines");
  for (const name of names) assert.ok(statSync(join(folder, name)).size < 21_000);
  for (const name of names) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, "for nobody else's eyes");
});
