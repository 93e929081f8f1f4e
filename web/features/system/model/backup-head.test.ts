import assert from "node:assert/strict";
import { test } from "node:test";
import { backupHead, backupName } from "./backup-head.ts";

test("a backup tells whose it is and what is in it without its passphrase", () => {
  const file = {
    ...{ format: "reed-backup", version: 1, reed: "0.1.0", madeAt: 5, site: "Farm", keys: [] },
    rows: [{ part: "channel" }, { part: "channel" }, { part: "board" }],
    users: [{ name: "ann" }],
  };
  const head = backupHead(JSON.stringify(file));
  assert.deepEqual([head?.site, head?.madeAt, head?.users, head?.keys], ["Farm", 5, 1, 0]);
  assert.deepEqual(
    [...(head?.counts ?? [])],
    [
      ["channel", 2],
      ["board", 1],
    ],
  );
  assert.deepEqual(head?.file, file);
});

test("what is no backup is none, and a strange one is read as far as it goes", () => {
  for (const text of ["", "no", "[]", "7", '{"format":"zip"}']) assert.equal(backupHead(text), undefined, text);
  assert.equal(backupHead('{"format":"reed-backup","rows":[7,{"part":8}]}')?.counts.size, 0);
});

test("a backup's file is named after its site and day", () => {
  assert.equal(
    backupName("Hofladen Müller & Söhne", Date.UTC(2026, 10, 22)),
    "reed-hofladen-mu-ller-so-hne-2026-11-22.json",
  );
  assert.equal(backupName("店", 0), "reed-site-1970-01-01.json");
});
