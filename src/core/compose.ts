/** Joins core's rooms with database, drivers, sockets and child processes. Stop order is reverse start order. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { getPriority, networkInterfaces, totalmem } from "node:os";
import { join } from "node:path";
import { uuidV7 } from "../kernel/ids.ts";
import { memoryFrom, type EngineMemory } from "../domain/engine.ts";
import type { CoreRecord, Stamped } from "../messages/journal.ts";
import type { StoreIntent, StoreStart, StoreWriter } from "../messages/store.ts";
import { dahuaEvents } from "../drivers/camera-events/dahua.ts";
import { dahuaPtz } from "../drivers/ptz/dahua.ts";
import { onvifPtz } from "../drivers/ptz/onvif.ts";
import { createDriver } from "../drivers/registry.ts";
import { systemClock } from "../platform/clock.ts";
import { machineClock } from "../platform/machine.ts";
import { createLog, type Log } from "../platform/log.ts";
import { dataPaths } from "../platform/paths.ts";
import { requestSnapshot } from "../platform/snapshot-client.ts";
import { openSealer, sealConfig, unsealSite, type Sealer } from "../store/secrets.ts";
import { openStoreForStart } from "../store/start.ts";
import { startStoreWriter } from "../store/writer.ts";
import { keptSinceLastStop, withKept } from "./alarm-desk.ts";
import { autoArmStart } from "./auto-arm.ts";
import { closedSinceLastStop, readCoreJournal, toRepeat } from "./core-journal.ts";
import { ensureEvidenceKey } from "./evidence-key.ts";
import { beginFirstStart, defaultVolume, ensureDataFolder } from "./first-start.ts";
import { openFrontDoor } from "./front-door.ts";
import { startBridges } from "./notify/mqtt/bridges.ts";
import { openDeadLetters } from "./notify/dead-letters.ts";
import { openObjectPictures } from "./notify/object-pictures.ts";
import { keepPictures, openPictureDesk } from "./notify/picture-desk.ts";
import { openPictureShelf } from "./picture-shelf.ts";
import { startNotifier } from "./notify/notifier.ts";
import { probes } from "./notify/probes.ts";
import { newPushKeys, pushTransport } from "./notify/push.ts";
import { fetchExchange, transports } from "./notify/transports.ts";
import { keepAllAfterRebuild, memoryBudget } from "./recorder-plan.ts";
import { openPeople } from "./people.ts";
import { openPtzDesk } from "./ptz-desk.ts";
import { ptzStart } from "./ptz-start.ts";
import { openRooms, type Rooms } from "./rooms.ts";
import { startVigil } from "./vigil.ts";
import { startSupervisor, type Supervisor } from "./supervisor.ts";
import { processesOf, recorders } from "./wanted-processes.ts";

export interface CoreOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly demo: boolean;
  /** How often this core was started again after it had ended unasked. */
  readonly restarts: number;
  /** The battery runs out: stop, and perhaps switch the machine off. */
  shutDown(how: "stop" | "power-off"): void;
}

export interface Core {
  /** Clean stop: sirens to rest, children ended, journal and database flushed. */
  stop(): Promise<void>;
}

