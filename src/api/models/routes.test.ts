import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { mostModelBytes, mostModels, type ModelRow, type TrialAnswer } from "../../contract/model.ts";
import type { ModelFacts, ToTrial } from "../../messages/models.ts";
import { quietState, testSite } from "../test-site.test.ts";

const facts: ModelFacts = {
  ...{ kind: "yolo", width: 640, height: 384, lookMs: 31.5 },
  pixels: { order: "rgb", mean: [0, 0, 0], deviation: [1, 1, 1], fit: "middle", fill: 114 },
  labels: ["person", "", "car", "dog"],
};

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
};

/** A file whose text is "bad" is no model; all others are the same one. */
async function withModels(t: TestContext, meanwhile: () => Promise<unknown> = () => Promise.resolve()) {
  const asked: ToTrial[] = [];
  const site = await testSite(t, {
    askModel: async (to) => {
      asked.push(to);
      await meanwhile();
      if (readFileSync(to.file, "utf8").startsWith("bad")) return Promise.reject(new Error("it is none"));
      if (to.kind === "check") return Promise.resolve({ kind: "checked", facts });
      const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 };
      const objects = [
        { label: "dog", confidence: 0.4, box },
        { label: "person", confidence: 0.9, box },
      ];
      return Promise.resolve({ kind: "tried", trial: { width: 64, height: 48, objects, lookMs: 30 } });
    },
  });
  const admin = site.session();
  const part = async (upload: string, at: number, bytes: string, headers: Record<string, string> = admin) => {
    const url = `/api/models/uploads/${upload}?at=${at}`;
    const type = { "content-type": "application/octet-stream" };
    const answer = await site.app.inject({ method: "PUT", url, headers: { ...headers, ...type }, payload: bytes });
    return { status: answer.statusCode, text: answer.body };
  };
  const add = async (model: string, text: string, description: object = {}) => {
    const upload = randomUUID();
    assert.equal((await part(upload, 0, text)).status, 200);
    return site.send("POST", "/api/models", admin, { upload, model, description });
  };
  const rows = async () => (await site.send("GET", "/api/models", admin)).body as readonly ModelRow[];
  const left = () => (existsSync(site.modelFolder) ? readdirSync(site.modelFolder, { recursive: true }).sort() : []);
  const audited = () =>
    site.asked.flatMap(({ command }) => (command.kind === "audit" && command.what !== "" ? [command.what] : []));
  return { ...site, admin, models: asked, part, add, rows, left, audited };
}

test("Reed's own model is there with what it is, which of its labels are people and vehicles, and runs unless another was chosen", async (t) => {
  const site = await withModels(t);
  const [own, ...others] = await site.rows();
  assert.deepEqual(others, []);
  assert.deepEqual([own?.model, own?.shipped, own?.chosen], ["nanodet", true, true]);
  assert.equal(own?.description.licence, "Apache-2.0");
  assert.match(own.sha256, /^[0-9a-f]{64}$/);
  assert.deepEqual(own.facts?.labels, ["person", "car", "dog"]);
  assert.deepEqual(own.facts.targets, { human: ["person"], vehicle: ["car"] });
  assert.equal(own.running, undefined);
  const running = { model: "nanodet", state: "open", reason: "", failures: 0, lookMs: 22 } as const;
  site.core.state = { ...quietState, model: running };
  assert.deepEqual((await site.rows())[0]?.running, { state: "open", reason: "", lookMs: 22 });
  assert.equal(site.models.length, 1, "what is known of a model is kept until its file is another one");
});

