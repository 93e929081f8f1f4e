/** A model of the disk: what each call did to files and names, and what of it a power cut may leave. */
import { dirname, basename, join } from "node:path";
import type { Argument, Call } from "./strace.ts";

/** From `begin` on it may be on the medium; from `end` on a reader of the running system sees it. */
interface Timed {
  readonly begin: number;
  readonly end: number;
}

export type FileOp = Timed &
  (
    | { readonly kind: "write"; readonly at: number; readonly bytes: Buffer }
    | { readonly kind: "size"; readonly size: number }
  );

/** A name that points at another thing, or at none. Both sides of a rename are one `group`. */
export type NameOp = Timed & { readonly name: string; readonly target: Thing | undefined; readonly group: number };

export type Thing = FileThing | FolderThing;

export interface FileThing {
  readonly kind: "file";
  /** The first path that it had. */
  readonly path: string;
  readonly ops: FileOp[];
  readonly syncs: Timed[];
  size: number;
  appended: boolean;
  placed: boolean;
}

export interface FolderThing {
  readonly kind: "folder";
  readonly path: string;
  readonly ops: NameOp[];
  readonly syncs: Timed[];
  readonly names: Map<string, Thing>;
}

/** Everything that happened below `root`, which was there, empty and durable, before the run. */
export interface Disk {
  readonly root: FolderThing;
  readonly things: readonly Thing[];
}

export const fileAt = (disk: Disk, path: string): FileThing | undefined => {
  const found = disk.things.findLast((thing) => thing.path === path);
  return found?.kind === "file" ? found : undefined;
};

interface Building {
  readonly root: FolderThing;
  readonly things: Thing[];
  groups: number;
}

export function diskFrom(calls: readonly Call[], rootPath: string): Disk {
  const root: FolderThing = { kind: "folder", path: rootPath, ops: [], syncs: [], names: new Map() };
  const building: Building = { root, things: [root], groups: 0 };
  for (const call of calls) if (call.result >= 0) take(building, call);
  return building;
}

const inside = ({ root }: Building, path: string | undefined): path is string =>
  path !== undefined && (path === root.path || path.startsWith(`${root.path}/`));

function lookUp(building: Building, path: string): Thing | undefined {
  if (!inside(building, path)) return undefined;
  let thing: Thing | undefined = building.root;
  for (const name of path.slice(building.root.path.length + 1).split("/")) {
    if (name === "") continue;
    thing = thing?.kind === "folder" ? thing.names.get(name) : undefined;
  }
  return thing;
}

/** Absolute path of a path argument; `from` is the folder descriptor before it, where the call has one. */
function pathOf(path: Argument | undefined, from?: Argument): string {
  const text = path?.bytes?.toString() ?? "";
  return text.startsWith("/") ? text : join(from?.path ?? "/", text);
}

/** One call's effect. An unknown call that touches the folder is an error: nothing may be left out of the model. */
function take(building: Building, call: Call): void {
  const [first, second, third, fourth] = call.args;
  switch (call.name) {
    case "open":
    case "openat":
    case "creat":
      open(building, call);
      return;
    case "mkdir":
    case "mkdirat":
      name(building, call, call.name === "mkdir" ? pathOf(first) : pathOf(second, first), (path) => folder(path));
      return;
    case "unlink":
    case "rmdir":
    case "unlinkat":
      name(building, call, call.name === "unlinkat" ? pathOf(second, first) : pathOf(first), () => undefined);
      return;
    case "rename":
      rename(building, call, pathOf(first), pathOf(second));
      return;
    case "renameat":
    case "renameat2":
      rename(building, call, pathOf(second, first), pathOf(fourth, third));
      return;
    case "link":
      name(building, call, pathOf(second), () => lookUp(building, pathOf(first)));
      return;
    case "sync":
    case "syncfs":
      throw new Error("a sync of everything is not modelled");
    default:
      if (inside(building, first?.path)) onDescriptor(building, call, first.path);
      else if (
        call.args.some(
          ({ bytes, path }) => inside(building, path) || (bytes && inside(building, pathOf({ text: "", bytes }))),
        )
      ) {
        throw new Error(`${call.name} is not modelled`);
      }
  }
}

