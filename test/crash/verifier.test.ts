import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { seeded, seedOfRun } from "./random.ts";
import { smallSite } from "./settings.ts";
import { pause, startSite } from "./site.ts";
import { moveContacts } from "./traffic.ts";
import type { Evidence, ReceiptAnswer } from "../verifier/evidence.ts";
import { verify } from "../verifier/verify.ts";

type Writable<T> = { -readonly [K in keyof T]: T[K] extends object ? Writable<T[K]> : T[K] };
type Receipts = Writable<ReceiptAnswer>[];

const seed = seedOfRun();

test("every tampering with a good run is found and named", async () => {
  await using site = await startSite(smallSite(seed));
  await site.ready();
  await pause(4500);
  await moveContacts(site, seeded(seed), { restMs: [300, 1500], activeMs: [300, 1000] }, 8000);
  await pause(1500);
  const evidence = await site.finish();
  assert.deepEqual(verify(evidence).differences, [], `seed ${seed}`);

  const found = (changed: Evidence, what: RegExp, name: string) => {
    const { differences } = verify(changed);
    assert.ok(
      differences.some((difference) => what.test(difference)),
      `${name} was not found (seed ${seed}): ${JSON.stringify(differences.slice(0, 5))}`,
    );
  };
  for (const [name, what, change] of claims) {
    const receipts = structuredClone(evidence.receipts) as Receipts;
    change(receipts);
    found({ ...evidence, receipts }, what, name);
  }
  for (const { name, what, file, change } of traces(evidence)) {
    const before = readFileSync(file);
    writeFileSync(file, change(before));
    found(evidence, what, name);
    writeFileSync(file, before);
  }
  assert.deepEqual(verify(evidence).differences, [], "everything is as it was");
});

const raised = (receipts: Receipts) =>
  receipts.find(
    ({ edge, actions }) => edge.kind === "raised" && actions.some(({ target }) => target.kind === "output"),
  );
const actionOf = (receipts: Receipts, kind: string) =>
  raised(receipts)?.actions.find(({ target, outcome }) => target.kind === kind && outcome?.kind === "done");

/** What a receipt could say wrongly; the sentence that must name it. */
const claims: readonly (readonly [string, RegExp, (receipts: Receipts) => void])[] = [
  [
    "a receipt that is gone",
    /the API no receipt of it/,
    (receipts) =>
      void receipts.splice(
        receipts.findIndex(({ edge }) => edge.kind === "raised"),
        1,
      ),
  ],
  [
    "an edge that nobody reported",
    /no receipt says so|repeats the side/,
    (receipts) =>
      void receipts.splice(
        receipts.findIndex(({ edge }) => edge.kind === "raised"),
        1,
      ),
  ],
  [
    "a shifted edge",
    /is of no change of its contact|was decided after|ms late/,
    (receipts) => shift(raised(receipts), 700),
  ],
  [
    "an edge before its change",
    /is of no change of its contact|was decided after|ms late/,
    (receipts) => shift(raised(receipts), -100),
  ],
  ["an edge given twice", /gives a receipt twice/, (receipts) => void receipts.push(...receipts.slice(0, 1))],
  [
    "a changed outcome",
    /it says failed .* the volume's journal done/,
    (receipts) =>
      set(actionOf(receipts, "record"), {
        outcome: { kind: "failed", reason: "the camera sent no pictures that can be shown" },
      }),
  ],
  ["a lie about a camera", /the camera was sending to it all the while/, (receipts) => blame(receipts)],
  [
    "too much pre-record",
    /no key frame arrived that is in the files|begins at access unit/,
    (receipts) => record(receipts, { preAchievedMs: 60_000 }),
  ],
  ["too little pre-record", /asked were 2000/, (receipts) => record(receipts, { preAchievedMs: 1500 })],
  [
    "durable too early",
    /durable after 0 ms, the volume's journal says/,
    (receipts) => record(receipts, { durableAfterMs: 0 }),
  ],
  [
    "a relay that was never read back",
    /but its relay was off/,
    (receipts) => set(actionOf(receipts, "output"), { output: { confirmedAfterMs: 60_000 } }),
  ],
  ["an action left out", /records channels/, (receipts) => set(raised(receipts), { actions: [] })],
  ["an open receipt", /is not closed/, (receipts) => delete (receipts[0] as { closedAt?: number }).closedAt],
  ["an edge of another kind", /repeats the side/, (receipts) => set(raised(receipts)?.edge, { kind: "cleared" })],
];

const set = (target: object | undefined, values: object): void =>
  void Object.assign(target ?? assert.fail("nothing to change"), values);
const record = (receipts: Receipts, values: object) => set(actionOf(receipts, "record")?.record, values);

