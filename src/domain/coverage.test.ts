import assert from "node:assert/strict";
import { test } from "node:test";
import { coverageOf, type FindingKind } from "./coverage.ts";
import type { Linkage, SiteConfig } from "./site-config.ts";
import { board, channel, input, linkage, output, site } from "./testdata/site.ts";

const nothing = { shortRings: [] };
const kinds = (config: SiteConfig, facts = nothing as Parameters<typeof coverageOf>[1]): FindingKind[] =>
  coverageOf(config, facts).findings.map(({ kind }) => kind);
const one = (part: Partial<Linkage> = {}, more: Parameters<typeof input>[1] = {}): SiteConfig =>
  site({ inputs: [input(1, { ...more, linkage: linkage(part) })] });

test("a site in which everything is linked to something that works has no finding", () => {
  assert.deepEqual(kinds(one()), []);
});

test("cameras that can't record an edge are found: gone, switched off, recording off", () => {
  const channels = [channel(1, { enabled: false }), channel(2, { recordMode: "off" })];
  const found = coverageOf({ ...one({ recordChannels: [1, 2, 9] }), channels }, nothing).findings;
  assert.deepEqual(
    found.map(({ kind, channel: which, severity }) => [kind, which, severity]),
    [
      ["camera-off", 1, "red"],
      ["recording-off", 2, "red"],
      ["camera-missing", 9, "red"],
      ["cameras-all-off", undefined, "red"],
    ],
  );
});

test("a camera that is private in some modes is found in red, one that keeps alarms then is not", () => {
  const atHome = { modes: ["home", "disarmed"] };
  const of = (alarms: "record" | "nothing") =>
    coverageOf({ ...one(), channels: [channel(1, { atHome: { ...atHome, alarms } }), channel(2)] }, nothing).findings;
  assert.deepEqual(of("record"), []);
  const [finding] = of("nothing");
  assert.deepEqual([finding?.kind, finding?.severity, finding?.channel], ["private-in-modes", "red", 1]);
  assert.equal(finding?.words["modes"], "Home, disarmed");
});

test("a week without general footage waits for alarms as mode alarm does; a schedule that a camera goes by is used", () => {
  const quiet = channel(3, { recordMode: "auto", recordWeek: { general: "never" } });
  assert.deepEqual(kinds({ ...one(), channels: [channel(1), channel(2), quiet] }), ["camera-never-recorded"]);
  const week = Array.from({ length: 7 }, () => [{ fromMin: 0, toMin: 600 }]);
  const schedules = [{ schedule: 1, name: "Nights", week }];
  const nightly = channel(3, { recordMode: "auto", recordWeek: { general: 1 } });
  assert.deepEqual(kinds({ ...one(), schedules, channels: [channel(1), channel(2), nightly] }), []);
  assert.deepEqual(kinds({ ...one(), schedules }), ["schedule-unused"]);
});

test("outputs and receivers that can't act are found", () => {
  const config = { ...one({ outputs: [1, 2, 3].map((number) => ({ output: number, holdS: 10 })), notifiers: [1, 4] }) };
  const outputs = [output(1, { mode: "off" }), output(2, { board: 2, point: 1 })];
  const boards = [board(1), board(2, { enabled: false })];
  const notifiers = config.notifiers.map((row) => ({ ...row, enabled: false }));
  assert.deepEqual(kinds({ ...config, outputs, boards, notifiers }), [
    ...["output-forced-off", "output-board-off", "output-missing", "notifier-off", "notifier-missing", "nobody-told"],
  ]);
});

test("an input without a camera, without its board or without its contact is found", () => {
  assert.deepEqual(kinds(one({ recordChannels: [] })), ["input-no-camera"]);
  assert.deepEqual(kinds({ ...one(), boards: [board(1, { enabled: false })] }).slice(0, 1), ["input-board-off"]);
  assert.deepEqual(kinds(one({}, { point: 77 })), ["input-unwired"]);
  assert.deepEqual(kinds(one({}, { point: 77, enabled: false })), [], "who is switched off is left alone");
});

