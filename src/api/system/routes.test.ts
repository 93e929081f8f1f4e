import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { quietState, testSite } from "../test-site.test.ts";

test("the way of an edge is told as histograms with their percentiles", async (t) => {
  const site = await testSite(t);
  const edgeToCommand = { bounds: [1, 10], counts: [60, 99], sum: 321, count: 100 };
  site.core.state = { ...quietState, latency: { ...quietState.latency, edgeToCommand } };
  const answer = await site.send("GET", "/api/system/latency", site.key("read"));
  const { sum: sumMs, ...histogram } = edgeToCommand;
  const what = "edge reported → relay commanded";
  assert.deepEqual(answer.at("stages.1"), { stage: "command", what, ...histogram, sumMs, p50Ms: 1, p99Ms: 10 });
  assert.equal(answer.at("stages.0.p50Ms"), undefined, "no edge was decided, so nothing is claimed");
  site.core.here = false;
  assert.equal((await site.send("GET", "/api/system/latency", site.key("read"))).status, 503);
});

test("a process is told with its memory and its share of the processor, and a trouble with what to do next", async (t) => {
  const usage = { cpuMs: 1000, rssBytes: 60e6, ageMs: 10_000 };
  const site = await testSite(t, { machine: { usage: () => usage } });
  const since = wallTime(5);
  site.core.state = {
    ...quietState,
    processes: [{ name: "recorder-0", pid: 7, state: "running", restarts: 2, since }],
    troubles: [{ key: "channel:1", what: "Channel 1 (Yard): refused", since }],
    channels: [{ channel: 1, state: "refused", since, reason: "", bitsPerSecond: 0, ringMs: 0 }],
  };
  const { rssBytes, cpuShare } = (await site.send("GET", "/api/system", site.key("read"))).at("processes.0") as {
    rssBytes: number;
    cpuShare: number;
  };
  assert.deepEqual([rssBytes, cpuShare], [60e6, 0.1]);
  const troubles = await site.send("GET", "/api/troubles", site.key("read"));
  assert.equal(troubles.at("0.kind"), "camera-refused");
  assert.match(String(troubles.at("0.next")), /Check user and password/);
});

test("logs are read by who may configure, from the level that was asked for on", async (t) => {
  const line = { id: "core-1-0", at: 1, process: "core", level: 50, text: "no", details: {} };
  let asked: unknown;
  const logs = (query: unknown) => {
    asked = query;
    return Promise.resolve({ processes: ["core"], lines: [line], more: false });
  };
  const site = await testSite(t, { machine: { logs } });
  assert.equal((await site.send("GET", "/api/logs", site.key("read"))).status, 403);
  const answer = await site.send("GET", "/api/logs?level=warn&process=core&after=5", site.key("configure"));
  assert.deepEqual(asked, { level: 40, process: "core", after: 5, limit: 200 });
  assert.deepEqual(answer.at("lines.0"), { ...line, level: "error" });
});

test("it says where it listens, what its clock shows, and whose work it contains", async (t) => {
  const fastify = { name: "fastify", version: "5", licence: "MIT" };
  const licence = (name: string) => Promise.resolve(name === "fastify" ? { ...fastify, text: "text" } : undefined);
  const site = await testSite(t, { machine: { notices: () => Promise.resolve([fastify]), licence } });
  const read = site.key("read");
  const network = await site.send("GET", "/api/system/network", read);
  assert.equal(network.at("listening.0.port"), 8480);
  assert.equal(Number(network.at("now")) - Number(network.at("upSince")), 5000);
  assert.deepEqual((await site.send("GET", "/api/system/notices", read)).body, [fastify]);
  assert.equal((await site.send("GET", "/api/system/notices/text?name=fastify", read)).at("text"), "text");
  assert.equal((await site.send("GET", "/api/system/notices/text?name=other", read)).status, 404);
});
