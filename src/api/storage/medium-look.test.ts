import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { lookAtMedium } from "./medium-look.ts";

test("a partition is known by its disk, an encrypted one by the disk below, btrfs by the name of its device", async (t) => {
  const root = mkdtempSync(join(tmpdir(), "reed-sys-"));
  t.after(() => rmSync(root, { recursive: true }));
  const file = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  };
  const link = (at: string, to: string) => {
    mkdirSync(dirname(join(root, at)), { recursive: true });
    symlinkSync(join(root, to), join(root, at));
  };
  const disk = "sys/devices/pci0/usb2/2-1/host4/block/sdb";
  file(`${disk}/queue/rotational`, "1");
  file(`${disk}/removable`, "0");
  file(`${disk}/sdb1/partition`, "1");
  file("sys/devices/virtual/block/dm-0/removable", "0");
  link("sys/devices/virtual/block/dm-0/slaves/sdb1", `${disk}/sdb1`);
  link("sys/dev/block/8:17", `${disk}/sdb1`);
  link("sys/dev/block/253:0", "sys/devices/virtual/block/dm-0");
  link("sys/class/block/sdb1", `${disk}/sdb1`);
  file(
    "mountinfo",
    [
      "30 1 8:17 / /plain rw - ext4 /dev/sdb1 rw",
      "31 1 253:0 / /sealed rw - xfs /dev/mapper/footage rw",
      "32 1 0:44 / /sub rw - btrfs /dev/sdb1 rw,subvol=/",
      "33 1 0:45 / /away rw - zfs tank/footage rw",
    ].join("\n"),
  );
  const look = (path: string) => lookAtMedium(path, { mountinfo: join(root, "mountinfo"), sys: join(root, "sys") });
  for (const path of ["/plain", "/sealed/reed", "/sub"]) assert.equal((await look(path))?.kind, "usb", path);
  assert.deepEqual(await look("/away"), {
    ...{ kind: "unknown", fileSystem: "zfs", mountPoint: "/away", source: "tank/footage", says: [] },
  });
  assert.equal(await look("/nowhere"), undefined);
  assert.equal(await lookAtMedium("/plain", { mountinfo: join(root, "none"), sys: root }), undefined);
});
