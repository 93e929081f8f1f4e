import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryBucket } from "../../bucket/support.test.ts";
import { testSite } from "../test-site.test.ts";

test("a volume needs only its folder and gets an id; it is filled to 80 % and kept 14 days", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const made = await site.send("POST", "/api/volumes", key, { path: "/mnt/footage" });
  const id = String(made.at("id"));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assert.deepEqual(made.body, { id, path: "/mnt/footage", maxShare: 0.8, keepDays: 14 });
  const patched = await site.send("PATCH", `/api/volumes/${id}`, key, { keepDays: 30 });
  assert.equal(patched.at("keepDays"), 30);
  assert.equal((await site.send("POST", "/api/volumes", key, { path: "footage" })).status, 400);
  assert.equal((await site.send("DELETE", `/api/volumes/${id}`, key)).status, 204);
  assert.deepEqual((await site.send("GET", "/api/volumes", key)).body, []);
});

test("an archive takes closed footage; what it takes and what becomes of the originals is set", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const archive = { mode: "both", takes: "alarm" };
  const made = await site.send("POST", "/api/volumes", key, { path: "/mnt/archive", archive });
  assert.deepEqual(made.at("archive"), archive);
  const id = String(made.at("id"));
  const wrong = await site.send("PATCH", `/api/volumes/${id}`, key, { archive: { mode: "elsewhere", takes: "all" } });
  assert.equal(wrong.status, 400);
});

const bucket = {
  ...{ endpoint: "https://s3.example.org", region: "eu", bucket: "reed", prefix: "home/", pathStyle: true },
  ...{ accessKeyId: "AK", secretKey: "very secret" },
};
const inBucket = { mode: "remote", takes: "all", bucket };

test("an archive in a bucket keeps its secret key to itself, and a key goes to no other host", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const made = await site.send("POST", "/api/volumes", key, { archive: inBucket });
  assert.equal(made.status, 201);
  const id = String(made.at("id"));
  assert.equal(made.at("path"), "s3://s3.example.org/reed/home");
  const stored = await site.reads.volumes();
  assert.match(stored[0]?.archive?.bucket?.secretKey ?? "", /^sealed:/);
  for (const path of [`/api/volumes/${id}`, "/api/volumes", "/api/storage"]) {
    const text = JSON.stringify((await site.send("GET", path, key)).body);
    assert.ok(text.includes('"secretKey":"***"'), path);
    assert.ok(!text.includes("very secret") && !text.includes("sealed:"), path);
  }
  const kept = await site.send("PATCH", `/api/volumes/${id}`, key, {
    archive: { ...inBucket, bucket: { ...bucket, secretKey: "***", uploadMbit: 20 } },
  });
  assert.equal(kept.status, 200);
  const elsewhere = { ...bucket, endpoint: "https://evil.example.net", secretKey: "***" };
  const moved = await site.send("PATCH", `/api/volumes/${id}`, key, { archive: { ...inBucket, bucket: elsewhere } });
  assert.deepEqual([moved.status, /another host/.test(moved.text)], [400, true]);
  const tried = await site.send("POST", "/api/volumes/bucket-test", key, { volume: id, bucket: elsewhere });
  assert.deepEqual([tried.status, /another host/.test(tried.text)], [400, true]);
});

test("a volume is in a folder or in a bucket", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const send = async (body: object) => (await site.send("POST", "/api/volumes", key, body)).status;
  assert.equal(await send({ archive: { mode: "both", takes: "all" } }), 400);
  assert.equal(await send({ path: "s3://host/bucket" }), 400);
  assert.equal(await send({ archive: { ...inBucket, bucket: { ...bucket, prefix: "no-slash" } } }), 400);
  assert.equal(await send({ archive: { ...inBucket, bucket: { ...bucket, endpoint: "https://user:pw@host" } } }), 400);
});

test("a bucket is tried: written, read, listed, deleted; what is wrong is said", async (t) => {
  const memory = memoryBucket();
  const keys: string[] = [];
  const site = await testSite(t, {
    openBucket: (settings) => (keys.push(settings.secretKey), Promise.resolve(memory)),
  });
  const key = site.key("read", "configure");
  const tried = async (more: object = {}) =>
    (await site.send("POST", "/api/volumes/bucket-test", key, { bucket: { ...bucket, ...more } })).body as {
      ok: boolean;
      problem?: string;
      warnings: string[];
      steps: { step: string; ok: boolean }[];
    };
  const good = await tried();
  assert.deepEqual(
    [good.ok, good.warnings, good.steps.map(({ step }) => step)],
    [true, [], ["write", "read", "list", "delete"]],
  );
  assert.equal(memory.objects.size, 0);
  memory.keepsVersions = true;
  memory.objects.set(".reed-volume", { bytes: new Uint8Array(), metadata: {} });
  const warned = await tried({ endpoint: "http://nas.local:9000" });
  assert.deepEqual(
    warned.warnings.map((text) => /^[^:;]*/.exec(text)?.[0]),
    ["The address begins with http", "The bucket keeps versions", "An archive of Reed lies there already"],
  );
  memory.fail("read", "refused");
  const bad = await tried();
  assert.deepEqual([bad.ok, bad.problem, bad.steps.at(-1)?.step], [false, "read failed", "read"]);
  const made = await site.send("POST", "/api/volumes", key, { archive: inBucket });
  keys.length = 0;
  const again = { volume: made.at("id"), bucket: { ...bucket, secretKey: "***" } };
  assert.equal((await site.send("POST", "/api/volumes/bucket-test", key, again)).status, 200);
  assert.deepEqual(keys, ["very secret"]);
  const details = { endpoint: bucket.endpoint, bucket: "reed", prefix: "home/", accessKeyId: "AK" };
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "audit", what: "bucket-test", details });
});
