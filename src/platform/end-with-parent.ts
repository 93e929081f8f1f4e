/**
 * A child in native code hears nothing of its parent's end. Linux tells it by a signal that it asks for beforehand
 * (PR_SET_PDEATHSIG); Node can't ask, util-linux' `setpriv` can. It then becomes the program: the process stays the same
 * one.
 */
import { spawnSync } from "node:child_process";

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

const words = ["setpriv", "--pdeathsig", "KILL"] as const;
let found: readonly string[] | undefined;

/** What stands before a command whose process ends with ours; nothing where this system has no such tool. */
export function parentDeathWords(): readonly string[] {
  // Busybox has a `setpriv` too, which does not know it
  found ??=
    spawnSync(words[0], [...words.slice(1), "true"], { stdio: "ignore", timeout: 5000 }).status === 0 ? words : [];
  return found;
}

/**
 * The command whose process is killed when the thread that started it ends, however that came: to be started by the main
 * thread. Where `before` is empty it is the same command.
 */
export function endingWithParent({ command, args }: Command, before = parentDeathWords()): Command {
  const [first, ...rest] = [...before, command, ...args];
  return { command: first ?? command, args: rest };
}
