import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { quietState, testSite } from "../test-site.test.ts";

test("metrics are Prometheus text: channels, loss, ring, restarts, volumes and both histograms", async (t) => {
  const site = await testSite(t);
  const key = site.key("metrics");
  const channel = { channel: 2, accessUnits: 750, bytes: 9000, lostPackets: 3, droppedGops: 1, reconnects: 4 };
  site.core.state = {
    ...quietState,
    armed: true,
    channels: [{ channel: 2, state: "live", since: wallTime(1), reason: "", bitsPerSecond: 1, ringMs: 1 }],
    processes: [{ name: "api", pid: 1, state: "running", restarts: 2, since: 1 }],
    recorderStats: [{ channels: [channel], ringBytes: 4096, rssBytes: 8192, loopDelayP99Ms: 1.5 }],
    detection: [
      ...[{ ...({ channel: 2, state: "watching", reason: "", stream: "sub" } as const), lookedAt: 4.9, skipped: 0.1 }],
      ...[{ ...({ channel: 3, state: "arriving", reason: "", stream: "sub" } as const), lookedAt: 0, skipped: 0 }],
    ].map((row) => ({ ...row, costMs: 7.5, slowedBy: 0.25 })),
    latency: {
      ...quietState.latency,
      edgeToCommand: { bounds: [1, 10], counts: [3, 5], sum: 21.5, count: 6 },
    },
  };
  const answer = await site.send("GET", "/metrics", key);
  assert.match(String(answer.headers["content-type"]), /^text\/plain; version=0.0.4/);
  const lines = answer.text.split("\n");
  for (const line of [
    "reed_ready 1",
    "reed_armed 1",
    'reed_channel_up{channel="2"} 1',
    'reed_received_bytes_total{channel="2"} 9000',
    'reed_lost_packets_total{channel="2"} 3',
    'reed_ring_bytes{recorder="0"} 4096',
    'reed_detection_watching{channel="2"} 1',
    'reed_detection_watching{channel="3"} 1',
    'reed_detection_pictures_per_second{channel="2"} 4.9',
    'reed_detection_cost_milliseconds_per_second{channel="2"} 7.5',
    'reed_detection_slowed_by{channel="2"} 0.25',
    'reed_process_restarts_total{process="api"} 2',
    "# TYPE reed_edge_to_command_milliseconds histogram",
    'reed_edge_to_command_milliseconds_bucket{le="1"} 3',
    'reed_edge_to_command_milliseconds_bucket{le="10"} 5',
    'reed_edge_to_command_milliseconds_bucket{le="+Inf"} 6',
    "reed_edge_to_command_milliseconds_sum 21.5",
    "reed_edge_to_command_milliseconds_count 6",
    "reed_edge_to_durable_milliseconds_count 0",
  ]) {
    assert.ok(lines.includes(line), `${line} is missing in\n${answer.text}`);
  }
  assert.equal(new Set(lines.filter((line) => line !== "")).size, lines.filter((line) => line !== "").length);
});

test("while core is away metrics say so and nothing that is old", async (t) => {
  const site = await testSite(t);
  site.core.here = false;
  const { status, text } = await site.send("GET", "/metrics", site.key("read"));
  assert.deepEqual([status, /^reed_ready 0$/m.test(text), /reed_armed/.test(text)], [200, true, false]);
});