/** Starts core and, through it, everything else. */
export async function startCore(options: CoreOptions): Promise<Core> {
  const clock = systemClock();
  const log = createLog("core", "info", dataPaths(options.data).logs);
  const paths = dataPaths(options.data);
  ensureDataFolder(options.data);
  const sealer = openSealer(paths.secretKey);
  const { records, damaged } = readCoreJournal(paths.journal);
  if (damaged > 0) log.warn({ damaged }, "journal lines with a wrong checksum were left out");
  const kept = keptSinceLastStop(records);
  const start = withKept(readStart(paths.database, sealer), kept, closedSinceLastStop(records));
  const firstStart = beginFirstStart(options.data, start.users, (token) => announceFirstStart(options, token));
  const store = startStoreWriter(paths.database, (message, details) => log.warn({ ...details }, message));
  const newId = () => uuidV7(clock.wall(), randomBytes(10));
  const letters = openDeadLetters(paths.deadLetters, log);
  const snapshot = (channel: number) => snapshotOf(join(paths.run, "analysis.sock"), channel, log);
  const pictures = openPictureDesk({ clock, keep: keepPictures(paths.pictures, log), snapshot });
  const objectPictures = openObjectPictures(paths.detection);
  const people = openPeople(start.people);
  const push = pushTransport({
    config: () => rooms.site.config(),
    rightsOf: (person) => people.rightsOf(person),
    languageOf: (person) => people.languageOf(person),
    gone: (id) => void rooms.execute({ kind: "system", name: "push" }, { kind: "remove", part: "subscription", id }),
    exchange: fetchExchange,
  });
  const transport = transports({ push, mqtt: (target, message) => bridges.send(target, message) });
  const notifier = startNotifier({
    clock,
    log,
    letters,
    pictures,
    objectPictures,
    newId,
    transport,
    probe: probes({ transport }),
    worked: (target) => vigil.weekly.worked(target),
    config: () => rooms.site.config(),
    snapshot,
  });
  const children: { supervisor?: Supervisor } = {};
  const rooms = openRooms({
    clock,
    log,
    version: packageVersion(),
    pid: process.pid,
    journalFolder: paths.journal,
    config: start.config,
    leftTroubles: start.troubles,
    memory: rememberedOf(records, kept, store),
    known: start,
    sealer: { seal: (change) => sealConfig(sealer, change) },
    createDriver,
    store,
    recorders,
    frame: {
      memoryBytes: memoryBudget(totalmem()),
      ...(start.rebuiltAt === undefined ? {} : { keepAllUntil: keepAllAfterRebuild(start.rebuiltAt) }),
    },
    newId,
    clockFacts: machineClock,
    autoArmStart: autoArmStart(records),
    announce: (target, said) => notifier.tell(target, { ...said, urgency: "normal", receipt: undefined, pictures: [] }),
    lastSeen: records.at(-1)?.wall,
    notify: ({ notifier: target, receipt, action, until }) => notifier.send(target, receipt, action.test, until),
    snapshots: (order) => pictures.take(order),
    objectTripped: (trip) => objectPictures.tripped(trip),
    picture: (channel) => requestSnapshot(join(paths.run, "analysis.sock"), channel),
    pictureShelf: openPictureShelf({ clock, folder: paths.timedPictures, log }),
    notifier: { ...notifier, letters },
    cameraEvents: { dahua: dahuaEvents() },
    ptz: openPtzDesk({
      clock,
      config: () => rooms.site.config(),
      drivers: { dahua: dahuaPtz(), onvif: onvifPtz() },
      away: ptzStart(records),
    }),
    ...{ firstStart, people, newPushKeys },
    // uncaught: `main.ts` says so and ends the process
    broken: (error) =>
      queueMicrotask(() => void Promise.reject(error instanceof Error ? error : new Error(String(error)))),
    connected: (role, index, pid) => children.supervisor?.connected(role, index, pid) ?? true,
    disconnected: (role, index) => children.supervisor?.disconnected(role, index),
    silent: (role, index) => children.supervisor?.end(role, index),
  });
  const bridges = startBridges({
    clock,
    log,
    config: () => rooms.site.config(),
    state: () => rooms.live.snapshot(),
    onEvent: (handle) => rooms.live.onEvent(handle),
    async ask(command, broker) {
      const answer = await rooms.execute({ kind: "system", name: `broker ${broker}` }, command);
      return answer.ok ? { ok: true } : { ok: false, why: answer.error.message };
    },
  });
  if (start.config.volumes.length === 0)
    rooms.site.put({ part: "volume", value: defaultVolume(options.data, clock.wall(), options.demo) });
  ensureEvidenceKey(rooms.site.config(), (change) => rooms.site.put(change), clock.wall());
  await store.flushed();
  if (firstStart.token !== undefined) announceFirstStart(options, firstStart.token);
  const door = await openFrontDoor({
    socketPath: paths.coreSocket,
    log,
    recorder: (hello, line) => rooms.recorders.accept(hello, line),
    client: (hello, line) => rooms.clients.accept(hello, line),
  });
  const supervisor = startSupervisor({
    clock,
    log,
    data: options.data,
    basePriority: getPriority(process.ppid),
    processes: processesOf(options, rooms.site.config()),
    onState: (state) => rooms.processState(state),
  });
  children.supervisor = supervisor;
  followConfig(rooms, supervisor, options);
  const { restarts } = options;
  rooms.processState({ name: "core", pid: process.pid, state: "running", restarts, since: clock.wall() });
  rooms.begin();
  const vigil = startVigil({
    ...{ clock, log, rooms, notifier, transport, weeklyFile: paths.weekly },
    shutDown: (how) => options.shutDown(how),
  });
  return {
    async stop() {
      vigil[Symbol.dispose]();
      // sirens to rest before anything that a network could hold up
      await rooms.quieten();
      await bridges[Symbol.asyncDispose]();
      await stopCore(rooms, supervisor, door, store);
    },
  };
}

