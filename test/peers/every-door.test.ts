/** Every access unit behind every door: once, in order, unaltered, at its time; whatever camera, host and clock did. */
import assert from "node:assert/strict";
import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { footageSource } from "../../src/api/footage/footage-source.ts";
import { testSite } from "../../src/api/test-site.test.ts";
import { newEvidenceKey } from "../../src/core/evidence-key.ts";
import { segmentIntents } from "../../src/core/footage.ts";
import { hours, minutes, wallTime } from "../../src/kernel/time.ts";
import type { RecorderToCore } from "../../src/messages/recorder.ts";
import type { FootagePort, PlaybackPort } from "../../src/api/ports.ts";
import { channelRow } from "../../src/testkit/store-rows.ts";
import { download, evidence, hls, inFiles, inPlaylist, playback, type Asking, type Behind } from "../support/doors.ts";
import { decode } from "../support/footage.ts";
import { playWithHlsJs } from "../support/hls-page.ts";
import { gstreamer, gstreamerSkip } from "../support/gstreamer.ts";
import { timeLapse, type TimeLapse } from "../support/time-lapse.ts";
import { hasBrowser } from "../browser/support/browser.ts";
import { checkMainPlaylist, checkMediaPlaylist } from "../verifier/playlist.ts";
import { compareWithSent } from "../verifier/same.ts";

const gops = [1, 2, 4, 10, 30];
const picture = (gopSeconds: number, width = 64) =>
  ({ kind: "synthetic", width, height: 48, fps: 5, gopSeconds, bitsPerSecond: 20_000 }) as const;
const sources = [
  ...gops.map((seconds) => picture(seconds)),
  { kind: "clip", name: "b-frames" },
  { kind: "clip", name: "aac" },
] as const;
const channels = sources.map((_, i) => i + 1);

