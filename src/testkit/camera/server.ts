import { createServer, type AddressInfo, type Server } from "node:net";
import { createCamera, type Camera } from "./camera.ts";
import { startEventCamera, usualTables, type EventCamera } from "./events.ts";
import { startConnection, type Connection } from "./connection.ts";
import { bufferPool } from "./delivery.ts";
import { cameraServerOptions, type CameraCommand, type CameraServerOptions } from "./options.ts";
import type { StreamCounts } from "./stream.ts";
import { seededRandom } from "../random.ts";
import { monotonicMicros } from "./timeline.ts";

export interface CameraStatus {
  readonly camera: number;
  readonly stream: "main" | "sub";
  readonly clients: number;
  readonly counts: Readonly<StreamCounts>;
}

export interface CameraServer extends AsyncDisposable {
  /** The shared port, or with `ownPorts` camera 1's. */
  readonly port: number;
  readonly ports: readonly number[];
  /** Where they say by themselves what they see; 0 without. */
  readonly eventsPort: number;
  /** Without credentials. */
  url(camera: number, stream?: "main" | "sub"): string;
  /** Carries out a command at once. Throws when it names a camera that is not there. */
  control(command: CameraCommand): Promise<readonly CameraStatus[]>;
}

/** Wake-ups while bytes wait for the shape of a link, and otherwise: what is due meanwhile goes out together. */
const busyMs = 1;
const grainMs = 4;
const longestSleepMs = 1000;
const flushMs = 200;

/**
 * Virtual cameras over RTSP (RFC 2326) with RTP interleaved on TCP only: real sockets, real bit streams, every access
 * unit marked (see `sei.ts`) and logged (see `sender-log.ts`). One timer drives all of them. Throws on bad options, a
 * missing clip or a port that is taken.
 */
export async function startCameraServer(given: CameraServerOptions): Promise<CameraServer> {
  const options = cameraServerOptions.parse(given);
  const random = seededRandom(options.seed ?? 1);
  const pool = bufferPool();
  const connections = new Set<Connection>();
  /** Those that have something to write. */
  const unsent = new Set<Connection>();
  const listeners: Listener[] = [];
  let clients = 0;
  const startMicros = monotonicMicros();
  const startWallMs = Date.now();

  const events = await startEvents(options);
  const cameras = options.cameras.map((cameraOptions, i) =>
    createCamera({
      number: i + 1,
      options: cameraOptions,
      logFolder: options.logFolder,
      pool,
      random,
      // spread over a typical picture interval, as cameras are not in step
      startMicros: startMicros + Math.floor((i * 40_000) / options.cameras.length),
      startWallMs,
      onDown: (down) => {
        const listener = options.ownPorts === true ? listeners[i] : undefined;
        if (listener !== undefined) changes.push(down ? listener.close() : listener.open());
      },
      onSays: ({ code, action, data }) => events?.say({ code, action, data, index: i }),
    }),
  );
  const changes: Promise<void>[] = [];

  const accept = (server: Server) =>
    server.on("connection", (socket) => {
      socket.setNoDelay(true);
      const connection = startConnection({
        socket,
        client: ++clients,
        pool,
        unsent,
        random,
        nowMicros: monotonicMicros,
        camera: (number) => cameras[number - 1],
      });
      connections.add(connection);
      socket.on("close", () => connections.delete(connection));
    });
  const host = options.host ?? "127.0.0.1";
  const wanted =
    options.ownPorts === true ? cameras.map((_, i) => (options.port ? options.port + i : 0)) : [options.port ?? 0];
  for (const port of wanted) listeners.push(createListener(accept, { host, port, fd: options.listenFd }));
  for (const listener of listeners) await listener.open();
  const ports = listeners.map((listener) => listener.port());
  const ticking = startTicking(cameras, connections, unsent);

  const portOf = (camera: number) => (options.ownPorts === true ? ports[camera - 1] : ports[0]) ?? 0;
  return {
    port: ports[0] ?? 0,
    ports,
    eventsPort: events?.port ?? 0,
    url: (camera, stream = "main") => `rtsp://${host}:${portOf(camera)}/cam${camera}${stream === "sub" ? "/sub" : ""}`,
    async control(command) {
      const concerned = "camera" in command && command.camera !== "all" ? [cameras[command.camera - 1]] : cameras;
      for (const camera of concerned) {
        if (camera === undefined) throw new Error(`no such camera`);
        if ("camera" in command) camera.apply(command, monotonicMicros());
        if (command.do === "event") sayEvent(events, command);
        if (command.do === "flush") for (const stream of camera.streams) stream.log.flush();
      }
      if (command.do === "events") events?.fault(command.how);
      await Promise.all(changes.splice(0));
      return cameras.flatMap(statusOf);
    },
    async [Symbol.asyncDispose]() {
      ticking[Symbol.dispose]();
      await events?.[Symbol.asyncDispose]();
      for (const connection of connections) connection.close();
      await Promise.all(listeners.map((listener) => listener.close()));
      for (const camera of cameras) camera[Symbol.dispose]();
    },
  };
}