test("a model comes in parts, is opened before it is put in its place, and is used, described and removed", async (t) => {
  const site = await withModels(t);
  const upload = randomUUID();
  assert.deepEqual((await site.part(upload, 0, "good ")).text, '{"bytes":5}');
  assert.match((await site.part(upload, 4, "model")).text, /begins at byte 5/);
  assert.deepEqual((await site.part(upload, 5, "model")).text, '{"bytes":10}');
  const description = { labels: ["person", "dog"], licence: "ours" };
  const added = await site.send("POST", "/api/models", site.admin, { upload, model: "yard", description });
  assert.deepEqual([added.status, added.at("bytes"), added.at("chosen")], [201, 10, false]);
  assert.deepEqual(added.at("description"), description);
  assert.equal(readFileSync(join(site.modelFolder, "yard.onnx"), "utf8"), "good model");

  const used = await site.send("POST", "/api/models/yard/use", site.admin);
  assert.deepEqual([used.status, used.at("chosen")], [200, true]);
  assert.equal((await site.reads.config()).site.model, "yard");
  assert.deepEqual(
    (await site.rows()).map(({ model, chosen }) => `${model} ${chosen}`),
    ["nanodet false", "yard true"],
  );
  const inUse = await site.send("DELETE", "/api/models/yard", site.admin);
  assert.deepEqual([inUse.status, inUse.at("error.message")], [409, "This model is in use. Use another one first."]);

  const told = await site.send("PUT", "/api/models/yard/description", site.admin, { licence: "MIT", name: "Yard" });
  assert.deepEqual([told.status, told.at("description")], [200, { name: "Yard", licence: "MIT" }]);
  assert.equal((await site.send("POST", "/api/models/nanodet/use", site.admin)).status, 200);
  assert.equal((await site.send("DELETE", "/api/models/yard", site.admin)).status, 200);
  assert.deepEqual(site.left(), [".uploads", "nanodet.known.json"]);
  assert.deepEqual(site.audited(), [
    ...["model-added", "model-chosen", "model-described", "model-chosen", "model-removed"],
  ]);
});

test("a file that is no model is refused with the reason, and nothing of it is left", async (t) => {
  const site = await withModels(t);
  const refused = await site.add("bad", "bad file");
  assert.deepEqual([refused.status, refused.at("error.message")], [400, "The model can't be used: it is none"]);
  assert.deepEqual(site.left(), [".uploads"]);
  assert.deepEqual(site.audited(), []);
  assert.equal((await site.add("yard", "good")).status, 201);
  const twice = await site.add("yard", "other");
  assert.deepEqual([twice.status, twice.at("error.message")], [409, 'There is a model "yard" already.']);
  assert.equal(readFileSync(join(site.modelFolder, "yard.onnx"), "utf8"), "good");
  assert.deepEqual(readdirSync(join(site.modelFolder, ".uploads")), []);
  const nothing = { upload: randomUUID(), model: "next" };
  assert.equal((await site.send("POST", "/api/models", site.admin, nothing)).status, 404);
  for (const model of ["../etc", "a/b", "", "ä"])
    assert.equal((await site.send("POST", "/api/models", site.admin, { ...nothing, model })).status, 400, model);
});

test("a model that was put there by hand is found; one that can't be used says why and can't be chosen", async (t) => {
  const site = await withModels(t);
  mkdirSync(site.modelFolder);
  writeFileSync(join(site.modelFolder, "broken.onnx"), "bad");
  writeFileSync(join(site.modelFolder, "detector.onnx"), "good");
  writeFileSync(join(site.modelFolder, "detector.model.json"), "{ no description");
  const rows = await site.rows();
  assert.deepEqual(
    rows.map(({ model, chosen, fault }) => [model, chosen, fault]),
    [
      ["nanodet", false, undefined],
      ["broken", false, "it is none"],
      ["detector", true, undefined],
    ],
  );
  const used = await site.send("POST", "/api/models/broken/use", site.admin);
  assert.deepEqual([used.status, used.at("error.message")], [409, "The model can't be used: it is none"]);
  assert.equal((await site.reads.config()).site.model, undefined);
});

test("Reed's own model can't be changed or removed, and one that is not there can't be anything", async (t) => {
  const site = await withModels(t);
  const send = async (method: "DELETE" | "PUT" | "POST", url: string, body?: object) =>
    (await site.send(method, `/api/models/${url}`, site.admin, body)).status;
  assert.equal(await send("DELETE", "nanodet"), 409);
  assert.equal(await send("PUT", "nanodet/description", { licence: "mine" }), 409);
  assert.equal(await send("DELETE", "none"), 404);
  assert.equal(await send("POST", "none/use"), 404);
  assert.equal(await send("POST", "none/measure"), 404);
  assert.equal(await send("POST", "nanodet/measure"), 200);
});

test("a picture is tried by a chosen model: the surest first, with the class that rules know", async (t) => {
  const site = await withModels(t);
  const post = async (type: string, payload: Buffer, model = "nanodet") => {
    const headers = { ...site.admin, "content-type": type };
    const answer = await site.app.inject({ method: "POST", url: `/api/models/${model}/try`, headers, payload });
    return { status: answer.statusCode, body: answer.json<TrialAnswer>() };
  };
  const { status, body } = await post("image/jpeg", Buffer.from([0xff, 0xd8]));
  assert.equal(status, 200);
  assert.deepEqual([body.width, body.height, body.lookMs], [64, 48, 30]);
  assert.deepEqual(
    body.objects.map(({ label, target, confidence }) => [label, target, confidence]),
    [
      ["person", "human", 0.9],
      ["dog", undefined, 0.4],
    ],
  );
  assert.equal((await post("text/plain", Buffer.from("x"))).status, 400);
  assert.equal((await post("image/png", Buffer.from([1]), "none")).status, 404);
  assert.equal((await post("image/png", Buffer.alloc(8 * 1024 * 1024 + 1))).status, 413);
});

