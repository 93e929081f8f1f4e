import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { board, channel, input, linkage, output } from "../../domain/testdata/site.ts";
import type { ConfigChange } from "../../messages/api.ts";
import { quietState, testSite } from "../test-site.test.ts";

async function shop(t: TestContext) {
  const site = await testSite(t);
  const rows: readonly ConfigChange[] = [
    { part: "site", value: { name: "Shop", timeZone: "Europe/Berlin" } },
    { part: "board", value: board(1) },
    { part: "channel", value: channel(1) },
    { part: "channel", value: channel(2, { enabled: false }) },
    { part: "output", value: output(1) },
    { part: "input", value: input(1, { name: "Back door", zone: "instant", linkage: linkage({ notifiers: [] }) }) },
  ];
  for (const change of rows) site.put({ kind: "config", change });
  return { ...site, who: site.session() };
}

const ask = { input: 1, at: "2026-11-29T02:10", mode: "night" };

test("an edge is simulated at a local time, with what happens and what does not, and nothing is asked of core", async (t) => {
  const site = await shop(t);
  const { status, body } = await site.send("POST", "/api/simulate", site.who, ask);
  assert.equal(status, 200);
  const answer = body as { at: number; alarm: boolean; actions: { verdict: string; reason?: string }[] };
  assert.equal(answer.at, Date.UTC(2026, 10, 29, 1, 10));
  assert.equal(answer.alarm, true);
  assert.deepEqual(
    answer.actions.map(({ verdict, reason }) => [verdict, reason]),
    [
      ["happens", undefined],
      ["happens", undefined],
      ["failed", "channel 2 is switched off"],
    ],
  );
  assert.deepEqual(site.asked, []);
});

test("a time that daylight saving skips is its end, one that it repeats is the first", async (t) => {
  const site = await shop(t);
  const at = async (local: string) =>
    ((await site.send("POST", "/api/simulate", site.who, { ...ask, at: local })).body as { at: number }).at;
  assert.equal(await at("2026-03-29T02:30"), Date.UTC(2026, 2, 29, 1));
  assert.equal(await at("2026-10-25T02:30"), Date.UTC(2026, 9, 25, 0, 30));
});

test("an input, a mode or a day that is not there is refused", async (t) => {
  const site = await shop(t);
  const status = async (part: object) =>
    (await site.send("POST", "/api/simulate", site.who, { ...ask, ...part })).status;
  assert.equal(await status({ input: 9 }), 404);
  assert.equal(await status({ mode: "party" }), 404);
  assert.equal(await status({ at: "2026-02-30T02:10" }), 400);
  assert.equal(await status({ at: "tomorrow" }), 400);
});

test("coverage has a row an input, and sentences for what can't happen, also what the recorder knows", async (t) => {
  const site = await shop(t);
  site.core.state = { ...quietState, troubles: [{ key: "gop:1", what: "", since: wallTime(1) }] };
  const { body } = await site.send("GET", "/api/coverage", site.who);
  const answer = body as { rows: { acts: string[] }[]; findings: { kind: string; sentence: string }[] };
  assert.deepEqual(answer.rows[0]?.acts, ["home", "night", "away"]);
  assert.deepEqual(
    answer.findings.map(({ kind }) => kind),
    ["camera-off", "ring-short", "nobody-told"],
  );
  assert.equal(answer.findings[0]?.sentence, "Back door records Camera 2, which is switched off.");
});

test("cameras that an alarm turns are asked for their presets, and one that does not answer is said to", async (t) => {
  const site = await shop(t);
  const dome = channel(1, { ptz: { kind: "onvif", port: 80 } });
  const links = linkage({ notifiers: [], ptz: [{ channel: 1, preset: 7 }] });
  site.put({ kind: "config", change: { part: "channel", value: dome } });
  site.put({ kind: "config", change: { part: "input", value: input(1, { zone: "instant", linkage: links }) } });
  const sentences = async () => {
    const { body } = await site.send("GET", "/api/coverage", site.who);
    const { findings } = body as { findings: { kind: string; sentence: string }[] };
    return findings.flatMap(({ kind, sentence }) => (kind.startsWith("ptz") ? [sentence] : []));
  };
  site.core.answer = () => ({ ok: true, value: [{ preset: 1, name: "Home" }] });
  assert.deepEqual(await sentences(), ["Door 1 turns Camera 1 to preset 7, which the camera does not have. It has 1."]);
  assert.deepEqual(site.asked.at(-1)?.command, { kind: "ptz-presets", channel: 1 });
  site.core.answer = () => ({ ok: false, error: { code: "unavailable", message: "the camera refused the login" } });
  assert.match((await sentences()).join(), /did not tell its presets: .*refused the login/i);
});
