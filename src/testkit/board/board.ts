import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { monotonicMicros } from "../camera/timeline.ts";
import { openBoardLog } from "./log.ts";
import { answerModbus, modbusReader, modbusReply, type ModbusRequest } from "./modbus-frame.ts";
import { boardOptions, type BoardCommand, type BoardOptions } from "./options.ts";
import { createTerminals } from "./terminals.ts";

export interface BoardStatus {
  /** True = closed. */
  readonly contacts: readonly boolean[];
  /** True = on. */
  readonly relays: readonly boolean[];
  readonly connections: number;
  readonly fault: BoardFault;
}

export type BoardFault = "none" | "down" | "hang" | "half-reply" | "wrong-unit" | "exception";

export interface ModbusBoard extends AsyncDisposable {
  readonly port: number;
  /** Throws when a contact is named that is not there. */
  control(command: BoardCommand): Promise<BoardStatus>;
}

/**
 * A virtual Modbus TCP board with contacts and relays (addresses: see `terminals.ts`), its own framing, so that it can
 * answer wrongly on command. Throws on bad options or a port that is taken.
 */
export async function startModbusBoard(given: BoardOptions): Promise<ModbusBoard> {
  const options = boardOptions.parse(given);
  const unit = options.unit ?? 1;
  const log = openBoardLog(options.logFile);
  log.line("reed-board-log", 1, "contacts", options.contacts, "relays", options.relays);
  const terminals = createTerminals(options, log);
  const sockets = new Set<Socket>();
  let fault: BoardFault = "none";
  let exceptionCode = 4;
  let connections = 0;

  const reply = (request: ModbusRequest): Buffer | undefined => {
    if (fault === "hang" || request.unit !== unit) return undefined;
    if (fault === "exception") return modbusReply(request, unit, Buffer.of(request.code | 0x80, exceptionCode));
    const bytes = modbusReply(request, fault === "wrong-unit" ? unit ^ 0x55 : unit, answerModbus(terminals, request));
    return fault === "half-reply" ? bytes.subarray(0, bytes.length >> 1) : bytes;
  };
  const serve = (socket: Socket) => {
    const number = ++connections;
    const read = modbusReader();
    sockets.add(socket);
    socket.setNoDelay(true);
    let lastRead = monotonicMicros();
    log.line("connection", number, "open", lastRead);
    socket.on("data", (chunk) => {
      try {
        terminals.writer = String(number);
        for (const request of read(chunk)) {
          if (request.code === readContacts) {
            const now = monotonicMicros();
            if (now - lastRead > pauseMicros) log.line("pause", number, lastRead, now);
            lastRead = now;
          }
          const bytes = reply(request);
          if (bytes !== undefined) socket.write(bytes);
        }
      } catch {
        // not Modbus: a board hangs up on it
        socket.destroy();
      }
    });
    // "close" follows
    socket.on("error", () => undefined);
    socket.on("close", () => {
      sockets.delete(socket);
      log.line("connection", number, "closed", monotonicMicros());
    });
  };
  const listener = listening(serve, options.host ?? "127.0.0.1", options.port ?? 0);
  await listener.open();

  const act = async (command: BoardCommand): Promise<void> => {
    switch (command.do) {
      case "set":
      case "pulse":
      case "bounce":
        terminals.apply(command);
        return;
      case "read":
        terminals.read(command);
        return;
      case "status":
        return;
      case "down":
        await closeSockets(sockets, listener);
        break;
      case "up":
        await listener.open();
        break;
      case "exception":
        exceptionCode = command.code ?? 4;
        break;
      case "hang":
      case "half-reply":
      case "wrong-unit":
        break;
    }
    fault = command.do === "up" ? "none" : command.do;
    log.line("fault", monotonicMicros(), JSON.stringify(command));
  };
  return {
    get port() {
      return listener.port();
    },
    async control(command) {
      await act(command);
      return { contacts: [...terminals.contacts], relays: [...terminals.relays], connections: sockets.size, fault };
    },
    async [Symbol.asyncDispose]() {
      terminals[Symbol.dispose]();
      await closeSockets(sockets, listener);
      log[Symbol.dispose]();
    },
  };
}

/** Function code of discrete inputs (Modbus application protocol §6.2). */
const readContacts = 2;
/** A longer time between two looks at the contacts is told in the log. */
const pauseMicros = 100_000;

/** The sockets' own "close" events are waited for, so that the log has them before it is closed. */
async function closeSockets(sockets: ReadonlySet<Socket>, listener: { close(): Promise<void> }): Promise<void> {
  const closed = [...sockets].map((socket) => new Promise<void>((resolve) => socket.once("close", () => resolve())));
  for (const socket of sockets) socket.destroy();
  await Promise.all([...closed, listener.close()]);
}

/** A listening socket that can be closed and opened again on the same port. */
function listening(serve: (socket: Socket) => void, host: string, wantedPort: number) {
  let server: Server | undefined;
  let port = wantedPort;
  return {
    port: () => port,
    async open(): Promise<void> {
      if (server !== undefined) return;
      const fresh = createServer(serve);
      server = fresh;
      await new Promise<void>((resolve, reject) => {
        fresh.once("error", reject);
        fresh.listen({ host, port }, resolve);
      });
      port = (fresh.address() as AddressInfo).port;
    },
    async close(): Promise<void> {
      const old = server;
      server = undefined;
      if (old !== undefined) await new Promise<void>((resolve) => old.close(() => resolve()));
    },
  };
}
