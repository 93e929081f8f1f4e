import { join } from "node:path";
import { after, between, days, minutes, seconds, type Clock, type Instant } from "../../kernel/time.ts";
import { errorCode, errorText } from "../ports.ts";
import { queuedFiles } from "../volumes/queued-files.ts";
import type { Volume, VolumeEvents } from "../volumes/volume-state.ts";
import { queueOf, type Queue } from "./archive-queue.ts";
import { folderArchive } from "./folder-archive.ts";
import type { Archive, ArchiveSource, ClosedSegment } from "./port.ts";
import { s3Archive } from "./s3/s3-archive.ts";

/** An alarm may still reach back into footage that is younger than this, minutes. */
const usualAfterMin = 2;
/** One that could not be copied lets the others go before it for so long. */
const againAfter = minutes(1);
/** A long backlog is counted less often. */
const countedEvery = (segments: number) => (segments > 2000 ? seconds(60) : 0);

export interface ArchiverDeps {
  readonly clock: Clock;
  readonly volumes: () => readonly Volume[];
  readonly events: Pick<VolumeEvents, "wanted" | "causeOf" | "held">;
  /** Does this channel ask for a second copy? */
  readonly chosen: (channel: number) => boolean;
  readonly log: { warn(fields: object, text: string): void };
}

/**
 * Copies closed segments to the archives, the oldest first, one at a time for each archive: one that is slow or away
 * keeps no other waiting.
 */
export interface Archiver extends AsyncDisposable {
  /** Begins a round of each archive that has none; every few seconds. Never rejects. */
  look(): void;
}

/** What is kept of an archive between its rounds. */
interface Line {
  readonly archive: Archive;
  readonly queues: Map<string, Queue>;
  running: Promise<void> | undefined;
  countedAt: Instant | undefined;
  segments: number;
}

export function startArchiver(deps: ArchiverDeps): Archiver {
  const lines = new Map<Volume, Line>();
  let closing = false;
  const round = async (target: Volume, line: Line): Promise<void> => {
    for (const source of deps.volumes()) {
      if (source.settings.archive !== undefined || !source.ready || !target.ready) continue;
      await copyAll(
        deps,
        { archive: line.archive, source, queue: queueOf(line.queues, source, target) },
        () => closing,
      );
    }
  };
  return {
    look() {
      const all = deps.volumes();
      for (const known of lines.keys()) if (!all.includes(known)) lines.delete(known);
      for (const target of all) {
        if (target.settings.archive === undefined || closing) continue;
        const line = lines.get(target) ?? newLine(deps, target);
        lines.set(target, line);
        if (target.ready) count(deps, target, line);
        line.running ??= round(target, line)
          .catch((error: unknown) => deps.log.warn({ err: errorText(error) }, "archiving was broken off"))
          .finally(() => {
            line.running = undefined;
            if (target.ready) count(deps, target, line);
          });
      }
    },
    async [Symbol.asyncDispose]() {
      closing = true;
      // what was begun is gone on with after the next start
      for (const target of lines.keys()) await target.store?.[Symbol.asyncDispose]();
      for (const { running } of lines.values()) await running;
    },
  };
}

const newLine = ({ clock }: ArchiverDeps, target: Volume): Line => ({
  archive: target.store === undefined ? folderArchive(target) : s3Archive(target, target.store, clock),
  ...{ queues: new Map(), running: undefined, countedAt: undefined, segments: 0 },
});

/** What still has to be copied, for people. */
function count({ clock, volumes }: ArchiverDeps, target: Volume, line: Line): void {
  const now = clock.now();
  if (line.countedAt !== undefined && between(line.countedAt, now) < countedEvery(line.segments)) return;
  line.countedAt = now;
  let [segments, bytes] = [0, 0];
  let oldest: ClosedSegment["startWall"] | undefined;
  for (const source of volumes()) {
    if (source.settings.archive !== undefined || !source.ready) continue;
    const { ids } = queueOf(line.queues, source, target);
    for (const id of ids) {
      const row = source.index.get(id);
      segments++;
      bytes += row?.bytes ?? 0;
      if (row !== undefined && (oldest === undefined || row.startWall < oldest)) oldest = row.startWall;
    }
  }
  line.segments = segments;
  line.archive.waits({ segments, bytes, ...(oldest === undefined ? {} : { oldest }) });
}

interface Work {
  readonly archive: Archive;
  readonly source: Volume;
  readonly queue: Queue;
}

async function copyAll(deps: ArchiverDeps, { archive, source, queue }: Work, stopped: () => boolean): Promise<void> {
  for (const id of queue.ids) {
    if (stopped() || !archive.ready || !source.ready) return;
    if (deps.clock.now() < (queue.notBefore.get(id) ?? 0)) continue;
    const row = source.index.get(id);
    const what = row === undefined ? "never" : decide(deps, archive, row);
    if (what === "later") continue;
    if (what === "copy" && row !== undefined && !(await copied(deps, archive, source, row))) {
      // an archive that is away says nothing of the file
      if (takes(archive)) queue.notBefore.set(id, after(deps.clock.now(), againAfter));
      continue;
    }
    queue.ids.delete(id);
    queue.notBefore.delete(id);
    const { settings, index } = archive.volume;
    if (settings.archive?.mode === "remote" && index.get(id) !== undefined) source.release(id);
  }
}

/** Now, after whatever happened meanwhile. */
const takes = (archive: Archive): boolean => archive.ready;

function decide(deps: ArchiverDeps, archive: Archive, row: ClosedSegment): "copy" | "later" | "never" {
  const { clock, events } = deps;
  const { index, settings } = archive.volume;
  // one that was an archive and is none any more takes nothing
  if (settings.archive === undefined || index.get(row.id) !== undefined || !row.trusted) return "never";
  const { takes, afterMin } = settings.archive;
  if (!row.closed || row.head === "") return "later";
  if (goesAtOnce(deps, settings.keepDays, row)) return "never";
  // the original stays and nothing has to be known of it: each minute of waiting is one that a broken disk would cost
  if (takes === "chosen" && afterMin === undefined) return deps.chosen(row.channel) ? "copy" : "never";
  if (clock.wall() - row.endWall < minutes(afterMin ?? usualAfterMin) || events.wanted(row) === "open") return "later";
  const wanted = takes === "chosen" ? deps.chosen(row.channel) : takes === "all" || events.causeOf(row) === "alarm";
  return wanted ? "copy" : "never";
}

/** Older than what the archive keeps: its cleaner took it, or would, and each start would copy it anew. */
const goesAtOnce = ({ clock, events }: ArchiverDeps, keepDays: number, row: ClosedSegment): boolean =>
  clock.wall() - row.endWall > days(keepDays) && events.wanted(row) === "no" && events.held(row) === undefined;

/** False: it is tried again in a later round. One that the cleaner took meanwhile is none. */
async function copied(deps: ArchiverDeps, archive: Archive, volume: Volume, row: ClosedSegment): Promise<boolean> {
  const files = queuedFiles(volume.files, (work) => volume.run(work));
  let fd: number | undefined;
  try {
    const file = join(volume.root, row.path);
    fd = await files.open(file, "read");
    const from = fd;
    const source: ArchiveSource = {
      ...{ file, size: row.bytes },
      read: (into, position) => files.read(from, into, position),
    };
    await archive.put(row, source);
    return true;
  } catch (error) {
    if (fd === undefined && errorCode(error) === "ENOENT") return true;
    deps.log.warn({ archive: archive.volume.id, segment: row.id, err: errorText(error) }, "a segment was not archived");
    return false;
  } finally {
    if (fd !== undefined) await files.close(fd);
  }
}
