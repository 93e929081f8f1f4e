/**
 * Exports as jobs: one at a time, with progress, cancelled on demand. The ZIP of a finished one is kept for a day.
 *
 *     waiting ─▶ running ─▶ done ─(a day)─▶ gone
 *        └─────────┴─▶ cancelled, failed(reason); a restart in the middle is failed
 *
 * `<folder>/<id>.json` is the job, `<id>.zip` its result, `<id>.part` what is being written.
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

/** Makes the ZIP at `path`. Rejects with a sentence for people. */
export type RunExport = (
  job: ExportJob,
  path: string,
  signal: AbortSignal,
  progress: Progress,
) => Promise<Pick<Done, "bytes" | "sha256" | "files">>;

export interface ExportJobsDeps {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
}

export interface ExportJobs {
  /** The newest first. */
  list(): ExportJob[];
  get(id: string): ExportJob | undefined;
  /** Undefined when too many wait already. `ended` is called once, however it ends. */
  start(job: Omit<ExportJob, "state">, run: RunExport, ended: () => void): ExportJob | undefined;
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

interface Entry {
  job: ExportJob;
  readonly stop: AbortController;
  readonly work?: { readonly run: RunExport; readonly ended: () => void };
}

const isOver = ({ state }: ExportJob): boolean => state.kind !== "waiting" && state.kind !== "running";
const restarted = "Reed was restarted while this was being saved. Start it again.";

/** Takes up what the folder has. What a restart cut off has failed, and what is left of it is removed. */
export function openExportJobs({ folder, clock, log }: ExportJobsDeps): ExportJobs {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const entries = new Map<string, Entry>();
  const pathOf = (id: string, ending = "zip") => join(folder, `${id}.${ending}`);
  let running: Promise<void> | undefined;
  let closed = false;

  const save = (entry: Entry, state: ExportState): void => {
    entry.job = { ...entry.job, state };
    writeFileSync(pathOf(entry.job.id, "new"), JSON.stringify(entry.job), { mode: 0o600 });
    renameSync(pathOf(entry.job.id, "new"), pathOf(entry.job.id, "json"));
  };
  const forget = (id: string): void => {
    entries.delete(id);
    for (const ending of ["zip", "part", "new", "json"]) rmSync(pathOf(id, ending), { force: true });
  };
  const tidy = (): void => {
    const over = [...entries.values()].filter(({ job }) => isOver(job)).sort((a, b) => b.job.at - a.job.at);
    const old = over.filter(({ job }, i) => i >= mostKept || job.at + keptMs <= clock.wall());
    for (const { job } of old) forget(job.id);
  };
  const runOne = async (entry: Entry): Promise<void> => {
    const { job, stop, work } = entry;
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
      const made = await work?.run(job, part, stop.signal, progress);
      if (made === undefined) return;
      await rename(part, pathOf(job.id));
      save(entry, { kind: "done", ...made, until: wallTime(job.at + keptMs) });
    } catch (error) {
      rmSync(part, { force: true });
      end(entry, error);
    } finally {
      work?.ended();
    }
  };
  const end = (entry: Entry, error: unknown): void => {
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
  let cancelLook = (): void => undefined;
  const look = (): void => {
    tidy();
    cancelLook = clock.wakeAt(after(clock.now(), lookEveryMs), look);
  };

  for (const job of jobsIn(folder, log)) {
    const entry: Entry = { job, stop: new AbortController() };
    entries.set(job.id, entry);
    if (!isOver(job)) save(entry, { kind: "failed", reason: restarted });
  }
  for (const name of readdirSync(folder)) if (isLeft(name, entries)) rmSync(join(folder, name), { force: true });
  look();

  return {
    list: () => [...entries.values()].map(({ job }) => job).sort((a, b) => b.at - a.at),
    get: (id) => entries.get(id)?.job,
    start(order, run, ended) {
      if ([...entries.values()].filter(({ job }) => !isOver(job)).length >= mostWaiting) return undefined;
      const job: ExportJob = { ...order, state: { kind: "waiting" } };
      const entry: Entry = { job, stop: new AbortController(), work: { run, ended } };
      entries.set(job.id, entry);
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
        entry.work?.ended();
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

/** A file without a job, or what an interrupted one left. */
const isLeft = (name: string, entries: ReadonlyMap<string, Entry>): boolean => {
  const [id = "", ending = ""] = name.split(".");
  if (ending === "part" || ending === "new") return true;
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
