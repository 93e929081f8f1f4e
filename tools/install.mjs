// Installs what is missing, and only then. The stamp is the lock file's hash, so an update installs again.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { root } from "./node24.mjs";

/** @param {"run" | "develop"} purpose `develop` brings the test tools too. */
export function install(purpose) {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".cache", "installed");
  const have = existsSync(stamp) ? readFileSync(stamp, "utf8").trim() : "";
  if (have === `develop ${wanted}` || have === `${purpose} ${wanted}`) return;
  console.log("Installing packages (once) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...(purpose === "run" ? ["--omit=dev"] : [])];
  const result = spawnSync(npm, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (result.status !== 0) throw new Error(`npm ci failed (exit ${result.status}). Is the npm registry reachable?`);
  mkdirSync(join(root, "node_modules", ".cache"), { recursive: true });
  writeFileSync(stamp, `${purpose} ${wanted}\n`);
}
