/** What a folder lies on, from the kernel's own files; nothing of the folder's disk is touched. */
import { readFile, readdir, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { mediumOf, mountOf, parseMounts, type DiskFacts, type Medium, type Mount } from "../../domain/medium.ts";

/** Where the kernel tells of mounts and disks. */
export interface KernelFiles {
  readonly mountinfo: string;
  readonly sys: string;
}

const linux: KernelFiles = { mountinfo: "/proc/self/mountinfo", sys: "/sys" };

/** Undefined where the system does not tell: not Linux, or no mount of that path. */
export async function lookAtMedium(path: string, kernel = linux): Promise<Medium | undefined> {
  const mountinfo = await textOf(kernel.mountinfo);
  const mount = mountinfo === undefined ? undefined : mountOf(parseMounts(mountinfo), path);
  return mount === undefined ? undefined : mediumOf(mount, await diskOf(mount, kernel.sys));
}

/** Of a partition the disk, of a mapped device (LVM, encryption, RAID) the first disk below it. */
async function diskOf({ device, source }: Mount, sys: string): Promise<DiskFacts | undefined> {
  const known = await realpath(join(sys, "dev/block", device)).catch(none);
  // btrfs and others have a number of their own, but name the disk
  const named = source.startsWith("/dev/") ? join(sys, "class/block", basename(source)) : undefined;
  const found = known ?? (named === undefined ? undefined : await realpath(named).catch(none));
  return found === undefined ? undefined : factsOf(await wholeDisk(found));
}

async function wholeDisk(folder: string, depth = 0): Promise<string> {
  const below = (await readdir(join(folder, "slaves")).catch(none)) ?? [];
  const [first] = below;
  if (first !== undefined && depth < 8) return wholeDisk(await realpath(join(folder, "slaves", first)), depth + 1);
  return (await textOf(join(folder, "partition"))) === undefined ? folder : dirname(folder);
}

async function factsOf(folder: string): Promise<DiskFacts> {
  const flag = async (name: string): Promise<boolean> => (await textOf(join(folder, name))) === "1";
  const card = await textOf(join(folder, "device/type"));
  return {
    name: basename(folder),
    rotational: await flag("queue/rotational"),
    removable: await flag("removable"),
    usb: /\/usb\d+\//.test(folder),
    ...(card === undefined ? {} : { card }),
  };
}

async function textOf(path: string): Promise<string | undefined> {
  return (await readFile(path, "utf8").catch(none))?.trim();
}

/** What is not told is not known. */
const none = (): undefined => undefined;
