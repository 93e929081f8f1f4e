import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import type { SiteConfig } from "../domain/site-config.ts";
import { bucketIndex } from "../platform/paths.ts";
import { processesOf } from "./wanted-processes.ts";

const place = { data: "/data", port: 8480, host: "::" };
const nothing = { site: {}, channels: [], boards: [] };
const row: SiteConfig["channels"][number] = {
  ...{ channel: 3, name: "Yard", enabled: true, mainUrl: "", username: "", password: "" },
  ...{ audio: false, recordMode: "continuous", preRecordS: 10 },
};
const driver = { kind: "video-detection", channel: 3, videoLoss: true } as const;
const camera = { ...nothing, channels: [row], boards: [{ board: 1, name: "Pictures", enabled: true, driver }] };
const disk = { id: "v1", path: "footage", maxShare: 0.9, keepDays: 14 };
const bucket = {
  ...{ endpoint: "https://s3.example.org", region: "x", bucket: "reed", prefix: "", pathStyle: true },
  ...{ accessKeyId: "key", secretKey: "secret" },
};
const archive = { mode: "both", takes: "all" } as const;

test("a process speaks with each bucket, and with none there is none", () => {
  const folder = { ...disk, id: "v2", archive };
  const names = (volumes: (typeof disk)[]) => processesOf(place, { ...nothing, volumes }).map(({ name }) => name);
  assert.deepEqual(names([disk, folder]), ["recorder-0", "api", "analysis"]);
  const [first, second] = ["b1", "b2"].map((id) => ({ ...disk, id, archive: { ...archive, bucket } }));
  assert.ok(first !== undefined && second !== undefined);
  const own = names([disk, first, second]).slice(3);
  assert.equal(new Set(own).size, 2);
  assert.deepEqual(
    names([second, first]).slice(3),
    [...own].reverse(),
    "each has its own, in whatever order they stand",
  );
});

test("what a process is started with names no secret, and the program is there", () => {
  const processes = processesOf(place, { ...camera, volumes: [{ ...disk, archive: { ...archive, bucket } }] });
  for (const { script, args } of processes) {
    assert.ok(existsSync(script), script.pathname);
    assert.doesNotMatch(args.join(" "), /secret|key/);
  }
  assert.deepEqual(processes.at(-1)?.args, ["--data", "/data", "--index", String(bucketIndex("v1"))]);
});

test("pictures are looked at by a process of their own, and only while something is looked for in those of a camera that is on", () => {
  const runs = (of: Partial<typeof camera>) =>
    processesOf(place, { ...camera, ...of, volumes: [disk] }).some(({ role }) => role === "detection");
  assert.equal(runs({}), true);
  assert.equal(runs({ boards: [] }), false);
  assert.equal(runs({ boards: camera.boards.map((one) => ({ ...one, enabled: false })) }), false);
  assert.equal(runs({ channels: camera.channels.map((one) => ({ ...one, enabled: false })) }), false);
});
