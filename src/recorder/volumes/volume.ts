import { storeFiles } from "../archive/s3/store-files.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import { foldHold, foldLock } from "../journal/history.ts";
import { createSegmentIndex } from "../journal/segment-index.ts";
import { createJobQueue } from "./job-queue.ts";
import { releaseLock } from "./mount.ts";
import { createSyncRounds } from "./sync-rounds.ts";
import { within } from "./within.ts";
import { check, whatIsGone } from "./volume-check.ts";
import { fault, show, stateOf, volumeLimits, type Volume, type VolumeDeps, type VolumeInside } from "./volume-state.ts";

export function createVolume(given: VolumeDeps): Volume {
  const { store } = given;
  const deps = store === undefined ? given : { ...given, files: storeFiles(given.files, given.root, store) };
  const deadlineMs = store === undefined ? volumeLimits.deadlineMs : volumeLimits.storeDeadlineMs;
  const now = () => deps.clock.now();
  const state: VolumeInside = {
    deps,
    queue: createJobQueue({ limit: volumeLimits.jobs, deadlineMs, now }),
    // a round that is due between two ticks begins with the first of them, never late
    rounds: createSyncRounds(volumeLimits.syncEveryMs - volumeLimits.tickMs, now),
    settings: deps.settings,
    kind: "missing",
    reason: "not looked at yet",
    trouble: undefined,
    leap: undefined,
    mounted: undefined,
    space: { totalBytes: 0, freeBytes: 0, fileSystem: "" },
    checking: undefined,
    closed: false,
    faults: 0,
    abandoned: new Map(),
    released: new Set(),
    taken: { bytes: 0, since: now() },
    planned: undefined,
    waiting: undefined,
    locked: { bytes: 0, version: 0, until: now() },
    aged: { bytes: 0, until: now() },
    ageLookAt: now(),
  };
  const noIndex = createSegmentIndex();
  const index = () => state.mounted?.recovered.history.index ?? noIndex;
  const put = (row: SegmentRow, head = "", fragments = 0): void => {
    index().put(row, { head, fragments });
    deps.events.segment(row);
  };
  const volume: Volume = {
    id: deps.settings.id,
    root: deps.root,
    files: deps.files,
    store,
    get settings() {
      return state.settings;
    },
    get ready() {
      return state.kind === "ready";
    },
    get index() {
      return index();
    },
    get history() {
      return state.mounted?.recovered.history;
    },
    get state() {
      return stateOf(state, index().usedBytes);
    },
    run: (work) => state.queue.run(work),
    async present() {
      const gone = await whatIsGone(volume, state);
      if (gone !== undefined) throw new Error(gone);
    },
    note(record) {
      state.mounted?.journal.append(record);
      if (state.mounted === undefined) return;
      foldHold(state.mounted.recovered.history, record);
      foldLock(state.mounted.recovered.history, record);
    },
    noted: () => state.mounted?.journal.written() ?? Promise.resolve(),
    dirty: (file) => state.rounds.mark(file),
    urgent: (write) => state.rounds.urgent(write),
    fault: (error) => fault(state, error),
    segmentOpened(row) {
      volume.note({ kind: "segment-open", segment: row });
      put(row);
    },
    segmentGrew(row) {
      state.taken.bytes += Math.max(0, row.bytes - (index().bytesOf(row.id) ?? 0));
      index().put(row, { head: "", fragments: 0 });
      deps.events.segmentGrew(row);
    },
    segmentClosed(row, end) {
      state.taken.bytes += Math.max(0, row.bytes - (index().bytesOf(row.id) ?? 0));
      volume.note({ kind: "segment-close", segment: row, ...end });
      put(row, end.head, end.fragments);
    },
    segmentAbandoned: (row) => void state.abandoned.set(row.id, row),
    segmentUntrusted(row, reason) {
      volume.note({ kind: "segment-untrusted", id: row.id, reason });
      put(row);
    },
    tick(at) {
      state.queue.tick(at);
      if (state.queue.stalled && state.kind === "ready") show(state, "stalled", "the disk does not answer");
      state.rounds.tick(at);
    },
    check: () => (state.checking ??= check(volume, state).finally(() => (state.checking = undefined))),
    update: (settings) => void (state.settings = settings),
    release: (id) => void state.released.add(id),
    waits: (waiting) => void (state.waiting = waiting),
    async close() {
      state.closed = true;
      await store?.[Symbol.asyncDispose]();
      if (state.checking !== undefined) await within(deps.clock, volumeLimits.deadlineMs, state.checking);
      await closeVolume(volume, state);
    },
  };
  return volume;
}

async function closeVolume(volume: Volume, state: VolumeInside): Promise<void> {
  // nobody looks after it from here on
  if (state.trouble !== undefined) state.deps.events.trouble({ ...state.trouble, ended: state.deps.clock.wall() });
  state.trouble = undefined;
  const mounted = state.mounted;
  if (mounted === undefined) return;
  try {
    await state.rounds.drain();
    mounted.journal.append({ kind: "clean-stop" });
    await mounted.journal.close();
    await state.rounds.drain();
    await volume.run(() => releaseLock(volume.files, volume.root));
  } catch (error) {
    fault(state, error);
  }
}
