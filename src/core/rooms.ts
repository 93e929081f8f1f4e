/** The rooms of the core process, joined: drivers → engine → recorders, pages and journal. Without sockets of its own. */
import type { Instant } from "../kernel/time.ts";
import type { OutputState } from "../domain/level.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { ChannelSettings, OutputMode, SiteConfig } from "../domain/site-config.ts";
import type { LiveEvent } from "../messages/api.ts";
import type { CoreRecord } from "../messages/journal.ts";
import type { CoreToRecorder, HoldOrder } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";
import { openAlarmDesk, type AlarmDesk, type ReviewChange } from "./alarm-desk.ts";
import type { AutoArm } from "./auto-arm.ts";
import { autoArmRoom } from "./auto-arm-room.ts";
import { startApiLink, type ApiLink } from "./api-link.ts";
import type { CameraWatch } from "./camera-watch.ts";
import { execute, type CommandDeps } from "./commands.ts";
import { watchClock, type ClockWatch } from "./clock-watch.ts";
import { openCoreJournal } from "./core-journal.ts";
import { boardRoom } from "./board-room.ts";
import type { DetectionLink } from "./detection-link.ts";
import { cameraRoom, detectionRoom } from "./camera-rooms.ts";
import type { DriverHost } from "./driver-host.ts";
import { startEngineShell, type EngineShell, type NotifyEffect, type SnapshotOrder } from "./engine-shell.ts";
import type { HoldMessage } from "./footage.ts";
import { latencyBook, type LatencyBook } from "./latency.ts";
import { liveBook, type LiveBook } from "./live-book.ts";
import type { RoomsDeps } from "./rooms-deps.ts";
import type { PtzOrder } from "./ptz-desk.ts";
import type { Rooms } from "./rooms-shape.ts";
import { recordRoom } from "./record-room.ts";
import type { RecordWatch } from "./record-watch.ts";
import { startReceiptSweep } from "./receipt-sweep.ts";
import { startRecorderLink, type RecorderLink } from "./recorder-link.ts";
import { readBacks, sirensToRest, type ReadBacks } from "./rest.ts";
import { openSite, type Site } from "./site.ts";
import {
  keepConfigured,
  keepTroubles,
  tellJournal,
  tellLetters,
  watchDatabase,
  watchLeftTroubles,
} from "./troubles.ts";
import { triggerDesk, type TriggerDesk } from "./trigger-desk.ts";

export type { Rooms } from "./rooms-shape.ts";

/** What the rooms know of each other. Asked for late: they are made one after the other, and need each other in a ring. */
export interface Inner {
  readonly live: LiveBook;
  readonly latency: LatencyBook;
  readonly relays: ReadBacks;
  readonly desk: TriggerDesk;
  readonly alarms: AlarmDesk;
  readonly time: ClockWatch;
  readonly autoArm: () => AutoArm;
  readonly recording: () => RecordWatch;
  readonly boards: () => DriverHost;
  readonly recorders: () => RecorderLink;
  readonly cameras: () => CameraWatch;
  readonly detection: () => DetectionLink;
  readonly engine: () => EngineShell;
  readonly site: () => Site;
  readonly clients: () => ApiLink;
}

