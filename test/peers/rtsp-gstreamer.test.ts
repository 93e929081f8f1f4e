import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test, type TestContext } from "node:test";
import { createBlockPool } from "../../src/media/block.ts";
import { createDepacketizer } from "../../src/media/rtp/depacketizer.ts";
import type { AccessUnit } from "../../src/media/types.ts";
import { createHostGate } from "../../src/recorder/ingest/host-gate.ts";
import { startIngest, type Ingest, type IngestState } from "../../src/recorder/ingest/ingest.ts";
import { startProbe } from "../../src/recorder/probe/probe.ts";
import type { ProbeMessage } from "../../src/messages/probe.ts";
import { createReadPacer } from "../../src/recorder/ingest/read-pacer.ts";
import { systemClock } from "../../src/platform/clock.ts";

/** Streams that nobody here made: GStreamer's RTSP server plays what ffmpeg encoded. */
const python = "/usr/bin/python3";
const script = join(import.meta.dirname, "gst_rtsp_server.py");
const needed = 'import gi; gi.require_version("GstRtspServer", "1.0")';
const present =
  spawnSync(python, ["-c", needed]).status === 0 && spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status === 0;
const skip =
  !present && process.env["CI"] !== "true"
    ? "needs ffmpeg and the Debian packages gir1.2-gst-rtsp-server-1.0 and python3-gi"
    : false;

interface Source {
  readonly video: "h264" | "h265";
  readonly audio: "aac" | "pcma" | "none";
  readonly auth?: "digest" | "basic";
  readonly password?: string;
}

/** 320×240 at 25 fps with a key frame a second; H.264 with B-frames. */
function encode(folder: string, source: Source): string {
  const file = join(folder, `source.${source.audio === "pcma" ? "mov" : "mp4"}`);
  const video =
    source.video === "h264"
      ? ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "25"]
      : ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "keyint=25:log-level=none", "-tag:v", "hvc1"];
  const audio = {
    none: ["-an"],
    aac: ["-c:a", "aac"],
    pcma: ["-c:a", "pcm_alaw", "-ar", "8000", "-ac", "1"],
  }[source.audio];
  const inputs = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-f", "lavfi", "-i", "sine=sample_rate=48000"];
  const made = spawnSync(
    "ffmpeg",
    ["-v", "error", "-y", ...inputs, "-t", "20", "-pix_fmt", "yuv420p", ...video, ...audio, file],
    { encoding: "utf8" },
  );
  assert.equal(made.status, 0, made.stderr);
  return file;
}

async function serve(t: TestContext, source: Source): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "reed-gst-"));
  const file = encode(folder, source);
  const auth = source.auth === undefined ? [] : ["--auth", source.auth, "--password", source.password ?? ""];
  const args = [script, "--file", file, "--video", source.video, "--audio", source.audio, ...auth];
  const server = spawn(python, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(server, "exit");
  t.after(async () => {
    server.stdin.end();
    await ended;
    rmSync(folder, { recursive: true });
  });
  for await (const line of createInterface(server.stdout)) {
    const port = /^port (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return `rtsp://127.0.0.1:${port}/live`;
  }
  throw new Error("the GStreamer server ended before it listened");
}

interface Watched {
  readonly ingest: Ingest;
  readonly units: Omit<AccessUnit, "data" | "block">[];
  readonly states: IngestState[];
  readonly bytesOut: () => number;
}

/** Records until `enough` units came or the camera is down. */
async function watch(url: string, enough: number, login: { username: string; password: string }): Promise<Watched> {
  const clock = systemClock();
  const pool = createBlockPool();
  const units: AccessUnit[] = [];
  const states: IngestState[] = [];
  let done: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (done = resolve));
  const ingest = startIngest({
    clock,
    plan: { channel: 1, name: "", url, ...login, audio: true, recordMode: "continuous", preRecordMs: 0 },
    pool,
    gate: createHostGate(clock),
    pacer: createReadPacer(clock),
    log: { info: () => undefined, warn: () => undefined },
    onUnit: (unit) => {
      units.push(unit);
      if (units.filter((other) => other.track === "video").length >= enough) done();
    },
    onState: (state) => {
      states.push(state);
      if (state.state === "down" || state.state === "refused") done();
    },
    createDepacketizer,
  });
  const timeout = setTimeout(done, 20_000);
  await finished;
  clearTimeout(timeout);
  await ingest[Symbol.asyncDispose]();
  return { ingest, units, states, bytesOut: () => pool.bytesOut };
}

