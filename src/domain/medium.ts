/**
 * What a volume lies on, and what that means for footage. Pure: the kernel's list of mounts (`/proc/self/mountinfo`,
 * proc_pid_mountinfo(5)) and what sysfs says of the disk come in.
 */
export const mediumKinds = [
  "hard-disk",
  "ssd",
  "sd-card",
  "emmc",
  "usb",
  "virtual",
  "file",
  "network",
  "host-folder",
  "program",
  "memory",
  "container",
  "unknown",
] as const;
export type MediumKind = (typeof mediumKinds)[number];

export interface Medium {
  readonly kind: MediumKind;
  /** As the kernel names it: `ext4`, `cifs`, `fuse.sshfs`. */
  readonly fileSystem: string;
  readonly mountPoint: string;
  /** The device, the share or the program. */
  readonly source: string;
  /** What that means, a sentence each, the gravest first. */
  readonly says: readonly string[];
}

export interface Mount {
  readonly device: string;
  readonly mountPoint: string;
  readonly options: readonly string[];
  readonly fileSystem: string;
  readonly source: string;
}

/** What sysfs says of the block device below a mount, of the whole disk where it is a partition. */
export interface DiskFacts {
  /** `sda`, `mmcblk0`, `nvme0n1`, `vda`, `loop0`. */
  readonly name: string;
  readonly rotational?: boolean;
  readonly removable?: boolean;
  /** It hangs on a USB bus. */
  readonly usb?: boolean;
  /** Of an `mmcblk`: `SD` or `MMC` (soldered in). */
  readonly card?: string;
}

/** Octal escapes of blanks, tabs, line feeds and backslashes (proc_pid_mountinfo(5)). */
const plain = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** Lines that are not believable are left out. */
export function parseMounts(mountinfo: string): Mount[] {
  return mountinfo.split("\n").flatMap((line): Mount[] => {
    const [before = "", after] = line.split(" - ");
    const [, , device, , mountPoint, options] = before.split(" ");
    const [fileSystem, source, superOptions = ""] = after?.split(" ") ?? [];
    if (device === undefined || mountPoint === undefined || fileSystem === undefined) return [];
    const all = [...(options ?? "").split(","), ...superOptions.split(",")];
    return [{ device, mountPoint: plain(mountPoint), options: all, fileSystem, source: plain(source ?? "") }];
  });
}

/** The mount that a path lies on: the deepest, and of several at one place the last, which hides the others. */
export function mountOf(mounts: readonly Mount[], path: string): Mount | undefined {
  const holds = ({ mountPoint }: Mount): boolean =>
    mountPoint === "/" || path === mountPoint || path.startsWith(`${mountPoint}/`);
  return mounts.filter(holds).reduce<Mount | undefined>((best, mount) => {
    return best === undefined || mount.mountPoint.length >= best.mountPoint.length ? mount : best;
  }, undefined);
}

const network = new Set(["nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "afs", "ncpfs", "davfs"]);
const memory = new Set(["tmpfs", "ramfs", "zram"]);

function kindOf({ fileSystem, source }: Mount, disk: DiskFacts | undefined): MediumKind {
  if (network.has(fileSystem)) return "network";
  if (fileSystem === "9p" || fileSystem === "virtiofs" || fileSystem === "vboxsf") return "host-folder";
  if (memory.has(fileSystem) || disk?.name.startsWith("zram") === true) return "memory";
  if (fileSystem === "overlay" || fileSystem === "aufs") return "container";
  // `fuseblk` is a disk behind a program (NTFS); others have no disk that could be told
  if (fileSystem.startsWith("fuse") && !source.startsWith("/dev/")) return "program";
  return disk === undefined ? "unknown" : diskKind(disk);
}

function diskKind({ name, rotational, usb, card }: DiskFacts): MediumKind {
  if (name.startsWith("mmcblk")) return card === "MMC" ? "emmc" : "sd-card";
  if (name.startsWith("loop")) return "file";
  if (usb === true) return "usb";
  if (/^(vd|xvd)/.test(name)) return "virtual";
  return rotational === true ? "hard-disk" : "ssd";
}

/** What a mount is, and what that means for footage on it. */
export function mediumOf(mount: Mount, disk: DiskFacts | undefined): Medium {
  const kind = kindOf(mount, disk);
  const { fileSystem, mountPoint, source } = mount;
  const says = [...byOptions(mount), ...byKind(kind), ...byFileSystem(mount), ...byDisk(kind, disk)];
  return { kind, fileSystem, mountPoint, source, says };
}

function byOptions({ options, fileSystem }: Mount): string[] {
  const has = (option: string): boolean => options.includes(option);
  const isFileServer = network.has(fileSystem);
  return [
    ...(has("ro") ? ["It is mounted read-only: nothing can be recorded there."] : []),
    ...(has("nobarrier") || has("barrier=0") || has("nostrictsync")
      ? ["Syncs are switched off by a mount option: a power cut takes what Reed believes to be durable."]
      : []),
    ...(isFileServer && has("soft")
      ? ["It is mounted soft: a server that answers late loses what was just written. Mount it hard."]
      : []),
    ...(isFileServer && has("hard")
      ? ["It is mounted hard: while the server is away it does not answer, and recording moves after 5 s."]
      : []),
  ];
}

const meanings: Partial<Record<MediumKind, readonly string[]>> = {
  network: [
    "It is on a file server: durable is what the server says is durable, and the database never belongs there.",
  ],
  "host-folder": ["It is a folder of the machine that this one runs in: durable is what that machine says is durable."],
  program: ["A program stands between Reed and the disk (FUSE): durable is what that program says is durable."],
  memory: ["It is in memory: all footage is lost when the power goes."],
  container: ["It is in the container's own layer: all footage is lost with the container. Mount a volume into it."],
  "sd-card": [
    "It is an SD card: recording wears it out, and a picture may take seconds to be durable. Take one made for cameras, and have another volume.",
  ],
  usb: ["It is a USB disk: a loose cable takes it away while it is written. Recording then moves to the next volume."],
  file: ["It is a file on another disk that is mounted as one (loop): it lasts as long as that disk."],
};

const byKind = (kind: MediumKind): readonly string[] => meanings[kind] ?? [];

function byFileSystem({ fileSystem, source }: Mount): string[] {
  if (fileSystem === "vfat" || fileSystem === "msdos") {
    return ["FAT has no journal: a power cut may damage all of it. A file ends before 4 GB. Use ext4 where you can."];
  }
  if (fileSystem === "exfat") {
    return ["exFAT has no journal: a power cut may damage all of it. Use ext4 where you can."];
  }
  if (fileSystem === "ntfs" || fileSystem === "ntfs3" || (fileSystem === "fuseblk" && source.startsWith("/dev/"))) {
    return ["NTFS is a guest on Linux: slower, and repaired only by Windows. Use ext4 where you can."];
  }
  return [];
}

const byDisk = (kind: MediumKind, disk: DiskFacts | undefined): string[] =>
  disk?.removable === true && kind !== "sd-card" && kind !== "usb"
    ? ["The disk can be taken out while it is written."]
    : [];