/** Joins the rooms. Nothing moves before `begin`. */
export function openRooms(deps: RoomsDeps): Rooms {
  const { clock } = deps;
  const latency = latencyBook();
  const sources = { engine: () => engine.view(), latency: () => latency.stats(), alarms: () => alarms.count };
  const live = liveBook(clock, sources, deps.leftTroubles);
  keepTroubles(deps, live);
  tellLetters(deps, live);
  const leftTroubles = watchLeftTroubles(deps, live);
  const time = watchClock({
    ...{ clock, live, lastSeen: deps.lastSeen },
    clockFacts: () => deps.clockFacts(),
    timeZone: () => site.config().site.timeZone,
  });
  const inner: Inner = {
    live,
    time,
    latency,
    relays: readBacks(),
    desk: triggerDesk(clock),
    get alarms() {
      return alarms;
    },
    autoArm: () => autoArm,
    recording: () => recording,
    boards: () => boards,
    recorders: () => recorders,
    cameras: () => cameras,
    detection: () => detection,
    engine: () => engine,
    site: () => site,
    clients: () => clients,
  };
  const alarms: AlarmDesk = alarmRoom(deps, inner);
  const boards = boardRoom(deps, inner);
  const recorders = recorderRoom(deps, inner);
  const detection = detectionRoom(deps, inner);
  const engine: EngineShell = engineRoom(deps, inner);
  const site = siteRoom(deps, inner);
  const cameras: CameraWatch = cameraRoom(deps, inner);
  const autoArm = autoArmRoom(deps, inner);
  const recording = recordRoom(deps, inner);
  const commands = commandRoom(deps, inner);
  const clients: ApiLink = clientRoom(deps, inner, commands);
  const watches = [watchDatabase(deps, live), startReceiptSweep(deps, () => time.now().trusted)];
  return {
    site,
    engine,
    live,
    recorders,
    clients,
    execute: (actor, command) => execute(commands, actor, command),
    begin: () => begin(deps, inner),
    processState: (process) => live.publish({ kind: "process", process }),
    async quieten() {
      for (const watch of [autoArm, recording]) watch[Symbol.dispose]();
      await quietenBoards(deps, inner);
      recorders.stop();
      clients.stop();
    },
    async close() {
      recorders[Symbol.dispose]();
      cameras[Symbol.dispose]();
      detection[Symbol.dispose]();
      for (const watch of watches) watch[Symbol.dispose]();
      time[Symbol.dispose]();
      leftTroubles[Symbol.dispose]();
      // nobody watches any more; what still is wrong is found again after the start
      for (const trouble of live.snapshot().troubles) live.settle(trouble.key);
      engine.journal.append({ kind: "clean-stop" });
      await engine.journal.synced();
      await engine[Symbol.asyncDispose]();
    },
  };
}

function begin(deps: RoomsDeps, { boards, engine, site, autoArm, recording }: Inner): void {
  engine().journal.append({ kind: "start", version: deps.version, pid: deps.pid });
  // a database that was lost or lagged behind gets what the journal still has open
  for (const receipt of engine().view().openReceipts) deps.store.put({ kind: "receipt", receipt });
  engine().feed({ kind: "resume" });
  boards().configure(site().config());
  for (const watch of [autoArm(), recording()]) watch.look();
}

/** The engine lets go, then sirens to rest, then the boards are let go. */
async function quietenBoards({ clock, log }: RoomsDeps, { boards, engine, relays, site }: Inner): Promise<void> {
  engine().halt();
  const want: DriverHost["want"] = (board, point, state) => boards().want(board, point, state);
  const restless = await sirensToRest({ clock, readBacks: relays, want }, site().config());
  for (const siren of restless) log.warn({ output: siren.output }, "siren was not read back at rest before the stop");
  await boards()[Symbol.asyncDispose]();
}

function recorderRoom(deps: RoomsDeps, inner: Inner): RecorderLink & Disposable {
  const { live, desk, alarms, cameras, engine, recording } = inner;
  const links = {
    recording: (row: ChannelSettings) => recording().now(row),
    clock: deps.clock,
    log: deps.log,
    live,
    recorders: deps.recorders,
    frame: deps.frame,
    holds: () => engine().view().openHolds,
    locks: () => alarms.locks(),
    unreviewed: () => alarms.unreviewed(),
    store: (intent: StoreIntent) => deps.store.put(intent),
    said(message: HoldMessage) {
      if (message.kind === "hold-answer") desk.answered(message.holdId, message.answer);
      engine().feed(message);
    },
    up(index: number, pid: number, channels: readonly number[]) {
      deps.connected("recorder", index, pid);
      engine().feed({ kind: "recorder-up", channels });
      cameras().recorder("up", channels);
    },
    down(index: number, channels: readonly number[]) {
      deps.disconnected("recorder", index);
      engine().feed({ kind: "recorder-down", channels });
      cameras().recorder("down", channels);
    },
  };
  return startRecorderLink({ ...links, silent: (bucket) => deps.silent("bucket", bucket) }, deps.config);
}

