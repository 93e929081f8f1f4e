import fs from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { errorCode, type Files } from "../ports.ts";

const open = promisify(fs.open);
const fsync = promisify(fs.fsync);
const closeFd = promisify(fs.close);
const writev = promisify(fs.writev);
const readFd = promisify(fs.read);
const flags = { create: "wx+", append: "a", read: "r", change: "r+" } as const;

/** Names of the file systems that matter for durability, by the magic number of statfs(2). */
const fileSystems = new Map<number, string>([
  [0xef53, "ext4"],
  [0x58465342, "xfs"],
  [0x9123683e, "btrfs"],
  [0x2fc12fc1, "zfs"],
  [0x6969, "nfs"],
  [0xff534d42, "cifs"],
  [0xfe534d42, "smb2"],
  [0x4d44, "vfat"],
  [0x2011bab0, "exfat"],
  [0x01021994, "tmpfs"],
  [0x794c7630, "overlayfs"],
  [0x65735546, "fuse"],
]);

async function makeFolderWithin(path: string, within: string): Promise<string | undefined> {
  let first: string | undefined;
  let at = within;
  for (const name of relative(within, path)
    .split(sep)
    .filter((part) => part !== "")) {
    at = join(at, name);
    try {
      await fs.promises.mkdir(at, { mode: 0o750 });
      first ??= at;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
  return first;
}

/** The machine's file system, through libuv's thread pool. */
export const nodeFiles: Files = {
  open: (path, mode) => open(path, flags[mode], 0o640),
  close: (fd) => closeFd(fd),
  writev: async (fd, parts, position) => (await writev(fd, parts as Uint8Array[], position)).bytesWritten,
  read: async (fd, into, position) => (await readFd(fd, into, 0, into.length, position)).bytesRead,
  dataSync: promisify(fs.fdatasync),
  truncate: promisify(fs.ftruncate),
  async syncFolder(path) {
    const fd = await open(path, "r");
    try {
      await fsync(fd);
    } finally {
      await closeFd(fd);
    }
  },
  makeFolder: (path, within) =>
    within === undefined ? fs.promises.mkdir(path, { recursive: true, mode: 0o750 }) : makeFolderWithin(path, within),
  async list(path) {
    try {
      return (await fs.promises.readdir(path)).sort();
    } catch (error) {
      if (errorCode(error) === "ENOENT") return [];
      throw error;
    }
  },
  async facts(path) {
    try {
      const stats = await fs.promises.stat(path);
      return { size: stats.size, device: stats.dev, folder: stats.isDirectory() };
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  },
  remove: (path) => fs.promises.rm(path, { force: true }),
  removeEmptyFolder: (path) => fs.promises.rmdir(path),
  rename: (from, to) => fs.promises.rename(from, to),
  writable: (path) => fs.promises.access(path, fs.constants.W_OK),
  async space(path) {
    const facts = await fs.promises.statfs(path);
    return {
      totalBytes: facts.blocks * facts.bsize,
      freeBytes: facts.bavail * facts.bsize,
      fileSystem: fileSystems.get(facts.type) ?? `0x${facts.type.toString(16)}`,
    };
  },
};

/**
 * Every folder from `folder` up to the volume's root: the names below them may be new, also when another channel or a
 * process that crashed has made them. A sync of a folder without news costs next to nothing.
 */
export function foldersToSync(root: string, folder: string): string[] {
  const folders = [folder];
  for (let at = folder; at !== root && at !== dirname(at); folders.push(at)) at = dirname(at);
  return folders;
}

export const inVolume = (root: string, relative: string): string => join(root, relative);