function shift(receipt: Writable<ReceiptAnswer> | undefined, ms: number): void {
  set(receipt?.edge.at, { instant: (receipt?.edge.at.instant ?? 0) + ms, wall: (receipt?.edge.at.wall ?? 0) + ms });
}

function blame(receipts: Receipts): void {
  const wall = raised(receipts)?.edge.at.wall ?? 0;
  const action = actionOf(receipts, "record");
  set(action?.record, { gaps: [{ from: wall - 500, to: wall + 200, reason: "camera down: it was asleep" }] });
  set(action, { outcome: { kind: "short", reason: "camera down: it was asleep" } });
}

interface Trace {
  readonly name: string;
  readonly what: RegExp;
  readonly file: string;
  readonly change: (bytes: Buffer) => Buffer | string;
}

/** What could be wrong with files and logs. */
function traces(evidence: Evidence): Trace[] {
  const [volume = ""] = evidence.volumes;
  const footage = join(volume, "footage");
  const segments = readdirSync(footage, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".mp4"));
  const segment = join(footage, segments[0] ?? "");
  const camera = evidence.cameras[0]?.log ?? "";
  const board = evidence.boards[0]?.log ?? "";
  const without = (line: RegExp) => (bytes: Buffer) => {
    const lines = bytes.toString().split("\n");
    lines.splice(
      lines.findLastIndex((one) => line.test(one)),
      1,
    );
    return lines.join("\n");
  };
  const journal = join(volume, "journal");
  const journalFile = join(journal, readdirSync(journal).find((name) => name.endsWith(".rec.log")) ?? "");
  return [
    { name: "a fragment cut out", what: /are in no file/, file: segment, change: (bytes) => withoutFragment(bytes, 3) },
    {
      name: "a cut fragment's chain",
      what: /chain is wrong/,
      file: segment,
      change: (bytes) => withoutFragment(bytes, 3),
    },
    { name: "a fragment doubled", what: /twice|comes after/, file: segment, change: (bytes) => doubled(bytes, 3) },
    { name: "a flipped byte of a picture", what: /checksum is wrong/, file: segment, change: flipped },
    { name: "other bytes than were sent", what: /other bytes than were sent/, file: segment, change: flipped },
    { name: "a torn end", what: /no whole box/, file: segment, change: (bytes) => bytes.subarray(0, -7) },
    {
      name: "a hold that the journal lost",
      what: /no volume's journal says so/,
      file: journalFile,
      change: without(/"hold-closed"/),
    },
    {
      name: "a damaged journal line",
      what: /journal lines are damaged/,
      file: journalFile,
      change: (bytes) => bytes.toString().replace('"seq":3', '"seq":4'),
    },
    {
      name: "a unit that was never sent",
      what: /never sent with that mark/,
      file: camera,
      change: withoutSent,
    },
    {
      name: "a contact that never moved",
      what: /of no change|no receipt says so|was found although/,
      file: board,
      change: without(/^contact/),
    },
    { name: "a relay left on", what: /with nothing holding it/, file: board, change: withoutOffs },
  ];
}

/** The unit in the middle of those that somebody was sent. */
function withoutSent(bytes: Buffer): string {
  const lines = bytes.toString().split("\n");
  const sent = [...lines.keys()].filter((i) => /^au \d+ \S+ \d+ \d+ \d/.test(lines[i] ?? ""));
  lines.splice(sent[Math.floor(sent.length / 2)] ?? assert.fail("nothing was sent"), 1);
  return lines.join("\n");
}

const withoutOffs = (bytes: Buffer): string =>
  bytes
    .toString()
    .split("\n")
    .filter((line) => !/^coil \d+ off/.test(line))
    .join("\n");

/** Start and end of the n-th moof + mdat + trailer. */
function fragmentAt(bytes: Buffer, wanted: number): readonly [number, number] {
  const starts: number[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += bytes.readUInt32BE(at))
    if (bytes.toString("latin1", at + 4, at + 8) === "moof") starts.push(at);
  return [starts[wanted] ?? 0, starts[wanted + 1] ?? bytes.length];
}

function withoutFragment(bytes: Buffer, wanted: number): Buffer {
  const [from, to] = fragmentAt(bytes, wanted);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

function doubled(bytes: Buffer, wanted: number): Buffer {
  const [from, to] = fragmentAt(bytes, wanted);
  return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from, to), bytes.subarray(to)]);
}

/** In the middle of the second picture of the third fragment, far from any mark. */
function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const mark = copy.indexOf("Reed-Cam-Sender1", fragmentAt(bytes, 2)[0]);
  const at = mark + 300;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}