const nobody = { username: "", password: "" };

function checkUnits(watched: Watched, source: Source): void {
  const { units, states } = watched;
  assert.deepEqual(
    states.map((state) => [state.state, state.reason]),
    [
      ["connecting", ""],
      ["live", ""],
    ],
  );
  const video = units.filter((unit) => unit.track === "video");
  const audio = units.filter((unit) => unit.track === "audio");
  const [first] = video;
  assert.ok(first?.parameters.kind === "video" && first.key);
  assert.deepEqual([first.parameters.codec, first.parameters.width, first.parameters.height], [source.video, 320, 240]);
  assert.ok(video.length >= 60 && video.filter((unit) => unit.key).length >= 2);
  for (const track of [video, audio]) {
    assert.ok(
      track.every((unit, i) => i === 0 || unit.dts > (track[i - 1]?.dts ?? 0)),
      "decode times grow",
    );
    assert.ok(track.every((unit) => unit.dts <= unit.pts && !unit.afterLoss));
  }
  // 25 pictures a second, in presentation order, none missing.
  const shown = video
    .map((unit) => unit.pts)
    .toSorted((a, b) => a - b)
    .slice(0, -4);
  assert.ok(
    shown.every((pts, i) => i === 0 || Math.abs(pts - (shown[i - 1] ?? 0) - 3600) <= 2),
    "40 ms apart",
  );
  assert.equal(audio.length > 20, source.audio !== "none");
  assert.ok(audio.every((unit) => unit.parameters.kind === "audio" && unit.parameters.codec === source.audio));
  assert.ok(units.every((unit) => Math.abs(unit.wall - Date.now()) < 30_000));
  assert.equal(watched.ingest.stats.lostPackets, 0);
  assert.equal(watched.ingest.stats.clockJumps, 0);
  assert.equal(watched.bytesOut(), 0, "all memory was let go");
}

for (const source of [
  { video: "h264", audio: "aac" },
  { video: "h265", audio: "pcma", auth: "digest", password: "geheim und länger" },
  { video: "h264", audio: "none", auth: "basic", password: "p@ss:w" },
] as const satisfies readonly Source[])
  test(`GStreamer's ${source.video} with ${source.audio} becomes whole access units`, { skip }, async (t) => {
    const url = await serve(t, source);
    const login = "password" in source ? { username: "admin", password: source.password } : nobody;
    checkUnits(await watch(url, 70, login), source);
  });

test("GStreamer refuses a wrong password, and Reed says so", { skip }, async (t) => {
  const url = await serve(t, { video: "h264", audio: "none", auth: "digest", password: "right" });
  const { states } = await watch(url, 70, { username: "admin", password: "wrong" });
  assert.equal(states.at(-1)?.state, "refused");
  assert.match(states.at(-1)?.reason ?? "", /^Password refused, or no free connection/);
});

test("a test of GStreamer's server tells what it sends, and a wrong password by name", { skip }, async (t) => {
  const url = await serve(t, { video: "h264", audio: "aac", auth: "digest", password: "secret" });
  const clock = systemClock();
  const gate = createHostGate(clock);
  const probed = (password: string) =>
    new Promise<{ last: ProbeMessage; pictures: number }>((resolve) => {
      let pictures = 0;
      const deps = { clock, gate, pool: createBlockPool(), pacer: createReadPacer(clock), createDepacketizer };
      const request = { url, username: "admin", password, anyway: false, withinMs: 8000 };
      startProbe({ ...deps, proven: () => false }, request, {
        tell: (last) => last.kind !== "step" && resolve({ last, pictures }),
        picture: () => pictures++,
      });
    });
  const { last, pictures } = await probed("secret");
  assert.ok(last.kind === "report", JSON.stringify(last));
  const { codec, width, height, picturesPerSecond, gopMs, audio } = last.report;
  assert.deepEqual([codec, width, height, gopMs, audio?.codec], ["h264", 320, 240, 1000, "aac"]);
  assert.ok(picturesPerSecond !== undefined && Math.abs(picturesPerSecond - 25) < 1, String(picturesPerSecond));
  assert.equal(pictures, 1);
  const refused = await probed("wrong");
  assert.ok(refused.last.kind === "failed" && refused.last.failure.kind === "unauthorized", JSON.stringify(refused));
});
