import { join } from "node:path";
import { minutes, type Clock } from "../../kernel/time.ts";
import { errorCode, errorText } from "../ports.ts";
import { queuedFiles } from "../volumes/queued-files.ts";
import type { Volume, VolumeEvents } from "../volumes/volume-state.ts";
import { folderArchive } from "./folder-archive.ts";
import type { Archive, ArchiveSource, ClosedSegment } from "./port.ts";

/** An alarm may still reach back into footage that is younger than this, minutes. */
const usualAfterMin = 2;

export interface ArchiverDeps {
  readonly clock: Clock;
  readonly volumes: () => readonly Volume[];
  readonly events: Pick<VolumeEvents, "wanted" | "causeOf">;
  /** Does this channel ask for a second copy? */
  readonly chosen: (channel: number) => boolean;
  readonly log: { warn(fields: object, text: string): void };
}

/** Copies closed segments to the archives, the oldest first, one at a time, whenever nothing else keeps it from it. */
export interface Archiver extends AsyncDisposable {
  /** Begins a round unless one runs; every few seconds. Never rejects. */
  look(): void;
}

/** What is still to be copied of one volume to one archive. Built anew when either was mounted again. */
interface Queue {
  readonly of: object;
  readonly ids: Set<string>;
  /** The last one of the volume that was looked at. */
  seen: number;
}

export function startArchiver(deps: ArchiverDeps): Archiver {
  const queues = new Map<string, Queue>();
  let running: Promise<void> | undefined;
  let closing = false;
  const round = async (): Promise<void> => {
    const all = deps.volumes();
    for (const target of all) {
      const settings = target.settings.archive;
      if (settings === undefined || !target.ready) continue;
      const archive = folderArchive(target, settings);
      let waiting = { segments: 0, bytes: 0 };
      for (const source of all) {
        if (source.settings.archive !== undefined || !source.ready) continue;
        const queue = queueOf(queues, source, target);
        await copyAll(deps, { archive, source, queue, stopped: () => closing });
        waiting = counted(waiting, source, queue);
      }
      archive.waits(waiting.segments, waiting.bytes);
    }
  };
  return {
    look() {
      running ??= round()
        .catch((error: unknown) => deps.log.warn({ err: errorText(error) }, "archiving was broken off"))
        .finally(() => (running = undefined));
    },
    async [Symbol.asyncDispose]() {
      closing = true;
      await running;
    },
  };
}

function queueOf(queues: Map<string, Queue>, source: Volume, target: Volume): Queue {
  const key = `${source.id} ${target.id}`;
  const of = source.index;
  const known = queues.get(key);
  const queue: Queue = known?.of === of ? known : { of, ids: new Set(), seen: 0 };
  queues.set(key, queue);
  // segments are numbered as they were begun, so that each is looked at once
  for (const row of source.index.begunAfter(queue.seen)) queue.ids.add(row.id);
  queue.seen = source.index.begun;
  return queue;
}

function counted(sum: { segments: number; bytes: number }, source: Volume, { ids }: Queue) {
  let { segments, bytes } = sum;
  for (const id of ids) {
    segments++;
    bytes += source.index.get(id)?.bytes ?? 0;
  }
  return { segments, bytes };
}

interface Work {
  readonly archive: Archive;
  readonly source: Volume;
  readonly queue: Queue;
  readonly stopped: () => boolean;
}

async function copyAll(deps: ArchiverDeps, { archive, source, queue, stopped }: Work): Promise<void> {
  for (const id of queue.ids) {
    if (stopped() || !archive.ready || !source.ready) return;
    const row = source.index.get(id);
    const what = row === undefined ? "never" : decide(deps, archive, row);
    if (what === "later") continue;
    if (what === "copy" && row !== undefined && !(await copied(deps, archive, source, row))) return;
    queue.ids.delete(id);
    if (archive.settings.mode === "remote" && archive.has(id)) source.release(id);
  }
}

function decide(deps: ArchiverDeps, archive: Archive, row: ClosedSegment): "copy" | "later" | "never" {
  const { clock, events } = deps;
  const { takes } = archive.settings;
  if (archive.has(row.id) || !row.trusted) return "never";
  if (!row.closed || row.head === "") return "later";
  // the original stays and nothing has to be known of it: each minute of waiting is one that a broken disk would cost
  if (takes === "chosen" && archive.settings.afterMin === undefined) return deps.chosen(row.channel) ? "copy" : "never";
  if (clock.wall() - row.endWall < minutes(archive.settings.afterMin ?? usualAfterMin) || events.wanted(row) === "open")
    return "later";
  const wanted = takes === "chosen" ? deps.chosen(row.channel) : takes === "all" || events.causeOf(row) === "alarm";
  return wanted ? "copy" : "never";
}

/** False: it is tried again in the next round. One that the cleaner took meanwhile is none. */
async function copied(deps: ArchiverDeps, archive: Archive, volume: Volume, row: ClosedSegment): Promise<boolean> {
  const files = queuedFiles(volume.files, (work) => volume.run(work));
  let fd: number | undefined;
  try {
    const path = join(volume.root, row.path);
    fd = await files.open(path, "read");
    const from = fd;
    const source: ArchiveSource = { size: row.bytes, read: (into, position) => files.read(from, into, position) };
    await archive.put(row, source);
    return true;
  } catch (error) {
    if (fd === undefined && errorCode(error) === "ENOENT") return true;
    deps.log.warn({ archive: archive.id, segment: row.id, err: errorText(error) }, "a segment was not archived");
    return false;
  } finally {
    if (fd !== undefined) await files.close(fd);
  }
}
