// Finds a Node that is new enough to run the project: the machine's own when it is, else the one that came from npm.
import { existsSync } from "node:fs";
import { join, dirname, delimiter } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const wantedMajor = 24;

/** Path of a Node ≥ 24, or undefined while the packages are not installed yet. */
export function findNode() {
  if (Number(process.versions.node.split(".")[0]) >= wantedMajor) return process.execPath;
  const platform = process.platform === "win32" ? "win" : process.platform;
  const folder = join(root, "node_modules", `node-${platform}-${process.arch}`, "bin");
  const path = join(folder, process.platform === "win32" ? "node.exe" : "node");
  return existsSync(path) ? path : undefined;
}

export function requireNode() {
  const path = findNode();
  if (path !== undefined) return path;
  throw new Error(
    `Reed needs Node ${wantedMajor} or newer; this is ${process.versions.node} and no packaged one was found for ` +
      `${process.platform}-${process.arch}. Install Node ${wantedMajor} from nodejs.org or your distribution and start again.`,
  );
}

/** Environment for everything that the project starts: the right Node first in PATH, enough threads for slow disks. */
export function environment(extra = {}) {
  return {
    ...process.env,
    PATH: `${dirname(requireNode())}${delimiter}${process.env.PATH ?? ""}`,
    UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? "64",
    NODE_NO_WARNINGS: "1",
    ...extra,
  };
}
