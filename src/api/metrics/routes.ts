import { Counter, Gauge, Registry } from "prom-client";
import type { Histogram, LiveState } from "../../messages/api.ts";
import type { ChannelDetection } from "../../messages/detection.ts";
import type { RecorderStats } from "../../messages/recorder.ts";
import type { App } from "../app-types.ts";
import type { ApiDeps } from "../ports.ts";

/** Prometheus' text format 0.0.4. While core is away only `reed_ready 0` is told. */
export function metricsRoute(app: App, deps: Pick<ApiDeps, "core">): void {
  app.get(
    "/metrics",
    {
      config: { needs: ["metrics", "read"] },
      schema: {
        tags: ["system"],
        summary: "Metrics for Prometheus",
        description: "Text format 0.0.4. While core is away it says only `reed_ready 0`.",
        produces: ["text/plain"],
      },
    },
    async (_, reply) => {
      const registry = new Registry();
      return reply.type(registry.contentType).send(await metricsText(registry, deps.core.live()?.state));
    },
  );
}

export async function metricsText(registry: Registry, state: LiveState | undefined): Promise<string> {
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `reed_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const total = (name: string, help: string, labelNames: readonly string[]) =>
    new Counter({ name: `reed_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  gauge("ready", "1 while core is reached").set(state === undefined ? 0 : 1);
  if (state === undefined) return registry.metrics();
  gauge("armed", "1 while armed").set(state.armed ? 1 : 0);
  gauge("troubles", "troubles that last").set(state.troubles.length);
  gauge("open_receipts", "receipts that wait for an outcome").set(state.openReceipts.length);
  const up = gauge("channel_up", "1 while a channel is live", ["channel"]);
  for (const { channel, state: kind } of state.channels) up.set({ channel }, kind === "live" ? 1 : 0);
  recorderMetrics(gauge, total, state.recorderStats);
  detectionMetrics(gauge, state.detection ?? []);
  const restarts = total("process_restarts_total", "unasked restarts of a process", ["process"]);
  for (const { name, restarts: count } of state.processes) restarts.inc({ process: name }, count);
  const ready = gauge("volume_ready", "1 while a volume takes footage", ["volume"]);
  const free = gauge("volume_free_bytes", "free bytes of a volume", ["volume"]);
  const sync = gauge("volume_sync_p99_milliseconds", "p99 of a sync round", ["volume"]);
  for (const volume of state.volumes) {
    ready.set({ volume: volume.volumeId }, volume.state === "ready" ? 1 : 0);
    free.set({ volume: volume.volumeId }, volume.freeBytes);
    sync.set({ volume: volume.volumeId }, volume.syncP99Ms);
  }
  return [
    await registry.metrics(),
    histogramText("reed_edge_to_decision_milliseconds", "debounce over → decided", state.latency.edgeToDecision),
    histogramText("reed_edge_to_command_milliseconds", "edge reported → relay commanded", state.latency.edgeToCommand),
    histogramText("reed_edge_to_durable_milliseconds", "edge → pre-record durable", state.latency.edgeToDurable),
  ].join("\n");
}

type MakeGauge = (name: string, help: string, labels?: readonly string[]) => Gauge;
type MakeCounter = (name: string, help: string, labels: readonly string[]) => Counter;

function recorderMetrics(gauge: MakeGauge, total: MakeCounter, recorders: readonly RecorderStats[]): void {
  const units = total("access_units_total", "access units that arrived", ["channel"]);
  const bytes = total("received_bytes_total", "bytes that arrived", ["channel"]);
  const lost = total("lost_packets_total", "RTP packets that did not arrive", ["channel"]);
  const dropped = total("dropped_gops_total", "whole GOPs left out for want of memory", ["channel"]);
  const reconnects = total("reconnects_total", "sessions begun again", ["channel"]);
  const ring = gauge("ring_bytes", "bytes held for pre-record", ["recorder"]);
  const memory = gauge("recorder_rss_bytes", "resident memory", ["recorder"]);
  const delay = gauge("recorder_loop_delay_p99_milliseconds", "p99 delay of the event loop", ["recorder"]);
  recorders.forEach((stats, recorder) => {
    ring.set({ recorder }, stats.ringBytes);
    memory.set({ recorder }, stats.rssBytes);
    delay.set({ recorder }, stats.loopDelayP99Ms);
    for (const { channel, ...counts } of stats.channels) {
      units.inc({ channel }, counts.accessUnits);
      bytes.inc({ channel }, counts.bytes);
      lost.inc({ channel }, counts.lostPackets);
      dropped.inc({ channel }, counts.droppedGops);
      reconnects.inc({ channel }, counts.reconnects);
    }
  });
}

/** Of each camera whose pictures are to be looked at. */
function detectionMetrics(gauge: MakeGauge, cameras: readonly ChannelDetection[]): void {
  const watching = gauge("detection_watching", "1 while a camera is watched for what is asked of it", ["channel"]);
  const looked = gauge("detection_pictures_per_second", "pictures that were looked at", ["channel"]);
  const skipped = gauge(
    "detection_skipped_per_second",
    "pictures not decoded, because the stream shows that nothing moves",
    ["channel"],
  );
  const cost = gauge("detection_cost_milliseconds_per_second", "processor time", ["channel"]);
  const slowed = gauge("detection_slowed_by", "share left out for want of processor time, 0-1", ["channel"]);
  for (const { channel, state, lookedAt, skipped: left, costMs, slowedBy } of cameras) {
    watching.set({ channel }, state === "watching" || state === "arriving" ? 1 : 0);
    looked.set({ channel }, lookedAt);
    skipped.set({ channel }, left);
    cost.set({ channel }, costMs);
    slowed.set({ channel }, slowedBy);
  }
}

/**
 * prom-client counts by itself and can't be given counts, so a histogram that came as one is written here. Its counts
 * are cumulative already, as Prometheus wants them.
 */
export function histogramText(name: string, help: string, histogram: Histogram): string {
  const buckets = histogram.bounds.map(
    (bound, index) => `${name}_bucket{le="${bound}"} ${histogram.counts[index] ?? 0}`,
  );
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} histogram`,
    ...buckets,
    `${name}_bucket{le="+Inf"} ${histogram.count}`,
    `${name}_sum ${histogram.sum}`,
    `${name}_count ${histogram.count}`,
    "",
  ].join("\n");
}