test("rules that no edge can reach are found: by zone, by modes, by an empty schedule", () => {
  assert.deepEqual(kinds(one({}, { zone: "record-only" })), ["zone-acts-on-nothing"]);
  assert.deepEqual(kinds(one({ outputs: [], notifiers: [] }, { zone: "record-only" })), ["siren-unused"]);
  assert.deepEqual(kinds(one({}, { modes: [] })), ["never-armed"]);
  assert.deepEqual(kinds(one({}, { modes: ["party", "away"] })), ["mode-missing"]);
  const week = Array.from({ length: 7 }, () => []);
  const never = { ...one({ schedule: 1 }), schedules: [{ schedule: 1, name: "Never", week }] };
  assert.deepEqual(kinds(never), ["schedule-never"]);
  assert.deepEqual(kinds(one({ schedule: 5 })), ["schedule-missing"]);
  const days = {
    ...never,
    schedules: [{ schedule: 1, name: "Days", week: week.map(() => [{ fromMin: 480, toMin: 1080 }]) }],
  };
  assert.deepEqual(kinds(days), []);
  const smoke = { ...days, inputs: days.inputs.map((row) => ({ ...row, zone: "24h-audible" as const })) };
  assert.deepEqual(kinds(smoke), ["always-scheduled"], "a fire keeps no office hours");
});

test("a ring shorter than its GOP, and a camera that waits for an alarm that nothing raises, are found", () => {
  assert.deepEqual(kinds(one(), { shortRings: [1, 4] }), ["ring-short"], "channel 4 is linked to nothing");
  const channels = [channel(1), channel(2), channel(3, { recordMode: "alarm" })];
  assert.deepEqual(kinds({ ...one(), channels }), ["camera-never-recorded"]);
});

test("an output that two inputs want for different times is found, one that is timed by itself is not", () => {
  const inputs = [input(1), input(2, { linkage: linkage({ outputs: [{ output: 1, holdS: 60 }] }) })];
  const [finding] = coverageOf(site({ inputs }), nothing).findings;
  assert.equal(finding?.kind, "output-claimed-twice");
  assert.equal(finding.words["claims"], "Door 1 10 s, Door 2 60 s");
  assert.deepEqual(kinds(site({ inputs, outputs: [output(1, { behaviour: { kind: "timed", s: 30 } })] })), []);
});

test("a start over HTTP that outlasts its recording when nobody stops it is found", () => {
  const inputs = [input(4, { board: 3, point: 1, linkage: linkage({ maxRecordS: 60 }) })];
  assert.deepEqual(kinds(site({ inputs })), ["start-without-end"]);
});

test("a schedule that never turns can't arm", () => {
  const schedules = [
    { schedule: 1, name: "Always", week: Array.from({ length: 7 }, () => [{ fromMin: 0, toMin: 1440 }]) },
  ];
  const autoArm = { schedule: 1, armWhen: "ends", disarm: false, warningMin: 10, notifiers: [] } as const;
  const config = { ...one(), schedules };
  assert.deepEqual(kinds({ ...config, site: { ...config.site, autoArm } }), ["auto-arm-never"]);
});

test("a cell says what linkage says, and a row where it acts", () => {
  const config = { ...one({ recordChannels: [1, 2] }, { modes: ["night"] }), channels: [channel(1)] };
  const [row] = coverageOf(config, nothing).rows;
  assert.deepEqual(row?.acts, ["night"]);
  assert.deepEqual(
    row.cells.map(({ target, blocked }) => [target.kind, blocked]),
    [
      ["output", undefined],
      ["record", undefined],
      ["record", "channel 2 does not exist"],
      ["notify", undefined],
    ],
  );
});

test("a follower without a way in, and a way in without an entry delay, are found with their modes", () => {
  const hall = input(2, { zone: "follower", modes: ["home", "away"] });
  const door = input(1, { zone: "entry-exit", modes: ["away"] });
  const [alone] = coverageOf(site({ inputs: [door, hall] }), nothing).findings;
  assert.deepEqual([alone?.kind, alone?.input, alone?.words["modes"]], ["follower-alone", 2, "Home"]);
  assert.deepEqual(kinds(site({ inputs: [{ ...door, modes: ["home", "away"] }, hall] })), []);
  assert.deepEqual(kinds(site({ inputs: [{ ...door, modes: ["home", "away"], enabled: false }, hall] })), [
    "follower-alone",
  ]);
  const modes = ["home", "away"].map((mode) => ({ mode, name: mode, exitS: 60, entryS: mode === "away" ? 0 : 30 }));
  const arming = { modes, whileDisarmed: { outputs: [], notifiers: [] } };
  const config = one({}, { zone: "entry-exit" });
  const { findings } = coverageOf({ ...config, site: { ...config.site, arming } }, nothing);
  assert.deepEqual([findings.length, findings[0]?.kind, findings[0]?.words["modes"]], [1, "no-entry-delay", "away"]);
});

test("smoke that is told of while armed only is found, a 24-hour zone is right for it", () => {
  assert.deepEqual(kinds(one({}, { kind: "smoke" })), ["hazard-when-armed-only"]);
  assert.deepEqual(kinds(one({}, { kind: "smoke", zone: "24h-audible" })), []);
});

