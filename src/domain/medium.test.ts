import assert from "node:assert/strict";
import { test } from "node:test";
import { mediumOf, mountOf, parseMounts, type DiskFacts } from "./medium.ts";

/** Lines of real machines: a Raspberry Pi, a mini-PC with a NAS, a container, a virtual machine. */
const mountinfo = String.raw`
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 179:2 / / rw,noatime - ext4 /dev/mmcblk0p2 rw
61 27 179:1 / /boot/firmware rw,relatime - vfat /dev/mmcblk0p1 rw,fmask=0022,dmask=0022,codepage=437,iocharset=ascii,shortname=mixed,errors=remount-ro
80 27 8:1 / /mnt/footage rw,relatime shared:41 - ext4 /dev/sda1 rw
81 27 8:17 / /media/pi/USB\040STICK rw,nosuid,nodev,relatime shared:301 - exfat /dev/sdb1 rw,uid=1000,gid=1000,fmask=0022,dmask=0022,iocharset=utf8,errors=remount-ro
82 27 0:52 / /mnt/nas rw,relatime shared:310 - nfs4 192.0.2.5:/volume1/reed rw,vers=4.2,rsize=1048576,wsize=1048576,namlen=255,soft,proto=tcp,timeo=600,retrans=2,sec=sys,clientaddr=192.0.2.9,local_lock=none,addr=192.0.2.5
83 27 0:53 / /mnt/hard rw,relatime shared:311 - nfs 192.0.2.5:/volume1/hard rw,vers=3,hard,nolock,proto=tcp,timeo=600,retrans=2
84 27 0:54 / /mnt/share rw,relatime shared:312 - cifs //nas.example/reed rw,vers=3.1.1,cache=strict,username=reed,soft,nounix,serverino,mapposix,nostrictsync
85 27 0:55 / /mnt/pool rw,relatime - fuse.mergerfs disk1:disk2 rw,user_id=0,group_id=0,allow_other
86 27 8:33 / /mnt/windows rw,relatime - fuseblk /dev/sdc1 rw,user_id=0,group_id=0,blksize=4096
87 27 0:23 / /tmp rw,nosuid,nodev - tmpfs tmpfs rw,size=4096k
88 27 0:60 / /data rw,relatime - overlay overlay rw,lowerdir=/l1,upperdir=/u,workdir=/w
89 27 259:1 / /mnt/fast ro,relatime - xfs /dev/nvme0n1p1 ro,attr2,inode64
90 27 7:3 / /mnt/image rw,relatime - ext4 /dev/loop3 rw
91 27 254:0 / /mnt/vm rw,relatime - ext4 /dev/vda rw,discard
92 27 8:49 / /mnt/brave rw,relatime - ext4 /dev/sdd1 rw,nobarrier
93 80 8:65 / /mnt/footage rw,relatime - btrfs /dev/sde1 rw,space_cache=v2
94 27 0:61 / /mnt/host rw,relatime - virtiofs host rw
this is no line of it
`;
const mounts = parseMounts(mountinfo);
const at = (path: string, disk?: DiskFacts) => {
  const mount = mountOf(mounts, path);
  assert.ok(mount);
  return mediumOf(mount, disk);
};
const told = (path: string, disk?: DiskFacts) => {
  const { kind, fileSystem, says } = at(path, disk);
  return `${fileSystem}, ${kind}: ${says.map((one) => /^[^:.]*/.exec(one)?.[0]).join("; ")}`;
};

test("a path lies on the deepest mount, and of two at one place on the one that hides the other", () => {
  assert.equal(at("/mnt/footage/2026", { name: "sde" }).fileSystem, "btrfs");
  assert.equal(at("/mnt/footages").mountPoint, "/");
  assert.equal(at("/media/pi/USB STICK/reed").source, "/dev/sdb1");
});

test("what a volume lies on is named with what it means for footage", () => {
  const sd = { name: "mmcblk0", rotational: false, removable: false, card: "SD" };
  const stick = { name: "sdb", rotational: false, removable: true, usb: true };
  assert.equal(told("/srv", sd), "ext4, sd-card: It is an SD card");
  assert.equal(told("/srv", { ...sd, card: "MMC" }), "ext4, emmc: ");
  assert.equal(told("/boot/firmware", sd), "vfat, sd-card: It is an SD card; FAT has no journal");
  assert.equal(told("/media/pi/USB STICK", stick), "exfat, usb: It is a USB disk; exFAT has no journal");
  assert.equal(told("/mnt/footage", { name: "sde", rotational: true, removable: false }), "btrfs, hard-disk: ");
  assert.equal(told("/mnt/footage", { name: "sde", rotational: false }), "btrfs, ssd: ");
  assert.equal(
    told("/mnt/footage", { name: "sde", removable: true }),
    "btrfs, ssd: The disk can be taken out while it is written",
  );
  assert.equal(told("/mnt/vm", { name: "vda", rotational: true }), "ext4, virtual: ");
  assert.equal(
    told("/mnt/image", { name: "loop3" }),
    "ext4, file: It is a file on another disk that is mounted as one (loop)",
  );
  assert.equal(told("/mnt/windows", { name: "sdc", rotational: true }), "fuseblk, hard-disk: NTFS is a guest on Linux");
  assert.equal(told("/mnt/pool"), "fuse.mergerfs, program: A program stands between Reed and the disk (FUSE)");
  assert.equal(told("/tmp/x"), "tmpfs, memory: It is in memory");
  assert.equal(told("/data"), "overlay, container: It is in the container's own layer");
  assert.equal(told("/mnt/host"), "virtiofs, host-folder: It is a folder of the machine that this one runs in");
});

test("a file server's honesty hangs on how it is mounted", () => {
  assert.equal(told("/mnt/nas"), "nfs4, network: It is mounted soft; It is on a file server");
  assert.equal(told("/mnt/hard"), "nfs, network: It is mounted hard; It is on a file server");
  const smb = "Syncs are switched off by a mount option; It is mounted soft; It is on a file server";
  assert.equal(told("/mnt/share"), `cifs, network: ${smb}`);
});

test("a mount that nothing can be written to, and one that lies about syncs, are told first", () => {
  assert.match(at("/mnt/fast", { name: "nvme0n1" }).says[0] ?? "", /mounted read-only/);
  assert.match(at("/mnt/brave", { name: "sdd" }).says[0] ?? "", /Syncs are switched off/);
});