/** Some processes run only while the configuration has work for them. */
function followConfig(rooms: Rooms, supervisor: Supervisor, options: CoreOptions): void {
  rooms.live.onEvent((_seq, event) => {
    if (event.kind !== "config") return;
    const wanted = processesOf(options, rooms.site.config());
    supervisor.want(wanted);
    const names = ["core", ...wanted.map(({ name }) => name)];
    if (rooms.live.snapshot().processes.every(({ name }) => names.includes(name))) return;
    rooms.live.keepOnly("processes", names);
    rooms.clients.refresh();
  });
}

/** Clean stop. The children write and close their files before the rooms that they talk to are closed. */
async function stopCore(
  rooms: Rooms,
  supervisor: Supervisor,
  door: AsyncDisposable,
  store: StoreWriter,
): Promise<void> {
  await supervisor[Symbol.asyncDispose]();
  await door[Symbol.asyncDispose]();
  await rooms.close();
  await store[Symbol.asyncDispose]();
}

/** The configuration with its secrets in plain; the database is closed again before the writer thread opens it. */
function readStart(database: string, sealer: Sealer): StoreStart {
  const store = openStoreForStart(database);
  try {
    return {
      config: unsealSite(sealer, store.config),
      users: store.users,
      people: store.people,
      troubles: store.troubles,
      alarms: store.alarms,
      locks: store.locks,
      recorded: store.recorded,
      ...(store.rebuiltAt === undefined ? {} : { rebuiltAt: store.rebuiltAt }),
    };
  } finally {
    store.close();
  }
}

/** What the journal knows of the life before; undefined on the first start. The database gets what it may have lost. */
function rememberedOf(
  records: readonly Stamped<CoreRecord>[],
  kept: readonly StoreIntent[],
  store: StoreWriter,
): EngineMemory | undefined {
  for (const receipt of toRepeat(closedSinceLastStop(records))) store.put({ kind: "receipt", receipt });
  for (const intent of kept) store.put(intent);
  return records.length === 0 ? undefined : memoryFrom(records.map((stamped) => stamped.record));
}

/** On standard output and nowhere else: whoever reads the log stream must not become administrator. */
function announceFirstStart(options: CoreOptions, token: string): void {
  console.log(
    `\nCreate the administrator here (once):\n  http://${shownHost(options.host)}:${options.port}/setup?token=${token}\n`,
  );
}

/** An address that somebody else can open: for "every address" the machine's first one. */
function shownHost(host: string): string {
  if (host !== "0.0.0.0" && host !== "::") return host.includes(":") ? `[${host}]` : host;
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find((address) => address.family === "IPv4" && !address.internal)?.address ?? "localhost";
}

async function snapshotOf(socketPath: string, channel: number, log: Log): Promise<Uint8Array | undefined> {
  try {
    return await requestSnapshot(socketPath, channel);
  } catch (error) {
    log.warn({ channel, error: error instanceof Error ? error.message : String(error) }, "no snapshot for a message");
    return undefined;
  }
}

function packageVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
