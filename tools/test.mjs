// `npm test`: installs what the tests need, then runs every stage. `--fast` (npm run check) stops after the unit
// tests; `--only NAME[,NAME]` runs single stages; `--write-format` formats and ends.
import { spawn, spawnSync } from "node:child_process";
// the whole module: Node 20, which may run the first lines, has no globSync to import by name
import fs, { readFileSync } from "node:fs";
import { join } from "node:path";
import { environment, findNode, requireNode, root } from "./node24.mjs";
import { install } from "./install.mjs";
import { debianPackages, ensureDebian } from "./debian.mjs";

const args = process.argv.slice(2);
const fast = args.includes("--fast");
const only = args.includes("--only") ? args[args.indexOf("--only") + 1].split(",") : undefined;

install("develop");
// glob and the rest below want Node ≥ 22: start over under the right one
if (findNode() !== process.execPath) {
  const again = spawnSync(requireNode(), process.argv.slice(1), { stdio: "inherit", env: environment() });
  process.exit(again.status ?? 1);
}

const bin = (name) => join(root, "node_modules", ".bin", name);
const run = (command, commandArgs, extra = {}) =>
  spawnSync(command, commandArgs, { cwd: root, stdio: "inherit", env: environment(extra) }).status ?? 1;
const nodeTestArgs = (pattern, options) => {
  const files = fs.globSync(pattern, { cwd: root }).sort();
  if (files.length === 0) throw new Error(`no test matches ${pattern}`);
  return [
    "--test",
    "--test-reporter=dot",
    "--test-reporter-destination=stdout",
    "--test-reporter=./tools/summary-reporter.mjs",
    "--test-reporter-destination=stdout",
    ...options,
    ...files,
  ];
};
// most of what a test file costs is reading the same sources again
const testEnvironment = { REED_TEST: "1", NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "compile") };
const nodeTest = (pattern, options = []) => run(requireNode(), nodeTestArgs(pattern, options), testEnvironment);
/** One command after the other until one fails; what they print comes at once when they are over. */
const printsLater = async (...commands) => {
  const text = [];
  let status = 0;
  for (const [command, ...commandArgs] of commands) {
    if (status !== 0) break;
    status = await new Promise((resolve, reject) => {
      const child = spawn(command, commandArgs, {
        ...{ cwd: root, env: environment(testEnvironment), stdio: ["ignore", "pipe", "pipe"] },
        ...{ timeout: 900_000, killSignal: "SIGKILL" },
      });
      child.stdout.on("data", (chunk) => text.push(chunk));
      child.stderr.on("data", (chunk) => text.push(chunk));
      child.on("error", reject);
      child.on("close", (code) => resolve(code ?? 1));
    });
  }
  process.stdout.write(Buffer.concat(text));
  return status;
};
/** Whichever is over first prints first; 0 when all are. */
const besideEachOther = async (...runs) => Math.max(...(await Promise.all(runs)));
const nodeTestLater = (pattern, options) => printsLater([requireNode(), ...nodeTestArgs(pattern, options)]);
/**
 * Unit tests share two processes, as they hold no state between files and a process of its own for each costs more
 * than what it tests. Those of `test/` measure memory or look at the whole source, and are alone.
 */
const unitTests = () => {
  const options = ["--test-timeout=60000", "--expose-gc"];
  const half = (shard) =>
    nodeTestLater("{src,web}/**/*.test.ts", [...options, "--test-isolation=none", `--test-shard=${shard}/2`]);
  return besideEachOther(
    half(1),
    half(2).then((status) => status || nodeTestLater("test/*.test.ts", options)),
  );
};
const build = () => run(requireNode(), [join(root, "tools", "build.mjs")]);

if (args.includes("--write-format")) process.exit(run(bin("prettier"), ["--write", "--log-level=warn", "."]));

/** Those `beside` each other first, then one after the other; `slow` ones start real peers and are left out of the fast part. */
const stages = [
  {
    name: "lint",
    beside: true,
    run: () =>
      printsLater([
        ...[bin("eslint"), "--max-warnings=0", "--cache"],
        ...["--cache-location", "node_modules/.cache/eslint", "."],
      ]),
  },
  {
    name: "format",
    beside: true,
    run: () => printsLater([bin("prettier"), "--check", "--log-level=warn", "."]),
  },
  {
    name: "types",
    beside: true,
    run: () =>
      printsLater(
        ...["tsconfig.json", "tsconfig.pure.json", "web/tsconfig.json"].map((config) => [bin("tsc"), "-p", config]),
      ),
  },
  { name: "layers", run: () => nodeTest("test/layers.test.ts") },
  { name: "unit", run: unitTests },
  {
    name: "peers",
    slow: true,
    run: () =>
      build() ||
      nodeTest("test/peers/*.test.ts", ["--test-concurrency=2", "--test-timeout=600000", "--test-force-exit"]),
  },
  {
    name: "browser",
    slow: true,
    run: () =>
      build() ||
      nodeTest("test/browser/*.test.ts", ["--test-concurrency=1", "--test-timeout=180000", "--test-force-exit"]),
  },
  {
    name: "crash",
    slow: true,
    run: () =>
      build() ||
      nodeTest("test/crash/*.test.ts", ["--test-concurrency=1", "--test-timeout=600000", "--test-force-exit"]),
  },
  {
    name: "power-cut",
    slow: true,
    run: () => build() || nodeTest("test/power-cut/*.test.ts", ["--test-timeout=300000"]),
  },
  {
    name: "mutations",
    slow: true,
    run: () => run(requireNode(), ["test/mutations/run.mjs"]),
  },
];

const chosen = stages.filter((stage) => (only === undefined ? !(fast && stage.slow) : only.includes(stage.name)));
if (chosen.some((stage) => stage.slow)) ensureDebian(debianPackages);
const failed = [];
const runStage = async (stage) => {
  const started = performance.now();
  if (!stage.beside) console.log(`\n── ${stage.name}`);
  if ((await stage.run()) !== 0) failed.push(stage.name);
  console.log(
    `── ${stage.name}: ${failed.includes(stage.name) ? "FAILED" : "ok"}, ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
};
await Promise.all(chosen.filter((stage) => stage.beside).map(runStage));
for (const stage of chosen.filter((stage) => !stage.beside)) await runStage(stage);
if (failed.length > 0) console.error(`\nFailed: ${failed.join(", ")}`);
else
  console.log(
    `\nAll green (Node ${process.versions.node}, ${JSON.parse(readFileSync(join(root, "package.json"), "utf8")).name}).`,
  );
process.exit(failed.length === 0 ? 0 : 1);
