/** What the recorder's unit tests share: hand-made access units, a camera that is fed by hand, a disk that can fail. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBlockPool } from "../media/block.ts";
import type { AccessUnit, BlockPool, VideoParameters } from "../media/types.ts";
import { instant, type Instant } from "../kernel/time.ts";
import type { ChannelPlan, HoldOrder, RecorderPlan, RecorderToCore } from "../messages/recorder.ts";
import { fakeClock, type FakeClock } from "../testkit/fake-clock.ts";
import type { Ingest, IngestState } from "./ingest/ingest.ts";
import type { Files } from "./ports.ts";
import { startRecorder, type Recorder } from "./recorder.ts";
import { nodeFiles } from "./volumes/node-files.ts";
import type { OpenStore } from "./volumes/volume-set.ts";

export const parameters: VideoParameters = {
  ...{ kind: "video", codec: "h264", vps: new Uint8Array(), codecString: "avc1.42c01e", width: 320, height: 192 },
  sps: Uint8Array.from([0x67, 0x42, 0xc0, 0x1e, 0xda, 0x05, 0x07, 0xe4]),
  pps: Uint8Array.from([0x68, 0xce, 0x3c, 0x80]),
  ...{ frameRate: 25, reorderDepth: 0 },
};
export const frameMs = 40;

/** Unit `number` of a camera with 25 pictures a second; its bytes name it. */
export function unitOf(number: number, clock: FakeClock, pool: BlockPool, more: Partial<AccessUnit> = {}): AccessUnit {
  const text = Buffer.from(`<unit ${String(number).padStart(6, "0")}>`.padEnd(200, "x"));
  const block = pool.take(text.length);
  block.bytes.set(text);
  return {
    ...{ track: "video", data: block.bytes.subarray(0, text.length), pts: number * 3600, dts: number * 3600 },
    ...{ key: false, arrival: clock.now(), wall: clock.wall(), session: 1, parameters, afterLoss: false, block },
    ...more,
  };
}

/** `journal`: writes of a volume's journal. */
type Operation = "writev" | "dataSync" | "open" | "truncate" | "journal";

export interface FaultyFiles extends Files {
  /** The next calls of an operation on a path that fits fail; `short` writes half of the bytes. */
  fail(operation: Operation, how: string, times?: number): void;
  /** Calls of an operation do not end until the returned function is called. */
  hang(operation: Operation): () => void;
  /** Everything that hangs goes on. */
  answer(): void;
  readonly inFlight: number;
  readonly synced: number;
}

/** The machine's files, with failures on demand. Only paths below `footage` fail. */
export function faultyFiles(): FaultyFiles {
  const failures = new Map<Operation, { how: string; times: number }>();
  const hanging = new Map<Operation, Promise<void>>();
  const answers = new Set<() => void>();
  const footage = new Set<number>();
  const journals = new Set<number>();
  let inFlight = 0;
  let hung = 0;
  let synced = 0;
  const failure = (operation: Operation): string | undefined => {
    const planned = failures.get(operation);
    if (planned === undefined || planned.times === 0) return undefined;
    planned.times--;
    return planned.how;
  };
  const guarded = async <T>(operation: Operation, concerned: boolean, work: () => Promise<T>): Promise<T> => {
    const wait = concerned ? hanging.get(operation) : undefined;
    if (wait !== undefined) {
      hung++;
      await wait;
      hung--;
    }
    const how = concerned ? failure(operation) : undefined;
    if (how !== undefined && how !== "short") throw Object.assign(new Error(how), { code: how });
    return work();
  };
  const counted = <A extends unknown[], T>(call: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      inFlight++;
      try {
        return await call(...args);
      } finally {
        inFlight--;
      }
    };
  };
  const all: Files = {
    ...nodeFiles,
    open: (path, mode) =>
      guarded("open", path.endsWith(".mp4") && mode === "create", async () => {
        const fd = await nodeFiles.open(path, mode);
        if (path.endsWith(".mp4") && mode === "create") footage.add(fd);
        else footage.delete(fd);
        if (path.endsWith(".rec.log")) journals.add(fd);
        else journals.delete(fd);
        return fd;
      }),
    writev: (fd, parts, position) =>
      guarded(journals.has(fd) ? "journal" : "writev", journals.has(fd) || footage.has(fd), () => {
        const short = footage.has(fd) && failures.get("writev")?.how === "short-now";
        if (!short) return nodeFiles.writev(fd, parts, position);
        failures.delete("writev");
        return nodeFiles.writev(fd, parts.slice(0, Math.ceil(parts.length / 2)), position);
      }),
    async dataSync(fd) {
      await guarded("dataSync", footage.has(fd), () => nodeFiles.dataSync(fd));
      synced++;
    },
    truncate: (fd, size) => guarded("truncate", footage.has(fd), () => nodeFiles.truncate(fd, size)),
  };
  const files = Object.fromEntries(
    Object.entries(all).map(([name, call]) => [name, counted(call as (...args: unknown[]) => Promise<unknown>)]),
  ) as unknown as Files;
  return {
    ...files,
    fail(operation, how, times = 1) {
      failures.set(operation, how === "short" ? { how: "short-now", times: 0 } : { how, times });
    },
    hang(operation) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      hanging.set(operation, promise);
      const answer = () => {
        hanging.delete(operation);
        resolve(undefined);
      };
      answers.add(answer);
      return answer;
    },
    answer() {
      for (const answer of answers) answer();
    },
    get inFlight() {
      return inFlight - hung;
    },
    get synced() {
      return synced;
    },
  };
}

