// `node test/mutations/run.mjs [WORD]`: breaks a copy of Reed in every way of `mutations.mjs` (or those whose name holds
// WORD), one at a time, and fails unless a suite turns red each time. The working tree is never touched.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mutations } from "./mutations.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const copied = ["src", "test", "tools", "clips", "models", "package.json", "tsconfig.json"];
/** A suite that is not through by then has not noticed anything. */
const limitMs = 120_000;
const workers = 2;
const nodeTest = ["--test", "--test-reporter=spec", "--test-timeout=60000", "--test-force-exit"];

const folder = mkdtempSync(join(tmpdir(), "rd-mut-"));
const wanted = mutations.filter(({ name }) => name.includes(process.argv[2] ?? ""));
const testsOf = (mutation) => mutation.tests.filter((file) => existsSync(join(root, file)));

function copyOf(name) {
  const copy = join(folder, name);
  for (const part of copied) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Resolves to what it printed and its exit code; `undefined` when the time was up. */
function run(copy, args) {
  return new Promise((resolve) => {
    // NODE_TEST_CONTEXT would make the child a part of a test run around this one
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const child = spawn(process.execPath, args, { cwd: copy, env, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
    const timer = setTimeout(() => child.kill("SIGKILL"), limitMs);
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? undefined, printed });
    });
  });
}

async function test(copy, { tests, pattern }) {
  if (tests.some((file) => file.startsWith("test/"))) await run(copy, ["tools/build.mjs"]);
  const named = pattern === undefined ? [] : [`--test-name-pattern=${pattern}`];
  return run(copy, [...nodeTest, ...named, ...tests]);
}

/** Undefined when the mutation was noticed, else what went wrong. */
async function tryOne(copy, mutation) {
  const path = join(copy, mutation.file);
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  const places = before.split(mutation.find).length - 1;
  if (places !== 1) return `its text occurs ${places} times in ${mutation.file}: bring the table up to date`;
  const tests = testsOf(mutation);
  if (tests.length === 0) return "none of its suites exists";
  writeFileSync(
    path,
    before.replace(mutation.find, () => mutation.put),
  );
  const { code, printed } = await test(copy, { ...mutation, tests });
  writeFileSync(path, before);
  if (code === undefined) return `no suite was through in ${limitMs / 1000} s`;
  if (code === 0) return `not noticed by ${tests.join(", ")}`;
  // a file that does not even load would be red for the wrong reason
  return /SyntaxError|ERR_INVALID_TYPESCRIPT_SYNTAX/.test(printed) ? "the mutated file can't be read" : undefined;
}

/** Red proves something only if it is green without the mutation. */
async function greenBefore(copy) {
  const suites = wanted.flatMap(testsOf).filter((file) => file.startsWith("src/"));
  const { code, printed } = await run(copy, [...nodeTest, ...new Set(suites)]);
  if (code === 0) return true;
  console.error(`The suites are not green without a mutation:\n${printed.slice(-4000)}`);
  return false;
}

async function work(copy, queue) {
  let failed = 0;
  for (let mutation = queue.shift(); mutation !== undefined; mutation = queue.shift()) {
    const started = performance.now();
    const problem = await tryOne(copy, mutation);
    const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
    console.log(problem === undefined ? `✔ ${mutation.name} (${took})` : `✖ ${mutation.name}: ${problem} (${took})`);
    if (problem !== undefined) failed++;
  }
  return failed;
}

let failed = 1;
try {
  const copies = Array.from({ length: workers }, (_, i) => copyOf(`copy${i}`));
  if (wanted.length > 0 && (await greenBefore(copies[0]))) {
    const queue = [...wanted];
    const counts = await Promise.all(copies.map((copy) => work(copy, queue)));
    failed = counts.reduce((sum, count) => sum + count, 0);
    console.log(`${wanted.length - failed} of ${wanted.length} mutations were noticed.`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed === 0 ? 0 : 1);
