/** A NUT server for tests: speaks RFC 9271 as far as a client of ours asks. */
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

export interface NutServer extends AsyncDisposable {
  readonly port: number;
  /** `ups.status`, or the name of an error. */
  status: string;
  login: { readonly username: string; readonly password: string } | undefined;
  /** What clients said, line by line; passwords as stars. */
  readonly heard: string[];
  /** Answers nothing any more. */
  mute: boolean;
  cut(): void;
}

export async function nutServer(): Promise<NutServer> {
  const sockets = new Set<Socket>();
  const heard: string[] = [];
  const state = { status: "OL", login: undefined as NutServer["login"], mute: false };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    const user = { name: "", password: "" };
    let rest = "";
    socket.setEncoding("utf8");
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (text: string) => {
      rest += text;
      for (let at = rest.indexOf("\n"); at >= 0; at = rest.indexOf("\n")) {
        const line = rest.slice(0, at);
        rest = rest.slice(at + 1);
        heard.push(line.replace(/^PASSWORD .*/, "PASSWORD ***"));
        if (!state.mute) socket.write(`${answer(line, user, state)}\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    heard,
    cut,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  });
}

function answer(
  line: string,
  user: { name: string; password: string },
  { status, login }: Pick<NutServer, "status" | "login">,
): string {
  const [, word = "", argument = ""] = /^(\w+) ?"?([^"]*)"?/.exec(line) ?? [];
  if (word === "USERNAME") user.name = argument;
  if (word === "PASSWORD") user.password = argument;
  if (word === "USERNAME" || word === "PASSWORD") return "OK";
  if (word === "LOGIN")
    return login === undefined || (user.name === login.username && user.password === login.password)
      ? "OK"
      : "ERR ACCESS-DENIED";
  if (!line.startsWith("GET VAR ")) return "ERR UNKNOWN-COMMAND";
  if (!line.includes('"ups"')) return "ERR UNKNOWN-UPS";
  return /^[A-Z]+-[A-Z-]+$/.test(status) ? `ERR ${status}` : `VAR ups ups.status "${status}"`;
}