export interface Rig extends AsyncDisposable {
  readonly clock: FakeClock;
  readonly files: FaultyFiles;
  readonly recorder: Recorder;
  readonly messages: RecorderToCore[];
  /** Why the camera's session was to begin anew. */
  readonly renewed: string[];
  /** Whether the camera's sound was to be asked for, word by word. */
  readonly sounds: boolean[];
  /** Cameras that were begun with, main and sub streams. */
  readonly sessions: number;
  readonly pool: BlockPool;
  readonly data: string;
  /** The camera sends pictures for so long; a key frame every `gop`. */
  feed(ms: number, gop?: number, more?: Partial<AccessUnit>): Promise<void>;
  /** Time passes without pictures. */
  pass(ms: number): Promise<void>;
  camera(state: IngestState["state"], reason?: string): void;
  hold(holdId: string, more?: Partial<HoldOrder>): HoldOrder;
  of<K extends RecorderToCore["kind"]>(kind: K): Extract<RecorderToCore, { kind: K }>[];
  /** Numbers of the units in the files, in their order. */
  inFiles(): number[];
  /** The same of the sub stream, which sends a unit with each of the main one's: its number and half a million. */
  inSubFiles(): number[];
  subCamera(state: IngestState["state"], reason?: string): void;
  readonly next: number;
  /** Leaves the folder for another rig. */
  keepFolder(): void;
}

export interface RigOptions {
  readonly mode?: ChannelPlan["recordMode"];
  readonly data?: string;
  readonly clock?: FakeClock;
  readonly plan?: Partial<RecorderPlan>;
  readonly firstUnit?: number;
  readonly openStore?: OpenStore;
}

