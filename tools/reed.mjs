#!/usr/bin/env node
// The `reed` command: runs dist/cli/main.js under a Node that is new enough.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { environment, requireNode, root } from "./node24.mjs";

export function runReed(args) {
  const child = spawn(requireNode(), [join(root, "dist", "cli", "main.js"), ...args], {
    stdio: "inherit",
    env: environment(),
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}

if (process.argv[1]?.endsWith("reed.mjs") || process.argv[1]?.endsWith("/reed")) runReed(process.argv.slice(2));