/** Alarms that the memory of the life before still has running are no new ones. */
function alarmRoom(deps: RoomsDeps, { live, recorders, engine }: Inner): AlarmDesk {
  const { memory } = deps;
  const running = [...(memory?.alarms ?? []), ...(memory?.open ?? [])].flatMap(({ alarmId }) => alarmId ?? []);
  const outlets = {
    clock: deps.clock,
    newId: () => deps.newId(),
    journal: (record: CoreRecord) => engine().journal.append(record),
    store: (intent: StoreIntent) => deps.store.put(intent),
    publish: (event: LiveEvent) => live.publish(event),
    locksChanged: () => recorders().tellLocks(),
    reviewsChanged: ({ kind, events }: ReviewChange) =>
      recorders().tellAll(kind === "reviewed" ? { kind, events } : { kind, events, all: false }),
  };
  return openAlarmDesk(outlets, { ...deps.known, running });
}

function engineRoom(deps: RoomsDeps, { live, time, latency, alarms, boards, recorders, site }: Inner): EngineShell {
  const { clock, log } = deps;
  const outlets = {
    clock,
    log,
    live,
    latency,
    memory: deps.memory,
    newId: () => deps.newId(),
    siteTime: () => time.now(),
    openJournal: (opening: () => CoreRecord) =>
      openCoreJournal({ clock, folder: deps.journalFolder, opening, failed: (why) => tellJournal(live, log, why) }),
    want: (board: number, point: number, state: OutputState, until?: Instant) =>
      boards().want(board, point, state, until),
    order: (hold: HoldOrder) => recorders().hold(hold),
    tell(channel: number | undefined, message: CoreToRecorder) {
      if (channel === undefined) recorders().tellAll(message);
      else recorders().tell(channel, message);
    },
    store: (intent: StoreIntent) => deps.store.put(intent),
    receiptKept: (receipt: Receipt) => alarms.seen(receipt),
    notify: (effect: NotifyEffect) => deps.notify(effect),
    snapshots: (order: SnapshotOrder) => deps.snapshots(order),
    turn: (order: PtzOrder) => deps.ptz.go(order),
    modeChanged(output: number, mode: OutputMode) {
      const row = site()
        .config()
        .outputs.find((candidate) => candidate.output === output);
      if (row === undefined) return;
      site().put({ part: "output", value: { ...row, mode } });
      live.publish({ kind: "config", part: "output" });
    },
    broken: (error: unknown) => deps.broken(error),
  };
  return startEngineShell(outlets, deps.config);
}

function siteRoom(deps: RoomsDeps, inner: Inner): Site {
  const { live, cameras, boards, recorders, clients, engine, autoArm, detection } = inner;
  const listeners = {
    sealer: deps.sealer,
    journal: (record: CoreRecord) => engine().journal.append(record),
    store: (intent: StoreIntent) => deps.store.put(intent),
    changed(config: SiteConfig) {
      engine().configure(config);
      // before the boards: a driver that begins asks what is known
      detection().configure(config);
      boards().configure(config);
      recorders().configure(config);
      keepConfigured(live, config);
      cameras().configured();
      autoArm().look();
    },
    removed: () => clients().refresh(),
  };
  return openSite(listeners, deps.config);
}

function commandRoom(
  deps: RoomsDeps,
  { live, desk, alarms, boards, recorders, engine, site, autoArm }: Inner,
): CommandDeps {
  return {
    clock: deps.clock,
    newId: () => deps.newId(),
    site: site(),
    engine: engine(),
    live,
    store: deps.store,
    journalSynced: () => engine().journal.synced(),
    desk,
    alarms,
    pulseRelay: (board, point, seconds) => boards().pulse(board, point, seconds),
    setLevel: (board, point, level) => boards().setLevel(board, point, level),
    probeBoard: (driver) => boards().probe(driver),
    tellRecorder: (channel, message) => recorders().tell(channel, message),
    ...{ notifier: deps.notifier, ptz: deps.ptz },
    ...{ firstStart: deps.firstStart, people: deps.people },
    newPushKeys: () => deps.newPushKeys(),
    autoArm: autoArm(),
  };
}

function clientRoom(deps: RoomsDeps, { live, detection }: Inner, commands: CommandDeps): ApiLink {
  return startApiLink({
    log: deps.log,
    live,
    execute: (actor, command) => execute(commands, actor, command),
    detection: (line) => detection().accept(line),
    up: (role, index, pid) => deps.connected(role, index, pid),
    down: (role, index) => deps.disconnected(role, index),
  });
}
