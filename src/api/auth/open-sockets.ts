import { after, minutes, type Clock } from "../../kernel/time.ts";
import { closeCodes } from "../../contract/streams.ts";
import type { Login } from "../app-types.ts";
import type { Standing } from "./gate.ts";

/** What of a WebSocket is needed to end it. */
interface Socket {
  close(code: number, reason: string): void;
  on(event: "close", handle: () => void): unknown;
}

/** The WebSockets that are open, with the login that each was opened by: none outlives its login. */
export interface OpenSockets extends Disposable {
  add(login: Login | undefined, socket: Socket): void;
  /** Closes those whose session, user or key is gone or has run out, or whose rights are others now. */
  recheck(): Promise<void>;
}

const endings = {
  gone: [closeCodes.loggedOut, "logged out"],
  changed: [closeCodes.rightsChanged, "what this login may see has changed; connect again"],
} as const;

/** Sessions also run out by themselves, and accounts are changed on the machine. */
const lookMs = minutes(1);

/** `standing` asks whether a login still opens doors. Nothing is closed when that can't be found out. */
export function openSockets(clock: Clock, standing: (login: Login) => Promise<Standing>): OpenSockets {
  const open = new Map<Socket, Login>();
  /** Armed while sockets are open. */
  let cancel: (() => void) | undefined;
  const recheck = async () => {
    const logins = new Set(open.values());
    for (const login of logins) {
      const now = await standing(login);
      if (now === "good") continue;
      const [code, reason] = endings[now];
      for (const [socket, whose] of open) if (whose === login) socket.close(code, reason);
    }
  };
  const look = () => {
    cancel = undefined;
    // a database that can't be read now is read again a minute later
    void recheck().catch(() => undefined);
    wakeLater();
  };
  const wakeLater = () => {
    if (open.size > 0) cancel ??= clock.wakeAt(after(clock.now(), lookMs), look);
  };
  return {
    add(login, socket) {
      if (login === undefined) return;
      open.set(socket, login);
      wakeLater();
      socket.on("close", () => void open.delete(socket));
    },
    recheck,
    [Symbol.dispose]() {
      open.clear();
      cancel?.();
    },
  };
}
