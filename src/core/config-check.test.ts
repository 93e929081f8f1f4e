import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultArming } from "../domain/arming.ts";
import { usualRegion } from "../domain/detection/settings.ts";
import type { NotifierSettings } from "../domain/notifier-settings.ts";
import { usualPage } from "../domain/linkage-settings.ts";
import type { AlarmInputSettings, SiteConfig } from "../domain/site-config.ts";
import { withChange, withoutRow } from "./config-book.ts";
import { checkChange, checkRemoval } from "./config-check.ts";

const door: AlarmInputSettings = {
  input: 1,
  name: "Front door",
  enabled: true,
  kind: "door",
  board: 1,
  point: 2,
  type: "NC",
  debounceMs: 250,
  antiDitherS: 5,
  linkage: {
    recordChannels: [3],
    postRecordS: 30,
    maxRecordS: 600,
    outputs: [{ output: 1, holdS: 10 }],
    notifiers: [4],
  },
};

const site: SiteConfig = {
  site: { name: "Shop", timeZone: "UTC" },
  volumes: [{ id: "v1", path: "/v1", maxShare: 0.8, keepDays: 14 }],
  channels: [
    {
      channel: 3,
      name: "Yard",
      enabled: true,
      mainUrl: "rtsp://cam/1",
      username: "",
      password: "",
      audio: false,
      recordMode: "continuous",
      preRecordS: 10,
    },
  ],
  boards: [{ board: 1, name: "Board", enabled: true, driver: { kind: "virtual", inputs: 4, outputs: 2 } }],
  inputs: [door],
  outputs: [
    { output: 1, name: "Siren", kind: "siren", board: 1, point: 1, mode: "auto", maxOnS: 180, restState: "off" },
  ],
  views: [],
  subscriptions: [],
  schedules: [],
  notifiers: [
    {
      notifier: 4,
      name: "Phone",
      enabled: true,
      kind: "ntfy",
      url: "http://n",
      topic: "t",
      token: "",
      snapshot: false,
    },
  ],
};

const putInput = (change: Partial<AlarmInputSettings>) =>
  checkChange(site, { part: "input", value: { ...door, ...change } });
const linked = (change: Partial<AlarmInputSettings["linkage"]>) =>
  putInput({ linkage: { ...door.linkage, ...change } });
const codeOf = (result: ReturnType<typeof checkChange>) => (result.ok ? "ok" : result.error.code);

test("an input whose board, contact and linkage exist may be put", () => {
  assert.equal(codeOf(putInput({})), "ok");
});

test("an input that names something that is not there is refused with a sentence that names it", () => {
  assert.deepEqual(
    [
      putInput({ board: 9 }),
      putInput({ point: 5 }),
      linked({ recordChannels: [3, 7] }),
      linked({ page: { ...usualPage, tour: { channels: [3, 8], atOnce: 1, everyS: 5 } } }),
      linked({ outputs: [{ output: 2, holdS: 1 }] }),
      linked({ notifiers: [1] }),
    ].map((result) => (result.ok ? "" : result.error.message)),
    [
      "there is no board 9",
      'board "Board" has no input point 5',
      "there is no channel 7",
      "there is no channel 8",
      "there is no output 2",
      "there is no notifier 1",
    ],
  );
});

test("what else has to see it is an input that is there, another one, and is not removed before", () => {
  const confirm = (...inputs: number[]) => ({ confirm: { inputs, withinS: 10 } });
  assert.deepEqual(
    [linked(confirm(1)), linked(confirm(7))].map((result) => (result.ok ? "" : result.error.message)),
    ["an input can't ask for itself", "there is no input 7"],
  );
  const other = { ...door, input: 2, point: 3, linkage: { ...door.linkage, ...confirm(1) } };
  assert.equal(codeOf(checkRemoval({ ...site, inputs: [door, other] }, "input", 1)), "conflict");
});

test("the same camera twice in one linkage is refused", () => {
  assert.equal(codeOf(linked({ recordChannels: [3, 3] })), "invalid");
});

test("one contact is one input, and one relay one output", () => {
  assert.equal(codeOf(putInput({ input: 2 })), "conflict");
  assert.equal(codeOf(putInput({ input: 2, point: 3 })), "ok");
  const [siren] = site.outputs;
  assert.ok(siren !== undefined);
  assert.equal(codeOf(checkChange(site, { part: "output", value: { ...siren, output: 2 } })), "conflict");
  const load = { volts: 230, current: "ac", amps: 1, nature: "resistive" } as const;
  const loaded = { ...siren, relay: "amcrest-nvr", load };
  assert.equal(codeOf(checkChange(site, { part: "output", value: loaded })), "conflict");
  const confirmed = { ...loaded, load: { ...load, confirmed: true } };
  assert.equal(codeOf(checkChange(site, { part: "output", value: confirmed })), "ok");
});

test("what is linked can't be removed, and the answer says by what", () => {
  for (const [part, id, user] of [
    ["channel", 3, "Front door"],
    ["output", 1, "Front door"],
    ["notifier", 4, "Front door"],
    ["board", 1, "Siren"],
  ] as const) {
    const result = checkRemoval(site, part, id);
    assert.ok(!result.ok && result.error.code === "conflict" && result.error.message.includes(user), part);
  }
});

