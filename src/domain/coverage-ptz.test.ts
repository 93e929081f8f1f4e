import assert from "node:assert/strict";
import { test } from "node:test";
import { coverageOf } from "./coverage.ts";
import { turnedChannels, type PresetFact } from "./coverage-ptz.ts";
import type { PtzLink } from "./ptz-settings.ts";
import { channel, input, linkage, site } from "./testdata/site.ts";

const dome = channel(1, { ptz: { kind: "onvif", port: 80 } });

/** One door for each list of links; camera 1 can be turned, camera 2 can't. */
const house = (...links: readonly (readonly PtzLink[])[]) =>
  site({
    channels: [dome, channel(2)],
    inputs: links.map((ptz, nth) => input(nth + 1, { linkage: linkage({ ptz }) })),
  });

function found(config: ReturnType<typeof site>, presets: readonly PresetFact[] = []) {
  const { findings } = coverageOf(config, { shortRings: [], presets });
  return findings.flatMap(({ kind, severity, words }) => (kind.startsWith("ptz") ? [{ kind, severity, words }] : []));
}

test("a camera that is missing, off or can't be turned is found before the alarm", () => {
  for (const wrong of [2, 9]) {
    const [one] = found(house([{ channel: wrong, preset: 1 }]));
    assert.deepEqual([one?.kind, one?.severity], ["ptz-not-set-up", "red"]);
  }
  const config = house([{ channel: 1, preset: 1 }]);
  assert.deepEqual(found(config), []);
  const off = { ...config, channels: [{ ...dome, enabled: false }] };
  assert.equal(found(off)[0]?.kind, "ptz-not-set-up");
  assert.deepEqual([turnedChannels(config), turnedChannels(off)], [[1], []]);
});

test("a preset that the camera does not have is found, on the way there and back; one that tells none is believed", () => {
  const config = house([{ channel: 1, preset: 7, back: 2 }]);
  const kinds = (presets: readonly PresetFact[]) =>
    found(config, presets).map(({ kind, words }) => `${kind} ${words["preset"] ?? ""}`);
  assert.deepEqual(kinds([{ channel: 1, presets: [1, 7] }]), ["ptz-preset-unknown 2"]);
  assert.deepEqual(kinds([{ channel: 1, presets: [1] }]), ["ptz-preset-unknown 7", "ptz-preset-unknown 2"]);
  assert.deepEqual(kinds([{ channel: 1, presets: [2, 7] }]), []);
  assert.deepEqual(kinds([{ channel: 1, presets: [] }]), []);
});

test("a camera that does not answer is told with its reason, and is no proof of a wrong preset", () => {
  const [one, ...more] = found(house([{ channel: 1, preset: 7 }]), [
    { channel: 1, why: "the camera refused the login" },
  ]);
  assert.deepEqual([one?.kind, one?.severity, more], ["ptz-silent", "orange", []]);
  assert.equal(one?.words["why"], "the camera refused the login");
});

test("two inputs that turn one camera to different presets are told, with both; the same preset is no quarrel", () => {
  const [one] = found(house([{ channel: 1, preset: 7 }], [{ channel: 1, preset: 2 }]));
  assert.deepEqual([one?.kind, one?.words["claims"]], ["ptz-claimed-twice", "Door 1 7, Door 2 2"]);
  assert.deepEqual(found(house([{ channel: 1, preset: 7 }], [{ channel: 1, preset: 7 }])), []);
});