const folder = (path: string): FolderThing => ({ kind: "folder", path, ops: [], syncs: [], names: new Map() });

function name(building: Building, time: Timed, path: string, make: (path: string) => Thing | undefined): void {
  if (!inside(building, path)) return;
  const target = make(path);
  if (target !== undefined && !building.things.includes(target)) building.things.push(target);
  setName(building, time, path, target, building.groups++);
}

function setName(building: Building, time: Timed, path: string, target: Thing | undefined, group: number): void {
  const parent = lookUp(building, dirname(path));
  if (parent?.kind !== "folder") throw new Error(`no folder for ${path}`);
  parent.ops.push({ begin: time.begin, end: time.end, name: basename(path), target, group });
  if (target === undefined) parent.names.delete(basename(path));
  else parent.names.set(basename(path), target);
}

function rename(building: Building, time: Timed, from: string, to: string): void {
  if (!inside(building, from) && !inside(building, to)) return;
  const thing = lookUp(building, from);
  if (thing === undefined) throw new Error(`renamed from elsewhere: ${from}`);
  const group = building.groups++;
  setName(building, time, to, thing, group);
  setName(building, time, from, undefined, group);
}

function open(building: Building, call: Call): void {
  const path = call.resultPath;
  if (!inside(building, path)) return;
  const flags = call.args.find((argument) => argument.text.startsWith("O_"))?.text ?? "";
  const writes = /O_WRONLY|O_RDWR/.test(flags);
  if (!writes) return;
  let file = lookUp(building, path);
  if (file === undefined) {
    file = { kind: "file", path, ops: [], syncs: [], size: 0, appended: false, placed: false };
    const made = file;
    name(building, call, path, () => made);
  } else if (file.kind === "file" && flags.includes("O_TRUNC")) resize(file, call, 0);
  if (file.kind !== "file") return;
  if (flags.includes("O_APPEND")) file.appended = true;
  else file.placed = true;
}

function resize(file: FileThing, { begin, end }: Timed, size: number): void {
  file.ops.push({ begin, end, kind: "size", size });
  file.size = size;
}

function onDescriptor(building: Building, call: Call, path: string): void {
  const thing = lookUp(building, path);
  // already unlinked: it can't come back
  if (thing === undefined) return;
  const { begin, end } = call;
  if (call.name === "fdatasync" || call.name === "fsync") {
    thing.syncs.push({ begin, end });
    return;
  }
  if (thing.kind === "folder") throw new Error(`${call.name} on a folder`);
  const number = (index: number) => Number(call.args[index]?.text);
  switch (call.name) {
    case "write":
    case "writev":
    case "pwrite64":
    case "pwritev":
    case "pwritev2":
      write(thing, call);
      return;
    case "ftruncate":
      resize(thing, call, number(1));
      return;
    case "fallocate":
      if (!call.args[1]?.text.includes("FALLOC_FL") && number(2) + number(3) > thing.size) {
        resize(thing, call, number(2) + number(3));
      } else throw new Error("fallocate in a way that is not modelled");
      return;
    default:
      throw new Error(`${call.name} is not modelled`);
  }
}

function write(file: FileThing, call: Call): void {
  if (file.appended && file.placed) throw new Error(`${file.path} is written in two ways`);
  const positioned = call.name.startsWith("p") && !file.appended;
  // files that are written without positions are written from their end by everyone here
  const at = positioned
    ? Number(call.args[call.name === "pwritev" || call.name === "pwrite64" ? call.args.length - 1 : 3]?.text)
    : file.size;
  const bytes = (call.args[1]?.bytes ?? Buffer.alloc(0)).subarray(0, call.result);
  if (bytes.length !== call.result || !Number.isInteger(at))
    throw new Error(`${call.name} on ${file.path} not understood`);
  file.ops.push({ begin: call.begin, end: call.end, kind: "write", at, bytes });
  file.size = Math.max(file.size, at + bytes.length);
}
