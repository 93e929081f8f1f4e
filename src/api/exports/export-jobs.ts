/**
 * Exports as jobs: one at a time, with progress, cancelled on demand. The ZIP of a finished one is kept for a day.
 *
 *     waiting ─▶ running ─▶ done ─(a day)─▶ gone
 *        │  ▲ a restart │
 *        │  └───────────┤
 *        └──────────────┴─▶ cancelled, failed(reason)
 *
 * `<folder>/<id>.json` is the job, `<id>.task` what it is made of while it is not over, `<id>.zip` its result, `<id>.part`
 * and `<id>.part.log` what is being written. What a restart cut off goes on where it was, three times at most.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { exportJob, type ExportJob, type ExportState } from "../../contract/export.ts";
import { after, hours, wallTime, type Clock } from "../../kernel/time.ts";
import type { Log } from "../../platform/log.ts";

type Done = Extract<ExportState, { kind: "done" }>;

export interface Progress {
  total(bytes: number): void;
  passed(bytes: number): void;
}

/** Where a ZIP is to be made, and who wants to hear of it. */
export interface Making {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface ExportJobsDeps<T> {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Makes the ZIP of a task. Rejects with a sentence for people. */
  run(job: ExportJob, task: T, making: Making): Promise<Pick<Done, "bytes" | "sha256" | "files">>;
  /** Called once, however it ends; not when a restart only puts it off. */
  ended(task: T): void;
}

/** `T` is what an export is made of; it is kept as JSON until the export is over. */
export interface ExportJobs<T> {
  /** The newest first. */
  list(): ExportJob[];
  get(id: string): ExportJob | undefined;
  /** Undefined when too many wait already. */
  start(job: Omit<ExportJob, "state">, task: T): ExportJob | undefined;
  /** Stops a job that has not ended; removes one that has, with its ZIP. */
  remove(id: string): void;
  /** Of a finished one. */
  pathOf(id: string): string;
  /** Stops what runs and waits for it. */
  close(): Promise<void>;
}

const mostWaiting = 8;
const mostKept = 20;
const keptMs = hours(24);
const lookEveryMs = hours(1);

/** What stands in `<id>.task`. */
interface Kept<T> {
  readonly tries: number;
  readonly task: T;
}

interface Entry<T> {
  job: ExportJob;
  readonly stop: AbortController;
  readonly kept?: Kept<T>;
}

const mostTries = 3;

const isOver = ({ state }: ExportJob): boolean => state.kind !== "waiting" && state.kind !== "running";
const restarted = "Reed was restarted while this was being saved. Start it again.";

/** Takes up what the folder has, and goes on with what a restart cut off. */
export function openExportJobs<T>(deps: ExportJobsDeps<T>): ExportJobs<T> {
  const { folder, clock, log } = deps;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const entries = new Map<string, Entry<T>>();
  const pathOf = (id: string, ending = "zip") => join(folder, `${id}.${ending}`);
  let running: Promise<void> | undefined;
  let closed = false;

  const write = (id: string, ending: string, value: unknown): void => {
    writeFileSync(pathOf(id, "new"), JSON.stringify(value), { mode: 0o600 });
    renameSync(pathOf(id, "new"), pathOf(id, ending));
  };
  const save = (entry: Entry<T>, state: ExportState): void => {
    entry.job = { ...entry.job, state };
    write(entry.job.id, "json", entry.job);
    if (isOver(entry.job)) rmSync(pathOf(entry.job.id, "task"), { force: true });
  };
  const forget = (id: string): void => {
    entries.delete(id);
    for (const ending of ["zip", "part", "part.log", "new", "json", "task"])
      rmSync(pathOf(id, ending), { force: true });
  };
  const tidy = (): void => {
    const over = [...entries.values()].filter(({ job }) => isOver(job)).sort((a, b) => b.job.at - a.job.at);
    const old = over.filter(({ job }, i) => i >= mostKept || job.at + keptMs <= clock.wall());
    for (const { job } of old) forget(job.id);
  };
  const runOne = async (entry: Entry<T>): Promise<void> => {
    const { job, stop, kept } = entry;
    if (kept === undefined) return;
    const part = pathOf(job.id, "part");
    const counts = { doneBytes: 0, totalBytes: 0 };
    const show = (): void => void (entry.job = { ...entry.job, state: { kind: "running", ...counts } });
    const progress: Progress = {
      total(bytes) {
        counts.totalBytes = bytes;
        show();
      },
      passed(bytes) {
        counts.doneBytes += bytes;
        show();
      },
    };
    try {
      save(entry, { kind: "running", ...counts });
      stop.signal.throwIfAborted();
      const made = await deps.run(job, kept.task, { path: part, signal: stop.signal, progress });
      await rename(part, pathOf(job.id));
      save(entry, { kind: "done", ...made, until: wallTime(job.at + keptMs) });
    } catch (error) {
      end(entry, error);
      // of one that a restart puts off, what is there stays
      if (!closed) for (const ending of ["part", "part.log"]) rmSync(pathOf(job.id, ending), { force: true });
    } finally {
      if (isOver(entry.job)) deps.ended(kept.task);
    }
  };
  const end = (entry: Entry<T>, error: unknown): void => {
    if (closed) return;
    const { id } = entry.job;
    if (!entries.has(id)) return;
    if (entry.stop.signal.aborted) {
      save(entry, { kind: "cancelled" });
      return;
    }
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ export: id, reason }, "an export failed");
    save(entry, { kind: "failed", reason });
  };
  const pump = (): void => {
    const next = [...entries.values()].find(({ job }) => job.state.kind === "waiting");
    if (running !== undefined || next === undefined || closed) return;
    running = runOne(next).finally(() => {
      running = undefined;
      tidy();
      pump();
    });
  };
  /** Goes on with what a restart cut off; what does so again and again is not tried for ever. */
  const takeUp = (entry: Entry<T>): void => {
    const { job, kept } = entry;
    if (kept !== undefined && kept.tries < mostTries) {
      write(job.id, "task", { ...kept, tries: kept.tries + 1 });
      if (job.state.kind === "running") entry.job = { ...job, resumed: true };
      save(entry, { kind: "waiting" });
      return;
    }
    save(entry, { kind: "failed", reason: restarted });
    if (kept !== undefined) deps.ended(kept.task);
  };
  let cancelLook = (): void => undefined;
  const look = (): void => {
    tidy();
    cancelLook = clock.wakeAt(after(clock.now(), lookEveryMs), look);
  };

  for (const job of jobsIn(folder, log)) {
    const kept = isOver(job) ? undefined : keptIn<T>(pathOf(job.id, "task"));
    const entry: Entry<T> = { job, stop: new AbortController(), ...(kept === undefined ? {} : { kept }) };
    entries.set(job.id, entry);
    if (!isOver(job)) takeUp(entry);
  }
  for (const name of readdirSync(folder)) if (isLeft(name, entries)) rmSync(join(folder, name), { force: true });
  look();
  pump();

  return {
    list: () => [...entries.values()].map(({ job }) => job).sort((a, b) => b.at - a.at),
    get: (id) => entries.get(id)?.job,
    start(order, task) {
      if ([...entries.values()].filter(({ job }) => !isOver(job)).length >= mostWaiting) return undefined;
      const job: ExportJob = { ...order, state: { kind: "waiting" } };
      const entry: Entry<T> = { job, stop: new AbortController(), kept: { tries: 1, task } };
      entries.set(job.id, entry);
      write(job.id, "task", entry.kept);
      save(entry, job.state);
      pump();
      return entry.job;
    },
    remove(id) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      if (isOver(entry.job)) forget(id);
      else if (entry.job.state.kind === "waiting") {
        entry.stop.abort();
        save(entry, { kind: "cancelled" });
        if (entry.kept !== undefined) deps.ended(entry.kept.task);
      } else entry.stop.abort();
    },
    pathOf: (id) => pathOf(id),
    async close() {
      closed = true;
      cancelLook();
      for (const { stop } of entries.values()) stop.abort();
      await running;
    },
  };
}

/** Undefined when there is none that can be read. */
function keptIn<T>(path: string): Kept<T> | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Kept<T>;
  } catch {
    return undefined;
  }
}

/** A file without a job, or what an interrupted one left. */
const isLeft = <T>(name: string, entries: ReadonlyMap<string, Entry<T>>): boolean => {
  const [id = "", ending = ""] = name.split(".");
  if (ending === "new") return true;
  if (ending === "part") return entries.get(id)?.job.state.kind !== "waiting";
  if (ending === "task") return entries.get(id)?.kept === undefined;
  return ending === "zip" && entries.get(id)?.job.state.kind !== "done";
};

function jobsIn(folder: string, log: Log): ExportJob[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.flatMap((name) => {
    try {
      return [exportJob.parse(JSON.parse(readFileSync(join(folder, name), "utf8")))];
    } catch (error) {
      log.warn({ name, error: String(error) }, "an export's file can't be read and is removed");
      rmSync(join(folder, name), { force: true });
      return [];
    }
  });
}