async function site(t: TestContext) {
  const port: { real?: FootagePort & PlaybackPort } = {};
  const real = () => port.real ?? assert.fail("not ready");
  const made = await testSite(t, {
    footage: { open: (...asked) => real().open(...asked) },
    playback: {
      line: (...asked) => real().line(...asked),
      init: (...asked) => real().init(...asked),
      media: (...asked) => real().media(...asked),
    },
  });
  port.real = footageSource(made.reads, (message, details) => assert.fail(`${message} ${JSON.stringify(details)}`));
  const headers = made.key("read", "footage", "control");
  const answered = async (path: string, body?: object) => {
    const payload = body === undefined ? {} : { payload: body };
    const method = body === undefined ? "GET" : "POST";
    const answer = await made.app.inject({ method, url: `/api/${path}`, headers, ...payload });
    assert.ok(answer.statusCode < 300, `${path}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
    return answer;
  };
  const api: Asking = {
    bytes: async (path) =>
      answered(path).then(({ rawPayload, headers: said }) => ({ body: rawPayload, headers: said })),
    json: async (path, body) => JSON.parse((await answered(path, body)).body) as unknown,
  };
  const told = (message: RecorderToCore) => {
    if (message.kind === "segment") made.put(...segmentIntents(message.segment, "continuous", []));
    if (message.kind === "segment-deleted") made.put({ ...message, kind: "segment-deleted" });
  };
  return { ...made, api, told };
}

/** All that may happen to cameras and clocks. Gives the time up to which no time is there twice. */
async function eventful(lapse: TimeLapse): Promise<number> {
  const { cameras, clock } = lapse;
  const each = (what: (camera: (typeof cameras)[number], i: number) => void) => cameras.forEach(what);
  const hour = 3600 * 90_000;
  await lapse.run(minutes(1.6));
  each((camera) => camera.jump(hour));
  await lapse.run(minutes(0.7));
  each((camera) => camera.jump(-hour / 2));
  await lapse.run(minutes(0.7));
  each((camera, i) => i < gops.length && camera.change(picture(gops[i] ?? 1, 80)));
  await lapse.run(minutes(1.2));
  each((camera) => camera.reboot());
  await lapse.run(minutes(1.5));
  const once = clock.wall() - minutes(2);
  clock.stepWall(-minutes(2) + 7.3);
  await lapse.run(minutes(1.2));
  each((camera, i) => i < gops.length && camera.change(picture(gops[i] ?? 1)));
  await lapse.run(minutes(0.6));
  clock.stepWall(-2000);
  await lapse.run(minutes(0.6));
  clock.stepWall(700);
  await lapse.run(minutes(0.6));
  await lapse.restart();
  await lapse.run(minutes(0.7));
  clock.stepWall(hours(1));
  await lapse.run(minutes(1));
  await lapse.cameraEnds();
  return once;
}

test("no access unit is missing, doubled, reordered or altered behind any door", { timeout: 300_000 }, async (t) => {
  const { api, told, put } = await site(t);
  await using lapse = await timeLapse({ sources, segmentMs: minutes(1), onMessage: told });
  const { cameras, clock, data } = lapse;
  const zone = { name: "Yard", timeZone: "UTC", evidenceKeys: [newEvidenceKey(wallTime(clock.wall()))] };
  put({ kind: "config", change: { part: "site", value: zone } });
  for (const [id, path] of [
    ["v1", "footage"],
    ["a1", "archive"],
  ] as const) {
    const value = { id, path: join(data, path), maxShare: 0.9, keepDays: 14 };
    put({ kind: "config", change: { part: "volume", value } });
  }
  for (const channel of channels) put({ kind: "config", change: { part: "channel", value: channelRow(channel) } });
  const [from, to] = [clock.wall() - hours(1), clock.wall() + hours(2)];
  const once = await eventful(lapse);
  const sentBy = (channel: number) => cameras[channel - 1]?.sent ?? assert.fail();
  const same = (door: string, channel: number, { units, problems }: Behind) => {
    const found = [...problems, ...compareWithSent(`${door}, channel ${channel}`, sentBy(channel), units)];
    assert.equal(found.join("\n"), "");
  };
  const asHls = (u: TestContext, channel: number) =>
    u.test(`channel ${channel} as HLS, by the rules of players`, async () => {
      const playlist = await hls(api, { channel, from, to });
      same("HLS", channel, inPlaylist(playlist));
      const { body } = await api.bytes(`channels/${channel}/hls/index.m3u8?from=${from}&to=${to}`);
      assert.deepEqual([...checkMainPlaylist(String(body)), ...checkMediaPlaylist(playlist)], []);
    });
  for (const channel of channels) {
    await asHls(t, channel);
    await t.test(`channel ${channel} as a download`, async () =>
      same("download", channel, inFiles(await download(api, { channel, from, to }))),
    );
  }
  await t.test("downloads are decoded whole by ffmpeg and by GStreamer, and neither says a word", async () => {
    for (const channel of [2, 5, 6, 7]) {
      const parts = await download(api, { channel, from, to });
      const paths = parts.map((bytes, i) => {
        const path = join(data, `channel-${channel}-${i}.mp4`);
        writeFileSync(path, bytes);
        return path;
      });
      const pictures = parts.map((bytes) => inFiles([bytes]).units.length);
      assert.deepEqual(
        paths.map((path) => decode(path)).map(({ frames, errors }) => [frames, errors]),
        pictures.map((count) => [count, ""]),
      );
      if (gstreamerSkip === false) assert.deepEqual(gstreamer(paths), { frames: pictures, errors: "" });
    }
  });
  await t.test("hls.js plays over time jumps and other parameter sets", async (u) => {
    if (!hasBrowser(u)) return;
    const [start, end] = [once - minutes(3), once];
    const shown = await playWithHlsJs(api, `channels/2/hls/index.m3u8?from=${start}&to=${end}`);
    const { text } = await hls(api, { channel: 2, from: start, to: end });
    const seconds = [...text.matchAll(/EXTINF:([\d.]+)/g)].reduce((sum, [, length]) => sum + Number(length), 0);
    assert.deepEqual([shown.errors, shown.widths], [[], [64, 80]]);
    assert.ok(Math.abs(shown.end - seconds) < 1, `${shown.end} of ${seconds} s`);
  });
  for (const channel of [1, 5, 6])
    await t.test(`channel ${channel} in the page's player, up to the time that is there twice`, async () => {
      const { units, problems } = await playback(api, { channel, from, to: once });
      const sent = sentBy(channel).slice(0, units.length);
      assert.ok(sent.length > 0.2 * sentBy(channel).length, `${sent.length} access units`);
      assert.equal([...problems, ...compareWithSent("playback", sent, units)].join("\n"), "");
    });
  const inPack = async (u: TestContext) => {
    const pack = await evidence(api, channels, from, to);
    for (const channel of channels) {
      const { clips, originals } = pack;
      await u.test(`channel ${channel} in an evidence pack, as clips and as originals`, () => {
        same("export", channel, inFiles(clips.get(channel) ?? []));
        same("originals", channel, originals.get(channel) ?? assert.fail());
      });
    }
  };
  await inPack(t);
  await t.test("from the archive", async (u) => {
    await lapse.archive();
    await lapse.pass(minutes(2));
    await lapse.stop();
    assert.equal(globSync(join(data, "footage", "footage/**/*.mp4")).length, 0);
    for (const channel of channels) await asHls(u, channel);
    await inPack(u);
  });
});