test("an alarm that is heard on open pages only is found; one with a siren or a buzzer besides is not", () => {
  const page = { popup: true, sound: "siren", voice: "" } as const;
  const outputs = [output(1), output(2, { kind: "strobe" })];
  const kindsOf = (...links: number[]) =>
    kinds({
      ...one({ page, outputs: links.map((link) => ({ output: link, holdS: 10 })) }),
      outputs: links.length === 0 ? [] : outputs.filter((row) => links.includes(row.output)),
    });
  assert.deepEqual(kindsOf(), ["sounds-on-pages-only"]);
  assert.deepEqual(kindsOf(2), ["sounds-on-pages-only"], "a strobe is not heard");
  assert.deepEqual(kindsOf(1, 2), []);
  assert.deepEqual(kinds({ ...one({ page: { ...page, sound: "off" }, outputs: [] }), outputs: [] }), []);
});

test("schedules and sirens that nobody uses are found, and a hold time that is longer than the output may be on", () => {
  const week = Array.from({ length: 7 }, () => [{ fromMin: 480, toMin: 1080 }]);
  const schedules = [{ schedule: 1, name: "Days", week }];
  assert.deepEqual(kinds({ ...one(), schedules }), ["schedule-unused"]);
  const autoArm = { schedule: 1, armWhen: "ends", disarm: false, warningMin: 10, notifiers: [] } as const;
  assert.deepEqual(kinds({ ...one(), schedules, site: { ...one().site, autoArm } }), []);
  assert.deepEqual(kinds(one({ outputs: [] })), ["siren-unused"]);
  assert.deepEqual(kinds(one({ outputs: [{ output: 1, holdS: 240 }] })), ["hold-past-bound"]);
});

test("what an installer must not miss is red: unreachable, claimed twice, too short a ring, no end, forbidden by mode or schedule", () => {
  const week = Array.from({ length: 7 }, () => []);
  const twice = [input(1), input(2, { linkage: linkage({ outputs: [{ output: 1, holdS: 60 }] }) })];
  const endless = [input(4, { board: 3, point: 1, linkage: linkage({ maxRecordS: 60 }) })];
  const rows: readonly (readonly [FindingKind, SiteConfig, typeof nothing | { shortRings: readonly number[] }])[] = [
    ["zone-acts-on-nothing", one({}, { zone: "record-only" }), nothing],
    ["output-claimed-twice", site({ inputs: twice }), nothing],
    ["ring-short", one(), { shortRings: [1] }],
    ["start-without-end", site({ inputs: endless }), nothing],
    ["never-armed", one({}, { modes: [] }), nothing],
    ["schedule-never", { ...one({ schedule: 1 }), schedules: [{ schedule: 1, name: "Never", week }] }, nothing],
  ];
  for (const [kind, config, facts] of rows) {
    const [first] = coverageOf(config, facts).findings;
    assert.deepEqual([first?.kind, first?.severity], [kind, "red"]);
  }
});

test("the matrix has a row for each input and a cell for each camera, output and receiver it is linked to", () => {
  const { rows } = coverageOf(site(), nothing);
  const cells = rows.map(({ input: number, cells: own }) => [
    number,
    ...own.map(({ target }) =>
      target.kind === "output" ? `output ${target.output}` : target.kind === "record" ? `camera ${target.channel}` : "",
    ),
  ]);
  assert.deepEqual(cells, [
    [1, "output 1", "camera 1", "camera 2", ""],
    [2, "output 1", "camera 2", "camera 3", ""],
    [3, "output 2", "camera 4", ""],
    [4, "output 1", "camera 1", ""],
  ]);
});

test("an input that is seen by a camera that is off is found; so is what is looked for and leads to nothing", () => {
  const driver = { kind: "video-detection", channel: 1, videoLoss: true, sceneChange: true } as const;
  const config = { ...one({}, { point: 7 }), boards: [board(1, { driver })] };
  const outputs = [output(1, { board: 2 })];
  const seen = (more: Partial<SiteConfig>) => coverageOf({ ...config, outputs, ...more }, nothing).findings;
  const found = seen({ boards: [...config.boards, board(2)] });
  assert.deepEqual(
    found.map(({ kind, severity, words }) => [kind, severity, words["count"]]),
    [["detection-unheard", "orange", "1"]],
  );
  const off = [channel(1, { enabled: false }), channel(2)];
  assert.ok(
    seen({ channels: off }).some(({ kind, severity }) => kind === "detection-camera-off" && severity === "red"),
  );
});
