import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import type { BackupFile } from "../../contract/backup.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import { configRows } from "../../messages/config-rows.ts";
import { makeBackup, openBackup } from "./backup-file.ts";

const config: SiteConfig = {
  site: {
    name: "Farm shop",
    timeZone: "Europe/Berlin",
    firstSteps: { marks: { site: "done" }, dismissed: true },
    holidays: [],
    keep: [{ channel: 3, cause: "alarm", minDays: 30 }],
  },
  volumes: [{ id: "v1", path: "/mnt/footage", maxShare: 0.8, keepDays: 14 }],
  channels: [
    {
      channel: 3,
      name: "Yard",
      enabled: true,
      mainUrl: "rtsp://192.0.2.3/live?auth=address-secret",
      username: "viewer",
      password: "camera-secret",
      audio: false,
      recordMode: "continuous",
      preRecordS: 10,
    },
  ],
  boards: [
    {
      board: 1,
      name: "Doorbell",
      enabled: true,
      driver: { kind: "http-trigger", inputs: [{ point: 1, key: "trigger-secret-0001", maxS: 60 }] },
    },
  ],
  inputs: [
    {
      ...{ input: 1, name: "Bell", enabled: true, kind: "button", board: 1, point: 1, type: "NO" },
      ...{ debounceMs: 50, antiDitherS: 5 },
      linkage: { recordChannels: [3], postRecordS: 30, maxRecordS: 600, outputs: [], notifiers: [1] },
    },
  ],
  schedules: [
    {
      ...{ schedule: 1, name: "Shop hours", holiday: [] },
      week: Array.from({ length: 7 }, () => [{ fromMin: 480, toMin: 1440 }]),
    },
  ],
  outputs: [],
  subscriptions: [],
  views: [{ view: 1, name: "Doors", owner: "ann", layout: 4, channels: [3, 0, 0, 0] }],
  notifiers: [
    {
      ...{ notifier: 1, name: "Phone", enabled: true, kind: "ntfy", url: "https://ntfy.sh", topic: "topic-secret" },
      ...{ token: "token-secret", snapshot: true },
    },
  ],
};
const user = {
  name: "ann",
  role: "administrator",
  createdAt: 5,
  passwordHash: "hash-secret-user",
  rights: { live: [1], playback: [] },
  preferences: { theme: "dark" },
} as const;
const key = { id: "k1", name: "Grafana", scopes: ["metrics"], createdAt: 6, keyHash: "hash-secret-key" } as const;
const passphrase = "a long sentence of mine";

const made = (): Promise<BackupFile> =>
  makeBackup({
    config,
    accounts: { users: [user], keys: [key] },
    ...{ reed: "1.2.3", madeAt: 1_790_000_000_000, passphrase, random: randomBytes, cost: { n: 2 ** 10, r: 8, p: 1 } },
  });
/** As it comes back from a disk. */
const reread = (file: BackupFile): BackupFile => JSON.parse(JSON.stringify(file, undefined, 2)) as BackupFile;

test("a backup opened with its passphrase has every row, user and key as it was", async () => {
  const opened = await openBackup(reread(await made()), passphrase);
  assert.ok(opened.ok);
  assert.deepEqual(opened.value.rows, configRows(config));
  assert.deepEqual(opened.value.accounts, [
    { kind: "restore-user", ...user },
    { kind: "create-key", id: "k1", name: "Grafana", scopes: ["metrics"], keyHash: "hash-secret-key" },
  ]);
});

test("no secret can be read in the file, but the names and the settings can", async () => {
  const text = JSON.stringify(await made());
  assert.doesNotMatch(text, /secret(?!":"\*\*\*")/);
  assert.match(text, /Farm shop.*Yard.*192\.0\.2\.3.*Grafana/);
});

test("a wrong passphrase, or a file that was changed, opens nothing and says so", async () => {
  const file = await made();
  const wrong = await openBackup(file, "a long sentence of yours");
  assert.ok(!wrong.ok && /passphrase does not open/.test(wrong.error), JSON.stringify(wrong));
  const renamed = await openBackup({ ...file, site: "Somewhere else" }, passphrase);
  assert.ok(!renamed.ok && /the file was changed/.test(renamed.error));
  const cut = await openBackup({ ...file, sealed: { ...file.sealed, data: "AAAA" } }, passphrase);
  assert.ok(!cut.ok && /the file was changed/.test(cut.error));
});

test("a backup of a newer Reed is refused by name, whatever else stands in it", async () => {
  const newer = await openBackup({ format: "reed-backup", version: 2, other: "things" }, passphrase);
  assert.ok(!newer.ok && /newer Reed \(format 2, this one reads up to 1\).*Update this Reed first/.test(newer.error));
});

test("what is no backup at all is said to be none, and one that is cut to be cut", async () => {
  for (const nothing of [undefined, 7, [], { format: "zip", version: 1 }]) {
    const opened = await openBackup(nothing, passphrase);
    assert.ok(!opened.ok && /not a backup of Reed/.test(opened.error));
  }
  const opened = await openBackup({ ...(await made()), sealed: undefined }, passphrase);
  assert.ok(!opened.ok && /not whole/.test(opened.error));
});

test("a file that asks for more memory than a machine has is not worked on", async () => {
  const file = await made();
  for (const cost of [{ n: 2 ** 30 }, { r: 1024 }, { p: 1e6 }, { n: 3 }]) {
    const opened = await openBackup({ ...file, sealed: { ...file.sealed, ...cost } }, passphrase);
    assert.ok(!opened.ok && /more work/.test(opened.error), JSON.stringify(cost));
  }
});

test("an opened backup brings no more than the API would take", async () => {
  const accounts = { users: [user], keys: [] };
  const more = { reed: "1", madeAt: 1, passphrase, random: randomBytes, cost: { n: 2 ** 10, r: 8, p: 1 } };
  const volume = { ...config.volumes[0], id: "v1", path: "/etc", maxShare: 0.8, keepDays: 14 };
  const opened = await openBackup(
    await makeBackup({ config: { ...config, volumes: [volume] }, accounts, ...more }),
    passphrase,
  );
  assert.ok(!opened.ok && /folder of the system.*Nothing was restored/.test(opened.error), JSON.stringify(opened));
});
