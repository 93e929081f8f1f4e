/** One power cut, and the whole Reed started on what it left. */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Api, Json } from "../support/reed.ts";
import { startReed, until } from "../support/reed.ts";
import type { Cut, Trial } from "./check.ts";
import { footageOf, unitsOf } from "./claims.ts";
import { writeDisk } from "./cut.ts";
import { readFootage, wholeParts, type Footage } from "./volume.ts";

export interface WholeCut extends Cut {
  /** The database is gone too, and `reed rebuild` makes it anew. */
  readonly withoutDatabase: boolean;
}

/**
 * Starts Reed on the disk that the cut leaves, in the place where it lay, waits until every receipt is closed, and says
 * what is not true. One at a time.
 */
export async function checkWhole(trial: Trial, cut: WholeCut): Promise<string[]> {
  const folder = trial.recording.data;
  writeDisk(trial.recording.disk, trial.recording.toReal(cut.at), cut.chance, folder);
  const volume = join(folder, "footage");
  const before = wholeParts(volume);
  if (cut.withoutDatabase) rebuildDatabase(folder);
  const problems: string[] = [];
  try {
    await using reed = await startReed({ data: folder });
    const api = cut.withoutDatabase ? await reed.administrator() : reed.withKey(trial.recording.key);
    const receipts = await closedReceipts(trial, api, cut.at);
    problems.push(...(await toldProblems(trial, api, cut.at, receipts)));
    if ((await reed.stop()) !== 0) problems.push("the stop was not clean");
    const after = readFootage(volume);
    problems.push(...after.problems, ...receipts.flatMap((receipt) => receiptProblems(trial, receipt, after)));
    for (const [path, part] of before) {
      if (part.fragments > 0 && wholeParts(volume).get(path)?.head !== part.head) problems.push(`${path} was changed`);
    }
    const checked = reedCommand(folder, "check").stdout.split("\n");
    // torn lines stay in the journals, and are said
    problems.push(...checked.filter((line) => line.startsWith("✖") && !line.includes("wrong checksum")));
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  rmSync(dirname(folder), { recursive: true, force: true });
  return problems.map((problem) => `${cut.why}: ${problem}`);
}

const reedCommand = (data: string, ...command: string[]) =>
  spawnSync(process.execPath, ["dist/cli/main.js", ...command, "--data", data], { encoding: "utf8" });

function rebuildDatabase(data: string): void {
  for (const ending of ["", "-wal", "-shm", "-journal"]) rmSync(join(data, `reed.db${ending}`), { force: true });
  const rebuilt = reedCommand(data, "rebuild");
  if (rebuilt.status !== 0) throw new Error(`reed rebuild: ${rebuilt.stdout}${rebuilt.stderr}`);
}

/** All receipts of edges from before the cut, once they are closed. */
async function closedReceipts(trial: Trial, api: Api, at: number): Promise<Json[]> {
  let receipts: Json[] = [];
  await until(
    async () => {
      const page = await api.get("receipts?limit=500");
      const wall = trial.recording.toReal(at) * 1000;
      receipts = (page.receipts as Json[]).filter((receipt) => receipt.edge.at.wall <= wall);
      const open = receipts.filter((receipt) => receipt.closedAt === undefined);
      if (open.length > 0) throw new Error(JSON.stringify(open.map((receipt) => receipt.actions)));
      return true;
    },
    "all receipts are closed",
    30_000,
  );
  return receipts;
}

async function toldProblems({ recording }: Trial, api: Api, at: number, receipts: readonly Json[]): Promise<string[]> {
  const problems: string[] = [];
  const told = recording.told.filter((each) => each.at <= at);
  const armings = recording.told.filter((each) => each.kind === "armed");
  const lastArmed = armings.findLast((each) => each.at <= at);
  const asking = armings.some((each) => each.asked <= at && each.at > at);
  const { armed } = await api.get("arming");
  if (!asking && lastArmed !== undefined && lastArmed.armed !== armed) problems.push(`armed is ${String(armed)}`);
  const channels: Json[] = await api.get("channels");
  for (const each of told) {
    if (each.kind === "channel" && !channels.some(({ channel }) => channel === each.channel)) {
      problems.push(`channel ${each.channel} is gone`);
    }
  }
  const triggers = told.filter((each) => each.kind === "triggered").length;
  const calls = receipts.filter((receipt) => receipt.edge.inputName === "Call" && receipt.edge.kind === "raised");
  if (calls.length < triggers) problems.push(`${triggers} triggers were answered, ${calls.length} have a receipt`);
  return problems;
}

/** Is what the receipt says of each camera on the disk? */
function receiptProblems({ recording }: Trial, receipt: Json, after: Footage): string[] {
  const { at } = receipt.edge as { at: { instant: number; wall: number } };
  return (receipt.actions as Json[]).flatMap((action) => {
    if (action.outcome === undefined) return [`an action of ${String(receipt.edge.eventId)} has no outcome`];
    const { record, target, outcome } = action;
    if (target.kind !== "record" || !["done", "short"].includes(String(outcome.kind))) return [];
    const stated = { holdId: String(action.id), result: String(outcome.kind), gaps: [], ...record };
    const there = new Set(after.units.get(Number(target.channel)));
    const missing = footageOf(stated, (wall) => at.instant + (wall - at.wall))
      .flatMap((claim) => unitsOf(recording, { ...claim, channel: Number(target.channel) }))
      .filter((number) => !there.has(number));
    return missing.length === 0
      ? []
      : [`${stated.result} on channel ${String(target.channel)}, and ${missing.length} units lack: ${missing[0]}…`];
  });
}
