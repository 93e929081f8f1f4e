import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Answers are whatever the API says; tests look at what they need. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test reads members of many different answers
export type Json = any;

/** The API with credentials; rejects with status and text unless the answer is 2xx. */
export interface Api {
  get(path: string): Promise<Json>;
  post(path: string, body?: unknown): Promise<Json>;
  put(path: string, body?: unknown): Promise<Json>;
  patch(path: string, body?: unknown): Promise<Json>;
  remove(path: string): Promise<Json>;
  bytes(path: string): Promise<Buffer>;
  readonly key: string;
}

export interface RunningReed extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly data: string;
  /** The first-start token; empty once an administrator exists. */
  readonly token: string;
  /** Creates the administrator with the token, and a key that may do everything. */
  administrator(): Promise<Api>;
  withKey(key: string): Api;
  /** Process id of `core`, `recorder-0`, `api`, `analysis`, `detection` or `bucket-…` as its pid file says. */
  pid(name: string): number;
  /** Clean stop; gives the exit code. */
  stop(): Promise<number>;
  /** `kill -9` of every process. */
  killAll(): Promise<void>;
  start(): Promise<void>;
  /** What the processes printed. */
  output(): string;
}

export interface StartOptions {
  /** Given: that folder is used and left where it is. */
  readonly data?: string;
  readonly args?: readonly string[];
  /** Put before the command, e.g. `["strace", …]`. */
  readonly wrap?: readonly string[];
}

/** Asks until the answer is true; rejects with `what` after `limitMs`: when to give up, on the slowest machine. */
export async function until(check: () => Promise<boolean> | boolean, what: string, limitMs = 60_000): Promise<void> {
  const end = performance.now() + limitMs;
  let last = "";
  while (performance.now() < end) {
    try {
      if (await check()) return;
      last = "";
    } catch (error) {
      last = error instanceof Error ? `: ${error.message}` : "";
    }
    await pause(50);
  }
  throw new Error(`waited ${limitMs / 1000} s in vain: ${what}${last}`);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Starts the built Reed as `npm start` does, on a free port, in a folder of its own that is removed at the end. */
export async function startReed(options: StartOptions = {}): Promise<RunningReed> {
  const folder = options.data ?? mkdtempSync(join(tmpdir(), "rd-"));
  const data = options.data ?? join(folder, "data");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let printed = "";
  const start = async () => {
    const args = ["dist/cli/main.js", "run", "--data", data, "--port", String(port), "--host", "127.0.0.1"];
    const [command = process.execPath, ...rest] = [...(options.wrap ?? []), process.execPath, ...args];
    child = spawn(command, [...rest, ...(options.args ?? [])], { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-200_000)));
    }
    const started = child;
    await until(
      async () => {
        if (started.exitCode !== null) throw new Error(`ended with ${started.exitCode}`);
        const answer = (await (await fetch(`${url}/health`)).json()) as { ready: boolean };
        return answer.ready;
      },
      `Reed is ready (${printed.slice(-2000)})`,
    );
  };
  const stop = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? 0;
    const ended = new Promise<number>((resolve) => child?.once("exit", (code) => resolve(code ?? 1)));
    child.kill("SIGTERM");
    return ended;
  };
  const killAll = async () => {
    child?.kill("SIGKILL");
    for (const name of ["core", "recorder-0", "api", "analysis", "detection"]) killByFile(data, name);
    await pause(50);
    // core may have started another one between the two kills
    for (const name of ["core", "recorder-0", "api", "analysis", "detection"]) killByFile(data, name);
  };
  try {
    await start();
  } catch (error) {
    await killAll();
    throw error;
  }
  return {
    url,
    port,
    folder,
    data,
    get token() {
      const file = join(data, "first-start-token");
      return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
    },
    async administrator() {
      return apiWith(url, await firstKey(url, readFileSync(join(data, "first-start-token"), "utf8").trim()));
    },
    withKey: (key) => apiWith(url, key),
    pid: (name) => Number(readFileSync(join(data, "run", `${name}.pid`), "utf8")),
    stop,
    killAll,
    start,
    output: () => printed,
    async [Symbol.asyncDispose]() {
      const patience = setTimeout(() => void killAll(), 15_000);
      await stop();
      clearTimeout(patience);
      await killAll();
      if (options.data === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function killByFile(data: string, name: string): void {
  const file = join(data, "run", `${name}.pid`);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8"));
  try {
    // a pid may have been given to somebody else meanwhile
    if (readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(data)) process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

async function firstKey(url: string, token: string): Promise<string> {
  const json = { "content-type": "application/json" };
  const body = JSON.stringify({ token, name: "admin", password: "a long sentence for tests" });
  const made = await fetch(`${url}/api/setup`, { method: "POST", headers: json, body });
  if (!made.ok) throw new Error(`setup: ${made.status} ${await made.text()}`);
  const cookie = made.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const scopes = ["read", "footage", "arm", "control", "configure", "metrics"];
  const key = await fetch(`${url}/api/keys`, {
    method: "POST",
    headers: { ...json, cookie },
    body: JSON.stringify({ name: "test", scopes }),
  });
  if (!key.ok) throw new Error(`key: ${key.status} ${await key.text()}`);
  return ((await key.json()) as { key: string }).key;
}

function apiWith(url: string, key: string): Api {
  const ask = async (method: string, path: string, body?: unknown) => {
    const headers: Record<string, string> = { authorization: `Bearer ${key}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`${url}/api/${path}`, init);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const json = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const text = await (await ask(method, path, body)).text();
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    key,
    get: (path) => json("GET", path),
    post: (path, body = {}) => json("POST", path, body),
    put: (path, body = {}) => json("PUT", path, body),
    patch: (path, body = {}) => json("PATCH", path, body),
    remove: (path) => json("DELETE", path),
    bytes: async (path) => Buffer.from(await (await ask("GET", path)).arrayBuffer()),
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