test("no more than two files are on their way at once, and none is larger than it may be", async (t) => {
  const site = await withModels(t);
  const [first, second] = [randomUUID(), randomUUID()];
  for (const upload of [first, second]) assert.equal((await site.part(upload, 0, "part")).status, 200);
  assert.equal((await site.part(randomUUID(), 0, "part")).status, 409);
  assert.equal((await site.part(second, 4, "part")).status, 200);
  assert.equal((await site.part(randomUUID(), mostModelBytes + 1, "part")).status, 400);
  site.clock.advance(700_000);
  const key = site.key("configure");
  assert.equal((await site.part(randomUUID(), 0, "part", key)).status, 200, "what nobody went on with is forgotten");
});

test("who ends a sending while the model is opened has it not added, and nothing of it is left", async (t) => {
  const opened = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const site = await withModels(t, () => {
    asked.resolve();
    return opened.promise;
  });
  const upload = randomUUID();
  await site.part(upload, 0, "good");
  const adding = site.send("POST", "/api/models", site.admin, { upload, model: "yard" });
  await asked.promise;
  assert.equal((await site.part(upload, 4, "changed")).status, 409, "nothing is put behind what was looked at");
  assert.equal((await site.send("DELETE", `/api/models/uploads/${upload}`, site.admin)).status, 200);
  opened.resolve();
  const answer = await adding;
  assert.deepEqual([answer.status, answer.at("error.message")], [409, "This upload has ended. Begin another one."]);
  assert.deepEqual(site.left(), [".uploads"]);
});

test("no more than three pictures and four changes wait for a model at once; one more is told so", async (t) => {
  const opened = Promise.withResolvers<void>();
  let gate = Promise.resolve();
  const site = await withModels(t, () => gate);
  assert.equal((await site.rows()).length, 1, "what waits from now on is the trials themselves");
  gate = opened.promise;
  const statuses = { try: [] as number[], measure: [] as number[] };
  const ask = async (what: "try" | "measure") => {
    const type = what === "try" ? { "content-type": "image/jpeg" } : {};
    const request = {
      method: "POST",
      url: `/api/models/nanodet/${what}`,
      headers: { ...site.admin, ...type },
    } as const;
    const answer = await site.app.inject({ ...request, ...(what === "try" ? { payload: Buffer.from([0xff]) } : {}) });
    statuses[what].push(answer.statusCode);
  };
  const all = [1, 2, 3, 4, 5, 6].flatMap(() => [ask("try"), ask("measure")]);
  // those that are refused wait for nobody
  await until(() => statuses.try.length === 3 && statuses.measure.length === 2);
  opened.resolve();
  await Promise.all(all);
  assert.deepEqual(statuses, { try: [429, 429, 429, 200, 200, 200], measure: [429, 429, 200, 200, 200, 200] });
});

test("there are twenty models at most, which is said before one more is sent", async (t) => {
  const site = await withModels(t);
  mkdirSync(site.modelFolder);
  for (let n = 1; n <= mostModels; n++) writeFileSync(join(site.modelFolder, `own-${n}.onnx`), "good");
  const sent = await site.part(randomUUID(), 0, "good");
  assert.equal(sent.status, 409);
  assert.match(sent.text, /There are 20 models already\. Remove one first\./);
  assert.equal((await site.send("DELETE", "/api/models/own-3", site.admin)).status, 200);
  assert.equal((await site.add("yard", "good")).status, 201);
});

test("only who may configure sees, sends, tries or changes models", async (t) => {
  const site = await withModels(t);
  const routes = site.routes.filter((route) => / \/api\/models/.test(route) && !route.startsWith("HEAD"));
  assert.ok(routes.length >= 8, routes.join());
  for (const who of [site.session("operator"), site.session("viewer"), site.key("read", "live", "footage", "control")])
    for (const route of routes) {
      const [method = "", path = ""] = route.split(" ");
      const url = path.replace(":upload", randomUUID()).replace(":model", "nanodet");
      const answer = await site.app.inject({ method: method as "GET", url, headers: who });
      assert.equal(answer.statusCode, 403, route);
    }
});