export async function rig(options: RigOptions = {}): Promise<Rig> {
  const clock = options.clock ?? fakeClock();
  const data = options.data ?? mkdtempSync(join(tmpdir(), "reed-rig-"));
  const files = faultyFiles();
  const pool = createBlockPool({ blockBytes: 4096 });
  const messages: RecorderToCore[] = [];
  const renewed: string[] = [];
  const sounds: boolean[] = [];
  let sessions = 0;
  let next = options.firstUnit ?? 0;
  let onUnit: (unit: AccessUnit) => void = () => undefined;
  let onState: (state: IngestState) => void = () => undefined;
  let onSubUnit: ((unit: AccessUnit) => void) | undefined;
  let onSubState: (state: IngestState) => void = () => undefined;
  let keep = options.data !== undefined;
  const session = (): Ingest => {
    sessions++;
    const counts = { accessUnits: 0, bytes: 0, lostPackets: 0, reconnects: 0, clockJumps: 0 };
    const idle = { state: "connecting", reason: "", since: clock.wall() } as const;
    return {
      ...{ retry: () => undefined, setEager: () => undefined, stats: counts, state: idle },
      renew: (reason) => void renewed.push(reason),
      askSound: (wanted) => void sounds.push(wanted),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  };
  const recorder = await startRecorder({
    ...{ clock, files, dataFolder: data, mediaSocket: join(data, `media-${next}.sock`), index: 0, pool },
    log: { info: () => undefined, warn: () => undefined },
    loopDelayP99Ms: () => 0,
    ...(options.openStore === undefined ? {} : { openStore: options.openStore }),
    startIngest(_plan, unit, state) {
      onUnit = unit;
      onState = state;
      return session();
    },
    startSubIngest(_plan, unit, state) {
      onSubUnit = unit;
      onSubState = state;
      return session();
    },
  });
  recorder.connected((message) => messages.push(message));
  const quiet = async (): Promise<void> => {
    for (let calm = 0; calm < 4; calm = files.inFlight === 0 ? calm + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const channel: ChannelPlan = {
    ...{ channel: 1, name: "door", url: "rtsp://camera/", username: "", password: "", audio: false },
    ...{ recordMode: options.mode ?? "continuous", preRecordMs: 4000 },
  };
  const volume = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 };
  const plan = { revision: 1, channels: [channel], volumes: [volume], memoryBytes: 64e6, segmentMs: 60_000 };
  recorder.receive({ kind: "plan", plan: { ...plan, ...options.plan } });
  await quiet();
  const made: Rig = {
    ...{ clock, files, recorder, messages, renewed, sounds, pool, data },
    get sessions() {
      return sessions;
    },
    async feed(ms, gop = 50, more = {}) {
      for (let left = ms; left > 0; left -= frameMs) {
        clock.advance(frameMs);
        const unit = unitOf(next, clock, pool, { key: next % gop === 0, ...more });
        const small = unitOf(500_000 + next, clock, pool, { key: next % gop === 0, ...more });
        next++;
        onUnit(unit);
        onSubUnit?.(small);
        unit.block.release();
        small.block.release();
        if (next % 6 === 0) await quiet();
      }
      await quiet();
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= 250) {
        clock.advance(Math.min(250, left));
        await quiet();
      }
    },
    camera: (state, reason = "") => onState({ state, reason, since: clock.wall() }),
    hold(holdId, more = {}) {
      const edgeAt = clock.now();
      const order: HoldOrder = {
        ...{ holdId, eventId: `e-${holdId}`, channel: 1, trigger: "edge", bootId: clock.bootId, edgeAt },
        ...{ edgeWall: clock.wall(), preMs: 4000, boundAt: instant(edgeAt + 600_000), endAt: instant(edgeAt + 3000) },
        ...more,
      };
      recorder.receive({ kind: "hold", hold: order });
      return order;
    },
    of: (kind) => messages.filter((message): message is never => message.kind === kind),
    inFiles: () => segmentFiles(data, "main").flatMap((path) => numbersIn(readFileSync(path))),
    inSubFiles: () => segmentFiles(data, "sub").flatMap((path) => numbersIn(readFileSync(path))),
    subCamera: (state, reason = "") => onSubState({ state, reason, since: clock.wall() }),
    get next() {
      return next;
    },
    keepFolder: () => void (keep = true),
    async [Symbol.asyncDispose]() {
      files.answer();
      await recorder[Symbol.asyncDispose]();
      if (!keep) rmSync(data, { recursive: true, force: true });
    },
  };
  return made;
}

export const numbersIn = (bytes: Buffer): number[] =>
  [...bytes.toString("latin1").matchAll(/<unit (\d{6})>/g)].map((match) => Number(match[1]));

/** Paths of all segment files of a data folder, in the order of their names. */
export const segmentFiles = (data: string, stream: "main" | "sub" = "main"): string[] =>
  readdirSync(join(data, "footage"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".mp4") && name.includes(`-${stream}/`))
    .sort()
    .map((name) => join(data, "footage", name));

export const upTo = (end: number, from = 0): number[] => Array.from({ length: end - from }, (_, i) => from + i);
export const at = (ms: number): Instant => instant(ms);
