/**
 * A camera that says by itself what it sees: the event stream of Amcrest and Dahua (`eventManager.cgi`) behind Digest,
 * with its configuration tables. What began and did not end is told to whoever asks.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { digestChallenge, isDigest } from "../http-digest.ts";

export interface EventCameraOptions {
  readonly username?: string;
  readonly password?: string;
  /** [true] */
  readonly asksLogin?: boolean;
  /** [any] */
  readonly port?: number;
  /** Answers of `getConfig`, by table; one that is not here is not there. [motion, covering and smart motion are on] */
  readonly tables?: Readonly<Record<string, string>>;
}

export interface CameraEvent {
  /** e.g. `VideoMotion`. */
  readonly code: string;
  readonly action: "Start" | "Stop" | "Pulse";
  /** [0] Which camera behind the address, from 0. */
  readonly index?: number;
  readonly data?: unknown;
}

export const eventFaults = ["up", "drop", "down", "refuse", "hang", "busy", "deny"] as const;
export type EventFault = (typeof eventFaults)[number];

export interface EventCamera extends AsyncDisposable {
  readonly port: number;
  /** Clients of the stream now. */
  readonly listeners: number;
  /** Logins that it refused. */
  readonly refused: number;
  say(event: CameraEvent): void;
  /** Bytes as they are, into every stream. */
  write(bytes: string | Uint8Array): void;
  /**
   * `drop`: streams end, new ones are taken. `down`: nobody gets through. `refuse`: the password is another one from now
   * on, and streams end. `hang`: nothing is said or answered any more. `busy` and `deny`: streams go on, but what is so
   * now is answered with 503, or asks for another login. `up`: ends all of it.
   */
  fault(fault: EventFault): void;
}

/** Tables of a recorder with cameras whose tripwires are called so: motion, covering and smart motion are on, too. */
export function usualTables(tripwires: readonly string[] = ["Drive"]): Readonly<Record<string, string>> {
  const lines = (name: string, rowsOf: (tripwire: string) => readonly string[]) =>
    tripwires.flatMap((tripwire, at) => rowsOf(tripwire).map((row) => `table.${name}[${at}]${row}\r\n`)).join("");
  return {
    MotionDetect: lines("MotionDetect", () => [".Enable=true"]),
    BlindDetect: lines("BlindDetect", () => [".Enable=true"]),
    LossDetect: lines("LossDetect", () => [".Enable=false"]),
    SmartMotionDetect: lines("SmartMotionDetect", () => [
      ...[".Enable=true", ".ObjectTypes.Human=true", ".ObjectTypes.Vehicle=true"],
    ]),
    VideoAnalyseRule: lines("VideoAnalyseRule", (tripwire) => [
      ...["[0].Enable=true", `[0].Name=${tripwire}`, "[0].Type=CrossLineDetection"],
    ]),
  };
}

const border = "myboundary";
const heartbeatMs = 1000;

/** One part of the stream as cameras write it: line ends in front of the border, none counted. */
export const eventPart = (body: string): string =>
  `--${border}\r\nContent-Type: text/plain\r\nContent-Length:${Buffer.byteLength(body)}\r\n\r\n${body}\r\n\r\n`;

export const eventBody = ({ code, action, index = 0, data }: CameraEvent): string =>
  `Code=${code};action=${action};index=${index}${data === undefined ? "" : `;data=${JSON.stringify(data, undefined, 3)}`}`;

/** Listens on loopback until it is disposed. */
export async function startEventCamera(options: EventCameraOptions = {}): Promise<EventCamera> {
  const { username = "admin", password = "admin", asksLogin = true, tables = usualTables() } = options;
  const streams = new Set<ServerResponse>();
  const running = new Map<string, Set<number>>();
  const state = { fault: "up" as EventFault, refused: 0 };
  const answer = (asked: URLSearchParams, response: ServerResponse): void => {
    const table = Object.hasOwn(tables, asked.get("name") ?? "") ? tables[asked.get("name") ?? ""] : undefined;
    const indexes = [...(running.get(asked.get("code") ?? "") ?? [])];
    if (asked.get("action") === "attach") begin(response);
    else if (asked.get("action") === "getEventIndexes" && state.fault === "busy") response.writeHead(503).end();
    else if (asked.get("action") === "getEventIndexes" && state.fault === "deny")
      response.writeHead(401, digestChallenge).end();
    else if (asked.get("action") === "getConfig" && table !== undefined) response.end(table);
    else if (asked.get("action") === "getEventIndexes" && indexes.length > 0)
      response.end(indexes.map((index, at) => `channels[${at}]=${index}\r\n`).join(""));
    else response.writeHead(400).end("Error\r\nBad Request!\r\n");
  };
  const begin = (response: ServerResponse): void => {
    response.writeHead(200, { "Content-Type": `multipart/x-mixed-replace; boundary=${border}` });
    response.flushHeaders();
    streams.add(response);
    response.on("close", () => streams.delete(response));
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    if (state.fault === "hang") return;
    const login = { username, password: state.fault === "refuse" ? `not ${password}` : password };
    if (state.fault === "down") request.socket.destroy();
    else if ((!asksLogin && state.fault !== "refuse") || isDigest(request, login))
      answer(new URL(request.url ?? "", "http://camera").searchParams, response);
    else {
      if (request.headers.authorization !== undefined) state.refused++;
      response.writeHead(401, digestChallenge).end();
    }
  };
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const write = (bytes: string | Uint8Array): void => {
    if (state.fault !== "hang") for (const stream of streams) stream.write(bytes);
  };
  const heart = setInterval(() => write(eventPart("Heartbeat")), heartbeatMs);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    get listeners() {
      return streams.size;
    },
    get refused() {
      return state.refused;
    },
    say(event) {
      const indexes = running.get(event.code) ?? new Set<number>();
      if (event.action === "Start") indexes.add(event.index ?? 0);
      if (event.action === "Stop") indexes.delete(event.index ?? 0);
      running.set(event.code, indexes);
      write(eventPart(eventBody(event)));
    },
    write,
    fault(fault) {
      state.fault = fault;
      if (fault === "drop" || fault === "down" || fault === "refuse") for (const stream of streams) stream.destroy();
    },
    async [Symbol.asyncDispose]() {
      clearInterval(heart);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
