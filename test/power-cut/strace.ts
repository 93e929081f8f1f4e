/** Reads what strace saw of the file system calls of a run: one call a line, whole, with begin and end. */

/** A call that has returned. Times are seconds of CLOCK_REALTIME. */
export interface Call {
  readonly name: string;
  readonly args: readonly Argument[];
  /** As printed in front of the first space, e.g. `0`, `-1`, `23`. */
  readonly result: number;
  /** Path of the descriptor that it returned. */
  readonly resultPath: string | undefined;
  readonly begin: number;
  readonly end: number;
}

/** A string or vector of strings is bytes, a descriptor has a path, everything else is text. */
export interface Argument {
  readonly text: string;
  readonly bytes?: Buffer;
  readonly path?: string;
}

/** The calls that change or sync a file, a folder or a name. */
const calls =
  "openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,fdatasync,fsync," +
  "sync_file_range,sync,syncfs,msync,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat," +
  "mkdir,mkdirat,rmdir,copy_file_range,sendfile,splice";

/** The command that runs another one under strace; `file` gets the calls. */
export const straceCommand = (file: string): readonly string[] => [
  ...["strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "33554432", "-e", "signal=none"],
  ...["--absolute-timestamps=format:unix,precision:ns", "--syscall-times=ns", "-e", `trace=${calls}`, "-o", file],
];

const linePattern = /^(\d+) +(\d+\.\d+) (.*)$/;
const wholePattern = /^(\w+)\((.*)\) = (-?\d+)(<[^>]*>)?(.*?)(?: <(\d+\.\d+)>)?$/;

/** All calls that returned, in the order of their ends. A call that never returned (the process died) is left out. */
export function readCalls(trace: string): Call[] {
  const unfinished = new Map<string, { readonly begin: number; readonly text: string }>();
  const found: Call[] = [];
  for (const line of trace.split("\n")) {
    const [, thread = "", time = "", rest = ""] = linePattern.exec(line) ?? [];
    let begin = Number(time);
    let text = rest;
    if (rest.endsWith(" <unfinished ...>")) {
      unfinished.set(thread, { begin, text: rest.slice(0, -" <unfinished ...>".length) });
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const started = unfinished.get(thread);
    if (resumed !== null) {
      if (started === undefined) continue;
      unfinished.delete(thread);
      begin = started.begin;
      text = started.text + (resumed[1] ?? "");
    }
    const call = readCall(text, begin);
    if (call !== undefined) found.push(call);
  }
  return found.sort((a, b) => a.end - b.end);
}

function readCall(text: string, begin: number): Call | undefined {
  const match = wholePattern.exec(text);
  if (match === null) return undefined;
  const [, name = "", args = "", result = "", path, , took = "0"] = match;
  return {
    ...{ name, begin, args: readArguments(args), result: Number(result), end: begin + Number(took) },
    resultPath: path === undefined ? undefined : unhex(path.slice(1, -1)).toString(),
  };
}

/** `\x2f\x61` → the bytes; strace -xx prints every byte so. */
const unhex = (text: string): Buffer => Buffer.from(text.replaceAll("\\x", ""), "hex");

/** Strings hold no comma, bracket or quote: they are all hex. */
function readArguments(text: string): Argument[] {
  return splitArguments(text).map((part) => {
    if (part.includes('"')) {
      const strings = part.match(/"[^"]*"(\.\.\.)?/g) ?? [];
      if (strings.some((string) => string.endsWith("..."))) throw new Error("strace cut a string short");
      return { text: part, bytes: Buffer.concat(strings.map((string) => unhex(string.slice(1, -1)))) };
    }
    const path = /^(?:AT_FDCWD|\d+)<(.*)>(?:\(deleted\))?$/.exec(part)?.[1];
    return path === undefined ? { text: part } : { text: part, path: unhex(path).toString() };
  });
}

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    else if (character === '"') at = text.indexOf('"', at + 1);
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 2;
    }
  }
  return [...parts, text.slice(start)].filter((part) => part !== "");
}
