import { join, relative, sep } from "node:path";
import type { Files } from "../../ports.ts";
import { markerName } from "../../volumes/marker.ts";
import { probeName } from "../../volumes/volume-check.ts";
import type { ArchiveStore } from "./store.ts";

/** What lies in the store and not beside the journal: small texts, segments. */
const remoteTexts = new Set<string>([markerName, probeName]);

/**
 * The files of a volume whose footage lies in an object store and whose journal lies in a folder here. Only what a volume
 * does with its footage and its marker is known of the store: reading and writing small texts, removing.
 */
export function storeFiles(local: Files, root: string, store: ArchiveStore): Files {
  const open = new Map<number, OpenText>();
  // descriptors of the system are not negative
  let next = -1;
  const nameOf = (path: string): string | undefined => {
    const name = relative(root, path).split(sep).join("/");
    return remoteTexts.has(name) || name.startsWith("footage/") || name === "footage" ? name : undefined;
  };
  return {
    ...local,
    async open(path, mode) {
      const name = nameOf(path);
      if (name === undefined) return local.open(path, mode);
      const there = mode === "create" ? undefined : await store.read(name);
      if (mode !== "create" && there === undefined) throw Object.assign(new Error(name), { code: "ENOENT" });
      open.set(next, { name, text: Buffer.from(there ?? "") });
      return next--;
    },
    async close(fd) {
      if (!open.delete(fd)) await local.close(fd);
    },
    async writev(fd, parts, position) {
      const file = open.get(fd);
      if (file === undefined) return local.writev(fd, parts, position);
      const bytes = Buffer.concat(parts);
      file.text = Buffer.concat([file.text.subarray(0, position), bytes]);
      return bytes.length;
    },
    async read(fd, into, position) {
      const file = open.get(fd);
      if (file === undefined) return local.read(fd, into, position);
      const part = file.text.subarray(position, position + into.length);
      into.set(part);
      return part.length;
    },
    async dataSync(fd) {
      const file = open.get(fd);
      if (file === undefined) await local.dataSync(fd);
      else await store.write(file.name, file.text.toString("utf8"));
    },
    async remove(path) {
      const name = nameOf(path);
      if (name === undefined) await local.remove(path);
      else await store.remove(name);
    },
    // there are no folders
    removeEmptyFolder: (path) => (nameOf(path) === undefined ? local.removeEmptyFolder(path) : Promise.resolve()),
    list: (path) => (nameOf(path) === undefined ? local.list(path) : Promise.resolve([])),
  };
}

interface OpenText {
  readonly name: string;
  text: Buffer;
}

/** The file in which an upload in parts is remembered. */
export const uploadMemory = (root: string): string => join(root, "upload.json");
