// `npm test`: installs what the tests need, then runs every stage. `--fast` (npm run check) stops after the unit
// tests; `--only NAME[,NAME]` runs single stages; `--write-format` formats and ends.
import { spawnSync } from "node:child_process";
// the whole module: Node 20, which may run the first lines, has no globSync to import by name
import fs, { readFileSync } from "node:fs";
import { join } from "node:path";
import { environment, findNode, requireNode, root } from "./node24.mjs";
import { install } from "./install.mjs";
import { runBounded } from "./bounded.mjs";
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
const minutes = (n) => n * 60_000;
/** What hangs is ended, and named. Many times what it takes on two slow cores. */
const stageLimitMs = minutes(30);
const unitLimitMs = minutes(10);
/** Prints all that it says at once when it is over; gives its exit code. */
const printsLater = async (command, limitMs = stageLimitMs) => {
  const { code, printed } = await runBounded(command, { cwd: root, env: environment(testEnvironment), limitMs });
  process.stdout.write(printed);
  return code;
};
/** Whichever is over first prints first; 0 when all are. */
const besideEachOther = async (...runs) => Math.max(...(await Promise.all(runs)));
const nodeTestLater = (pattern, options, limitMs) =>
  printsLater([requireNode(), ...nodeTestArgs(pattern, options)], limitMs);
/** One after the other until one fails. */
const untilOneFails = async (...runs) => {
  for (const run of runs) {
    const status = await run();
    if (status !== 0) return status;
  }
  return 0;
};
/**
 * Unit tests share two processes, as they hold no state between files and a process of its own for each costs more
 * than what it tests. Those of `test/` measure memory or look at the whole source, and are alone; they follow
 * the half that waits more for disks and children than it computes.
 */
const unitTests = () => {
  const options = ["--test-timeout=60000", "--expose-gc"];
  const half = (shard) => () => {
    const shared = ["--test-isolation=none", `--test-shard=${shard}/2`];
    return nodeTestLater("{src,web}/**/*.test.ts", [...options, ...shared], unitLimitMs);
  };
  const alone = () => nodeTestLater("test/*.test.ts", options, unitLimitMs);
  return besideEachOther(untilOneFails(half(1), alone), half(2)());
};
/** A file whose content (and whose formatter, and its options) was right the last time is not looked at again. */
const formatCache = ["--cache", "--cache-strategy=content", "--cache-location=node_modules/.cache/prettier/check"];
const build = () => run(requireNode(), [join(root, "tools", "build.mjs")]);

if (args.includes("--write-format")) process.exit(run(bin("prettier"), ["--write", "--log-level=warn", "."]));

const peerTests = (folder, ...options) => nodeTestLater(`test/${folder}/*.test.ts`, [...options, "--test-force-exit"]);

/**
 * Group after group; the stages of a group run beside each other, those of one `lane` one after the other. The slow ones
 * start real peers and are left out of the fast part; they mostly wait (for a camera, a hold, a page), so that two lanes
 * fit on two cores. Kills and mutations have the machine to themselves.
 */
const groups = [
  [
    { name: "lint", run: () => printsLater([bin("oxlint")]) },
    { name: "layers", run: () => nodeTestLater("test/layers.test.ts", []) },
    {
      name: "types",
      run: () =>
        untilOneFails(
          ...["tsconfig.json", "tsconfig.pure.json", "web/tsconfig.json"].map(
            (config) => () => printsLater([bin("tsc"), "-p", config]),
          ),
        ),
    },
  ],
  // unit tests start children and wait for the disk now and then: formatting, one long computation, fits between
  [
    { name: "unit", run: unitTests },
    { name: "format", run: () => printsLater([bin("prettier"), "--check", "--log-level=warn", ...formatCache, "."]) },
  ],
  [
    {
      ...{ name: "peers", slow: true, lane: 1 },
      run: () => peerTests("peers", "--test-concurrency=2", "--test-timeout=600000"),
    },
    { name: "power-cut", slow: true, lane: 1, run: () => peerTests("power-cut", "--test-timeout=600000") },
    {
      ...{ name: "browser", slow: true, lane: 2 },
      run: () => peerTests("browser", "--test-concurrency=1", "--test-timeout=400000"),
    },
  ],
  [{ name: "crash", slow: true, run: () => peerTests("crash", "--test-concurrency=1", "--test-timeout=600000") }],
  [{ name: "mutations", slow: true, run: () => run(requireNode(), ["test/mutations/run.mjs"]) }],
];

const isChosen = ({ name, slow }) => (only === undefined ? !(fast && slow) : only.includes(name));
const failed = [];
const runStage = async ({ name, run }) => {
  const started = performance.now();
  console.log(`── ${name} …`);
  if ((await run()) !== 0) failed.push(name);
  const took = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  console.log(`── ${name}: ${failed.includes(name) ? "FAILED" : "ok"}, ${took}\n`);
};
const runLane = async (lane) => {
  for (const stage of lane) await runStage(stage);
};
if (groups.flat().some((stage) => stage.slow && isChosen(stage))) {
  ensureDebian(debianPackages);
  if (build() !== 0) process.exit(1);
}
for (const group of groups) {
  const lanes = Object.values(Object.groupBy(group.filter(isChosen), ({ name, lane }) => lane ?? name));
  await Promise.all(lanes.map(runLane));
}
if (failed.length > 0) console.error(`\nFailed: ${failed.join(", ")}`);
else
  console.log(
    `\nAll green (Node ${process.versions.node}, ${JSON.parse(readFileSync(join(root, "package.json"), "utf8")).name}).`,
  );
process.exit(failed.length === 0 ? 0 : 1);
