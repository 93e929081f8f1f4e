// Runs a command in a process group of its own, so that what it leaves behind, or what does not end, can be named and
// ended: a child that hangs in native code would otherwise keep a stage, and with it `npm test`, open for ever.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What was started may close its output this long after it ended. */
const goodbyeMs = 5000;

const readText = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // it ended in between, or this is no Linux
    return "";
  }
};

/** Processes of the group with their state and where in the kernel they wait; empty where there is no /proc. */
export function processesOf(group) {
  const pids = (() => {
    try {
      return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    } catch {
      return [];
    }
  })();
  return pids.flatMap((pid) => {
    // proc(5): after the command in brackets come the state, the parent and the process group
    const [state, , pgrp] = readText(`/proc/${pid}/stat`).split(") ").at(-1).split(" ");
    if (Number(pgrp) !== group || state === "Z") return [];
    const command = readText(`/proc/${pid}/cmdline`).split("\0").join(" ").trim().slice(0, 300);
    return [`${pid} ${state} ${readText(`/proc/${pid}/wchan`) || "-"} ${command}`];
  });
}

function endGroup(group) {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

const groups = new Set();
// they are not the terminal's own: Ctrl-C reaches them by us
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
])
  process.once(signal, () => {
    for (const group of groups) endGroup(group);
    process.exit(status);
  });

const indented = (lines) => lines.map((line) => `  ${line}\n`).join("");

/**
 * Gives the exit code (1 when it was ended) and what was printed.
 * @param {{cwd: string, env: NodeJS.ProcessEnv, limitMs: number}} options `limitMs`: then the whole group is ended
 * @returns {Promise<{code: number, printed: Buffer}>}
 */
export function runBounded([command, ...args], { cwd, env, limitMs }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const text = [];
    const say = (words) => text.push(Buffer.from(words));
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => text.push(chunk));
    const limit = setTimeout(() => {
      say(`\nNot over after ${limitMs / 1000} s; ended. Its processes (state, waits in, command):\n`);
      say(indented(processesOf(child.pid)));
      endGroup(child.pid);
      // one that waits for a broken disk does not even end then
      goodbye = setTimeout(() => child.emit("close", 1), goodbyeMs);
    }, limitMs);
    groups.add(child.pid);
    let goodbye;
    child.on("error", reject);
    child.on("exit", () => {
      clearTimeout(limit);
      clearTimeout(goodbye);
      goodbye = setTimeout(() => {
        say(`\nIt left processes behind; ended:\n${indented(processesOf(child.pid))}`);
        endGroup(child.pid);
        child.stdout.destroy();
        child.stderr.destroy();
      }, goodbyeMs);
    });
    child.on("close", (code) => {
      clearTimeout(goodbye);
      groups.delete(child.pid);
      resolve({ code: code ?? 1, printed: Buffer.concat(text) });
    });
  });
}
