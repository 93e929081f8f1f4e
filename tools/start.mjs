// `npm start`: installs what is missing, builds, runs. Plain JavaScript that any Node ≥ 20 runs.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { environment, requireNode, root } from "./node24.mjs";
import { install } from "./install.mjs";
import { runReed } from "./reed.mjs";

try {
  install("run");
  const built = spawnSync(requireNode(), [join(root, "tools", "build.mjs")], { stdio: "inherit", env: environment() });
  if (built.status !== 0) process.exit(built.status ?? 1);
  runReed(["run", ...process.argv.slice(2)]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
