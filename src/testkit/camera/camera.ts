import { join } from "node:path";
import { loadClip, type Source } from "./clip.ts";
import type { CameraDoor, Connection } from "./connection.ts";
import type { BufferPool } from "./delivery.ts";
import type { CameraCommand, CameraOptions, CameraSays } from "./options.ts";
import { sayAlong } from "./says.ts";
import { noSenderLog, openSenderLog } from "./sender-log.ts";
import { startStream, type Stream } from "./stream.ts";
import { mediaClock } from "./timeline.ts";

/** One virtual camera: its streams, its faults, who is connected. */
export interface Camera extends CameraDoor, Disposable {
  readonly streams: readonly Stream[];
  /** Carries out a command that concerns this camera. */
  apply(command: CameraCommand, nowMicros: number): void;
}

export interface CameraDeps {
  readonly number: number;
  readonly options: CameraOptions;
  readonly logFolder: string | undefined;
  readonly pool: BufferPool;
  readonly random: () => number;
  readonly startMicros: number;
  /** Milliseconds since 1970 at `startMicros`. */
  readonly startWallMs: number;
  /** `down` began or ended. */
  readonly onDown: (down: boolean) => void;
  /** It says something by itself. */
  readonly onSays: (said: CameraSays) => void;
}

const subStream = 0x8000;

export function createCamera(deps: CameraDeps): Camera {
  const { number, options } = deps;
  const clock = mediaClock(deps.startMicros, options.driftPpm ?? 0);
  const wallStart = deps.startWallMs + (options.wallOffsetMs ?? 0);
  const connections = new Set<Connection>();
  const fault: { down: boolean; hung: boolean; refuse: CameraDoor["refuse"]; inSdp: boolean } = {
    down: false,
    hung: false,
    refuse: undefined,
    inSdp: options.inSdp ?? true,
  };
  let upTimer: NodeJS.Timeout | undefined;
  /** Of the clip that it began with. */
  let along: ((ticks: number) => void) | undefined = sayAlong(options.says ?? [], deps.onSays);

  const open = (source: Source, which: "main" | "sub"): Stream => {
    const camera = number + (which === "sub" ? subStream : 0);
    const file = `cam${number}${which === "sub" ? "-sub" : ""}.log`;
    return startStream({
      ...deps,
      camera,
      clip: loadClip(source),
      layout: { inBand: options.inBand ?? true, aggregate: options.aggregate ?? false },
      join: options.join ?? "key",
      queueBytes: options.queueBytes ?? 1024 * 1024,
      reportMicros: (options.reportSeconds ?? 5) * 1e6,
      clock,
      onPicture: which === "main" ? (ticks) => along?.(ticks) : undefined,
      log: deps.logFolder === undefined ? noSenderLog() : openSenderLog(join(deps.logFolder, file), camera),
      // the camera's wall clock runs with its own crystal, so that reports and media agree
      wallMs: (ticks) => wallStart + ticks / 90,
    });
  };
  const main = open(options.source, "main");
  const sub = options.sub === undefined ? undefined : open(options.sub, "sub");
  const streams = sub === undefined ? [main] : [main, sub];

  const setDown = (down: boolean) => {
    if (fault.down !== down) deps.onDown(down);
    fault.down = down;
  };
  const closeAll = () => {
    for (const connection of [...connections]) connection.close();
  };
  const thawAll = () => {
    for (const connection of connections) connection.thaw();
  };
  const healthy = () => {
    clearTimeout(upTimer);
    setDown(false);
    fault.hung = false;
    fault.refuse = undefined;
    for (const stream of streams) {
      stream.withhold(false);
      stream.mute(false);
    }
    thawAll();
  };
  const reboot = (downMs: number) => {
    closeAll();
    for (const stream of streams) stream.restartRtp();
    healthy();
    if (downMs === 0) return;
    setDown(true);
    upTimer = setTimeout(healthy, downMs);
  };
  const change = (source: Source) => {
    const clip = loadClip(source);
    along = undefined;
    if (clip.video.codec !== main.clip.video.codec) closeAll();
    main.change(clip);
  };
  const act = (command: CameraCommand, nowMicros: number): void => {
    switch (command.do) {
      case "down":
        setDown(true);
        closeAll();
        return;
      case "up":
        healthy();
        return;
      case "stall":
        for (const stream of streams) stream.withhold(true);
        return;
      case "mute":
        for (const stream of streams) stream.mute(true);
        return;
      case "hang":
        fault.hung = true;
        for (const connection of connections) connection.freeze();
        return;
      case "reboot":
        reboot(command.downMs ?? 0);
        return;
      case "disconnect":
        closeAll();
        return;
      case "jump":
        for (const stream of streams) stream.jump(command.ticks);
        return;
      case "lose":
        main.lose(command.packets);
        return;
      case "refuse":
        fault.refuse = command.how;
        return;
      case "parameter-sets":
        fault.inSdp = command.inSdp;
        return;
      case "change-parameters":
        change(command.source);
        return;
      case "drift":
        clock.setDrift(command.ppm, nowMicros);
        return;
      // of the server
      case "event":
      case "events":
      case "status":
      case "flush":
        return;
    }
  };
  return {
    number,
    auth: options.auth ?? [],
    credentials: { username: options.username ?? "admin", password: options.password ?? "admin" },
    shape: options.shape ?? "burst",
    sessionMicros: (options.sessionSeconds ?? 60) * 1e6,
    connections,
    streams,
    get inSdp() {
      return fault.inSdp;
    },
    get refuse() {
      return fault.refuse;
    },
    get down() {
      return fault.down;
    },
    get hung() {
      return fault.hung;
    },
    stream: (which) => (which === "main" ? main : sub),
    admits: () => [...connections].filter((other) => other.hasSession).length < (options.limit ?? Infinity),
    apply(command, nowMicros) {
      for (const stream of streams) stream.log.fault(nowMicros, command);
      act(command, nowMicros);
    },
    [Symbol.dispose]() {
      clearTimeout(upTimer);
      closeAll();
      for (const stream of streams) stream.log[Symbol.dispose]();
    },
  };
}