/** With the login of the first camera, as one box has one; none where it asks for none. */
async function startEvents({ cameras, eventsPort: port }: CameraServerOptions): Promise<EventCamera | undefined> {
  if (port === undefined) return undefined;
  const { username = "admin", password = "admin", auth } = cameras[0] ?? {};
  const tables = usualTables(cameras.map(({ tripwire = "Drive" }) => tripwire));
  return startEventCamera({ username, password, port, tables, asksLogin: auth !== undefined });
}

function sayEvent(events: EventCamera | undefined, said: Extract<CameraCommand, { do: "event" }>): void {
  const { camera, code, action, data } = said;
  if (events === undefined) throw new Error("these cameras say nothing by themselves: no eventsPort");
  events.say({ code, action, index: camera - 1, data });
}

const statusOf = (camera: Camera): CameraStatus[] =>
  camera.streams.map((stream, i) => ({
    camera: camera.number,
    stream: i === 0 ? "main" : "sub",
    clients: stream.viewers.size,
    counts: { ...stream.counts },
  }));

function startTicking(
  cameras: readonly Camera[],
  connections: ReadonlySet<Connection>,
  unsent: ReadonlySet<Connection>,
): Disposable {
  const streams = cameras.flatMap((camera) => camera.streams);
  let timer: NodeJS.Timeout;
  const tick = () => {
    const now = monotonicMicros();
    let next = Infinity;
    for (const stream of streams) {
      if (stream.dueMicros <= now) stream.advance(now);
      if (stream.dueMicros < next) next = stream.dueMicros;
    }
    let busy = false;
    for (const connection of unsent) if (connection.pump(now)) busy = true;
    const sleep = Math.min(longestSleepMs, Math.max(grainMs, Math.ceil((next - now) / 1000)));
    timer = setTimeout(tick, busy ? busyMs : sleep);
  };
  tick();
  const flushing = setInterval(() => {
    for (const stream of streams) stream.log.flush();
    for (const connection of connections) connection.checkAlive(monotonicMicros());
  }, flushMs);
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      clearInterval(flushing);
    },
  };
}

interface Listener {
  open(): Promise<void>;
  close(): Promise<void>;
  port(): number;
}

/** A listening socket that can be closed and opened again on the same port. */
function createListener(
  accept: (server: Server) => void,
  where: { readonly host: string; readonly port: number; readonly fd: number | undefined },
): Listener {
  let server: Server | undefined;
  let port = where.port;
  return {
    port: () => port,
    open: () =>
      new Promise((resolve, reject) => {
        if (server !== undefined) {
          resolve();
          return;
        }
        const fresh = createServer();
        server = fresh;
        accept(fresh);
        fresh.once("error", reject);
        fresh.listen(where.fd === undefined ? { host: where.host, port } : { fd: where.fd }, () => {
          port = (fresh.address() as AddressInfo).port;
          resolve();
        });
      }),
    close: () =>
      new Promise((resolve) => {
        const old = server;
        server = undefined;
        if (old === undefined) resolve();
        else old.close(() => resolve());
      }),
  };
}
