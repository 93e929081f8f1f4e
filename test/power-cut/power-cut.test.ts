import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { seededRandom } from "../../src/testkit/random.ts";
import { checkCut, type Cut, type Found, type Trial } from "./check.ts";
import { claimsOf } from "./claims.ts";
import { onlySynced, writeDisk } from "./cut.ts";
import { continuous, record } from "./record.ts";
import { readFootage } from "./volume.ts";
import { checkWhole } from "./whole.ts";

const cutsAtLeast = Number(process.env["REED_CUTS"] ?? 200);
const side = 6;
const mostProblems = 30;
const wholeCuts = 12;
const seed = Number(process.env["REED_SEED"] ?? Date.now() % 1e6);
const folder = mkdtempSync(join(tmpdir(), "rd-cut-"));
let trial: Trial;

const traces = spawnSync("strace", ["-f", "--seccomp-bpf", "-o", "/dev/null", "true"]).status === 0;
const skip = traces || process.env["CI"] === "true" ? false : "strace is not installed, or may trace nothing here";

before(async () => {
  if (skip !== false) return;
  const recording = await record();
  const whole = join(folder, "whole");
  writeDisk(recording.disk, Infinity, () => 0, whole);
  trial = { recording, claims: claimsOf(recording), all: readFootage(join(whole, "footage")) };
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function checkAll(cuts: readonly Cut[]): Promise<Found[]> {
  const found: Found[] = [];
  const left = cuts.entries();
  const worker = async () => {
    for (const [i, cut] of left) {
      // enough to be sure, and to see what is wrong
      if (problemsOf(found).length > mostProblems) return;
      found.push(await checkCut(trial, cut, join(folder, `cut${i}`)));
    }
  };
  await Promise.all(Array.from({ length: side }, worker));
  return found;
}

const problemsOf = (found: readonly Found[]): string[] => found.flatMap(({ problems }) => [...problems]);

test("the run itself: files are whole, and the rebuilt disk has every access unit that was sent", { skip }, () => {
  const { recording, all } = trial;
  assert.deepEqual(all.problems, []);
  for (const channel of continuous) {
    const numbers = new Set(all.units.get(channel));
    const first = Math.min(...numbers);
    const sent = (recording.sent.get(channel)?.units ?? []).filter(
      (unit) => unit.number >= first && unit.to.length > 0 && unit.sent < recording.until,
    );
    const missing = sent.filter((unit) => !numbers.has(unit.number)).map((unit) => unit.number);
    // a camera that reboots takes with it what its socket still held
    assert.ok(missing.length <= 3, `channel ${channel} lacks ${missing.join()}`);
    assert.ok(sent.length > 200);
  }
});

test(
  "what was said to be durable is durable by the system calls: with nothing else surviving, it is there",
  { skip },
  async () => {
    const { claims, recording } = trial;
    assert.ok(claims.footage.length >= 20 && claims.closes.length >= 6);
    const cuts = [...claims.footage, ...claims.closes, ...recording.told].map((claim): Cut => {
      const what = "what" in claim ? claim.what : JSON.stringify(claim);
      return { at: claim.at, why: `right after ${what}`, chance: onlySynced };
    });
    assert.deepEqual(problemsOf(await checkAll(cuts)), []);
  },
);

test(
  `the power is cut at ${cutsAtLeast} moments: all claims hold, losses stay in their bounds, nothing whole is deleted`,
  { skip },
  async () => {
    const { recording } = trial;
    const chance = seededRandom(seed);
    const syncs = recording.disk.things.flatMap((thing) => thing.syncs).map(({ end }) => recording.toInstant(end));
    const names = recording.disk.things.flatMap((thing) => (thing.kind === "folder" ? thing.ops : []));
    const began = Math.min(...names.map(({ begin }) => recording.toInstant(begin)));
    const moments = [
      ...syncs.flatMap((end) => [end - 0.05, end + 0.05]),
      ...names.map(({ end }) => recording.toInstant(end) + 0.05),
    ];
    const cuts = Array.from({ length: cutsAtLeast }, (_, i): Cut => {
      const any = began + chance() * (recording.until + 500 - began);
      const at = i % 2 === 0 ? any : (moments[Math.floor(chance() * moments.length)] ?? any);
      return { at, why: `cut ${i} of seed ${seed}, at ${at.toFixed(3)}`, chance: seededRandom(seed * 1000 + i) };
    });
    const found = await checkAll(cuts);
    const worst = (held: boolean) =>
      Math.max(...found.flatMap(({ losses }) => losses.filter((loss) => loss.held === held).map(({ ms }) => ms)));
    console.log(`most lost with an alarm ${Math.round(worst(true))} ms, without ${Math.round(worst(false))} ms`);
    assert.deepEqual(problemsOf(found), []);
  },
);

test(
  "the whole Reed starts on what a power cut left, keeps what was answered, and closes every receipt truthfully",
  { skip },
  async () => {
    const { recording } = trial;
    const chance = seededRandom(seed + 1);
    const span = recording.until - recording.from;
    const cuts = Array.from({ length: wholeCuts }, (_, i) => ({
      at: recording.from + ((i + chance()) / wholeCuts) * span,
      why: `whole Reed, cut ${i} of seed ${seed}`,
      chance: seededRandom(seed * 1000 + 500 + i),
      withoutDatabase: i % 5 === 2,
    }));
    const problems: string[] = [];
    for (const cut of cuts) problems.push(...(await checkWhole(trial, cut)));
    assert.deepEqual(problems, []);
  },
);