test("what goes on while disarmed and what a broker may switch are users of an output too", () => {
  const unlinked = withoutRow(site, "input", 1);
  const arming = { ...defaultArming, whileDisarmed: { outputs: [1], notifiers: [4] } };
  const kept = { ...unlinked, site: { ...unlinked.site, arming } };
  for (const [part, id] of [
    ["output", 1],
    ["notifier", 4],
  ] as const) {
    const result = checkRemoval(kept, part, id);
    assert.ok(!result.ok && result.error.message.includes("the disarm linkage"), part);
  }
  const broker: NotifierSettings = {
    ...{ notifier: 5, name: "Home Assistant", enabled: true, kind: "mqtt", url: "mqtt://192.0.2.1", username: "" },
    ...{ password: "", topic: "reed", discovery: true, discoveryPrefix: "homeassistant", outputs: [1] },
    ...{ arming: "none", snapshot: false },
  };
  const switched = checkRemoval({ ...unlinked, notifiers: [...unlinked.notifiers, broker] }, "output", 1);
  assert.ok(!switched.ok && switched.error.message.includes("Home Assistant"));
});

test("after its last user is gone a row can be removed", () => {
  const without = withoutRow(site, "input", 1);
  assert.ok(checkRemoval(without, "channel", 3).ok);
  assert.ok(checkRemoval(without, "output", 1).ok);
  assert.ok(!checkRemoval(without, "board", 1).ok);
  assert.ok(checkRemoval(withoutRow(without, "output", 1), "board", 1).ok);
});

test("the last volume stays, and removing what is not there is not found", () => {
  assert.equal(codeOf(checkRemoval(site, "volume", "v1")), "conflict");
  assert.equal(codeOf(checkRemoval(site, "channel", 1)), "not-found");
});

test("a board may not lose a contact that an input uses", () => {
  const fewer = { board: 1, name: "Board", enabled: true, driver: { kind: "virtual", inputs: 1, outputs: 2 } } as const;
  const result = checkChange(site, { part: "board", value: fewer });
  assert.ok(!result.ok && result.error.message.includes('"Front door"'));
});

test("a supervised loop is read from a register, and its resistors can be told apart", () => {
  const loop = { wiring: "double", eolOhm: 5600, pullUpOhm: 5600, fullScale: 4095 } as const;
  const put = (area: "holding-bit" | "coil", pullUpOhm = loop.pullUpOhm as number) =>
    checkChange(site, {
      part: "board",
      value: {
        ...{ board: 9, name: "Analogue", enabled: true },
        driver: {
          ...{ kind: "modbus-tcp", host: "192.0.2.7", port: 502, unit: 1, pollMs: 50, outputs: [] },
          inputs: [{ point: 1, area, address: 0, closedWhen: 1, loop: { ...loop, pullUpOhm } }],
        },
      },
    });
  assert.ok(put("holding-bit").ok);
  assert.equal(codeOf(put("coil")), "invalid");
  const unfit = put("holding-bit", 500_000);
  assert.ok(!unfit.ok && unfit.error.message.startsWith("point 1: a pull-up of 500000 Ω does not fit"));
});

test("putting replaces the row with the same number and keeps the order of the numbers", () => {
  const more = withChange(withChange(site, { part: "input", value: { ...door, input: 12, point: 3 } }), {
    part: "input",
    value: { ...door, input: 3, point: 4 },
  });
  assert.deepEqual(
    more.inputs.map((row) => row.input),
    [1, 3, 12],
  );
  const renamed = withChange(more, { part: "input", value: { ...door, name: "Back door" } });
  assert.equal(renamed.inputs.length, 3);
  assert.equal(renamed.inputs[0]?.name, "Back door");
});

test("a volume can't become an archive, nor an archive a volume", () => {
  const archive = { mode: "both", takes: "all" } as const;
  const put = (value: SiteConfig["volumes"][number]) => codeOf(checkChange(site, { part: "volume", value }));
  assert.equal(put({ id: "v1", path: "/v1", maxShare: 0.8, keepDays: 14, archive }), "conflict");
  assert.equal(put({ id: "a1", path: "/a1", maxShare: 0.8, keepDays: 14, archive }), "ok");
});

const detection = (board: number, channel: number, regions = 1) => ({
  ...{ board, name: `Pictures ${channel}`, enabled: true },
  driver: {
    ...({ kind: "video-detection", channel, videoLoss: true } as const),
    motion: { regions: Array.from({ length: regions }, (_, index) => usualRegion(`Region ${index}`)), holdS: 5 },
  },
});

test("a camera is looked at by one board, which keeps it from being removed", () => {
  const put = (value: SiteConfig["boards"][number]) => checkChange(site, { part: "board", value });
  assert.equal(codeOf(put(detection(2, 3))), "ok");
  const gone = put(detection(2, 4));
  assert.deepEqual(gone, { ok: false, error: { code: "invalid", message: "there is no channel 4" } });
  const config = { ...site, inputs: [], boards: [...site.boards, detection(2, 3)] };
  const again = (board: number) => checkChange(config, { part: "board", value: detection(board, 3) });
  assert.deepEqual([codeOf(again(2)), codeOf(again(5))], ["ok", "conflict"]);
  const removal = checkRemoval(config, "channel", 3);
  assert.match(removal.ok ? "" : removal.error.message, /is used by "Pictures 3"/);
});

test("an input hangs on a point that the detection has; a region with an input is not taken away", () => {
  const config = { ...site, boards: [...site.boards, detection(2, 3, 2)] };
  const put = (point: number) =>
    codeOf(checkChange(config, { part: "input", value: { ...door, input: 2, board: 2, point } }));
  assert.deepEqual([put(1), put(2), put(3), put(7), put(21)], ["ok", "ok", "invalid", "ok", "invalid"]);
  const linkedTo = { ...config, inputs: [{ ...door, board: 2, point: 2 }] };
  assert.equal(codeOf(checkChange(linkedTo, { part: "board", value: detection(2, 3, 1) })), "conflict");
});
