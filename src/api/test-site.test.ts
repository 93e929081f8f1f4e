import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { ok, err, type Result } from "../kernel/result.ts";
import { instant, wallTime, type WallTime } from "../kernel/time.ts";
import type { FastifyContextConfig } from "fastify";
import type { EventMessage } from "../contract/streams.ts";
import type { Actor, Command, CommandError, Role, Scope } from "../messages/api.ts";
import type { StoreIntent } from "../messages/store.ts";
import { createLog } from "../platform/log.ts";
import { volumeFolder } from "../platform/paths.ts";
import { applyIntent } from "../store/apply.ts";
import { directOver, openForWriting } from "../store/database.ts";
import { openStoreReads } from "../store/read.ts";
import { openSealer, sealConfig } from "../store/secrets.ts";
import { writeEmptyDatabase } from "../store/test-database.test.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { quietState } from "../testkit/quiet-state.ts";
import { buildApp } from "./app.ts";
import { tokenHash } from "./auth/secrets.ts";
import { nearFiles, type SegmentFiles } from "./footage/segment-files.ts";
import type { ApiDeps, FootagePort, PlaybackPort } from "./ports.ts";
import type { LiveSource } from "./live/ports.ts";

export { quietArming, quietState } from "../testkit/quiet-state.ts";

export interface TestSiteOptions {
  readonly footage?: FootagePort;
  readonly webRoot?: string;
  readonly playback?: PlaybackPort;
  readonly segmentFiles?: SegmentFiles;
  readonly openBucket?: ApiDeps["openBucket"];
  readonly convertClip?: ApiDeps["convertClip"];
  readonly live?: LiveSource;
  readonly looks?: ApiDeps["looks"];
  readonly askModel?: ApiDeps["askModel"];
  readonly machine?: Partial<ApiDeps["machine"]>;
  readonly snapshot?: ApiDeps["snapshot"];
  readonly keyPicture?: ApiDeps["keyPicture"];
  readonly smallPicture?: ApiDeps["smallPicture"];
  readonly probe?: ApiDeps["probe"];
  readonly firstStartToken?: string;
  readonly log?: ApiDeps["log"];
}

/**
 * A whole api over a database of its own and a small core that writes what it is asked to, as the real one does, and
 * answers other commands with `answer`. `put` writes rows past the api.
 */
export async function testSite(t: TestContext, options: TestSiteOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "reed-api-"));
  const path = join(folder, "reed.db");
  writeEmptyDatabase(path);
  const database = openForWriting(path);
  const db = directOver(database);
  const put = (...intents: StoreIntent[]) => intents.forEach((intent) => applyIntent(db, intent));
  const sealer = openSealer(join(folder, "secret.key"));
  const clock = fakeClock(instant(1_000_000));
  const asked: { actor: Actor; command: Command }[] = [];
  const listeners = new Set<(message: EventMessage) => void>();
  const core = {
    here: true,
    state: quietState,
    answer: (command: Command): Result<unknown, CommandError> => ok({ done: command.kind }),
  };
  const obey = (command: Command): Result<unknown, CommandError> => {
    const at = clock.wall();
    if (command.kind === "put") put({ kind: "config", change: sealConfig(sealer, command.change) });
    else if (command.kind === "put-all")
      for (const change of command.changes) put({ kind: "config", change: sealConfig(sealer, change) });
    else if (command.kind === "remove") put({ kind: "config-removed", part: command.part, id: command.id });
    else if (command.kind === "acknowledge-alarm" || command.kind === "resolve-alarm") put(reviewOf(command, at));
    else if (command.kind === "lock-footage") return lock(command, at);
    else if (command.kind === "bookmark") return bookmark(command, at);
    else if (command.kind === "remove-bookmark") put({ kind: "bookmark-removed", id: command.id, by: "user test" });
    else if (command.kind === "release-locks")
      command.ids.forEach((id) => put({ kind: "lock-released", id, by: "user test", at }));
    else if (command.kind === "account") put({ kind: "account", op: command.op, at });
    return core.answer(command);
  };
  const lock = (command: Extract<Command, { kind: "lock-footage" }>, at: WallTime): Result<unknown, CommandError> => {
    const { reason, alarmId, forMs } = command;
    const ids = command.spans.map(({ channel, from, to }) => {
      const id = `lock-${++locks}`;
      const made = { id, channel, from: wallTime(from), to: wallTime(to), reason, by: "user test", at };
      const more = alarmId === undefined ? {} : { alarmId };
      if (forMs === undefined) put({ kind: "footage-locked", lock: { ...made, ...more } });
      return id;
    });
    return ok({ ids });
  };
  const bookmark = ({ at, to, ...said }: Extract<Command, { kind: "bookmark" }>, madeAt: WallTime) => {
    const id = `mark-${++locks}`;
    const times = { at: wallTime(at), ...(to === undefined ? {} : { to: wallTime(to) }) };
    put({
      kind: "bookmark",
      bookmark: { id, channels: said.channels, note: said.note, ...times, by: "user test", madeAt },
    });
    return ok({ id });
  };
  const reads = openStoreReads(path);
  let locks = 0;
  let tokens = 0;
  const routes: string[] = [];
  /** What each route says of itself; later hooks may still change it. */
  const configs = new Map<string, { readonly config?: FastifyContextConfig }>();
  const app = await buildApp(
    {
      core: {
        ask: (actor, command) => {
          if (!core.here) return Promise.resolve(err({ code: "unavailable", message: "Core is not running." }));
          asked.push({ actor, command });
          return Promise.resolve(obey(command));
        },
        live: () => (core.here ? { seq: 1, state: core.state } : undefined),
        onMessage: (handle) => (listeners.add(handle), () => void listeners.delete(handle)),
      },
      reads,
      sealer,
      clock,
      log: options.log ?? createLog("api", "silent"),
      version: "0.0.0-test",
      passwords: {
        hash: (password) => Promise.resolve(`hash of ${password}`),
        verify: (hash, password) => Promise.resolve(hash === `hash of ${password}`),
      },
      webRoot: options.webRoot ?? "/nonexistent",
      footage: options.footage ?? { open: () => Promise.resolve({ parts: [], read: () => emptyBytes() }) },
      playback: options.playback ?? nothingToPlay,
      segmentFiles: options.segmentFiles ?? nearFiles,
      openBucket: options.openBucket ?? (() => Promise.reject(new Error("There is no bucket here."))),
      volumeFolder: (volume) => volumeFolder(folder, volume),
      convertClip: options.convertClip ?? (() => Promise.reject(new Error("Nothing is converted here."))),
      exportFolder: join(folder, "exports"),
      journalFolder: join(folder, "journal"),
      pictureFolder: join(folder, "pictures"),
      timedPictureFolder: join(folder, "timed-pictures"),
      detectionFolder: join(folder, "detection"),
      modelFolder: join(folder, "models"),
      askModel: options.askModel ?? (() => Promise.reject(new Error("There is no model."))),
      looks: options.looks ?? { watch: () => ({ [Symbol.dispose]: () => undefined }) },
      walkFolder: join(folder, "walk-tests"),
      live: options.live ?? { watch: () => ({ [Symbol.dispose]: () => undefined }) },
      machine: {
        usage: () => undefined,
        network: () => ({
          ...{ hostname: "box", addresses: [], systemTimeZone: "UTC", upMs: 5000 },
          clock: { synchronised: "unknown", by: "" },
        }),
        listening: () => [{ host: "127.0.0.1", port: 8480, tls: false }],
        folder: () => Promise.resolve({ fits: true, warnings: [] }),
        medium: () => Promise.resolve(undefined),
        measure: () => Promise.reject(new Error("There is no disk.")),
        logs: () => Promise.resolve({ processes: [], lines: [], more: false }),
        notices: () => Promise.resolve([]),
        licence: () => Promise.resolve(undefined),
        ...options.machine,
      },
      keyPicture: options.keyPicture ?? (() => Promise.reject(new Error("There is no picture."))),
      smallPicture: options.smallPicture ?? (() => Promise.reject(new Error("There is no picture."))),
      snapshot: options.snapshot ?? (() => Promise.reject(new Error("There is no picture."))),
      probe: options.probe ?? {
        run: () => ({ [Symbol.dispose]: () => undefined }),
        decode: () => Promise.reject(new Error("There is no decoder.")),
      },
      random: (bytes) => new Uint8Array(bytes).fill(++tokens),
      firstStartToken: () => options.firstStartToken,
    },
    (route) => {
      for (const method of [route.method].flat()) {
        routes.push(`${method} ${route.url}`);
        configs.set(`${method} ${route.url}`, route);
      }
    },
  );
  t.after(async () => {
    await app.close();
    await reads[Symbol.asyncDispose]();
    database.close();
    rmSync(folder, { recursive: true });
  });

  /** An API key with these scopes, as a header. */
  const key = (...scopes: Scope[]) => {
    const text = `reed_${scopes.join("-")}`;
    const op = { kind: "create-key" as const, id: text, name: text, keyHash: tokenHash(text), scopes };
    put({ kind: "account", op, at: wallTime(1) });
    return { authorization: `Bearer ${text}` };
  };
  /** The cookie of somebody who is logged in. */
  const session = (role: Role = "administrator", name: string = role) => {
    const account = (op: Extract<StoreIntent, { kind: "account" }>["op"]): StoreIntent => ({
      kind: "account",
      op,
      at: clock.wall(),
    });
    put(account({ kind: "create-user", name, role, passwordHash: "hash of right password", firstStart: false }));
    const expiresAt = clock.wall() + 86_400_000;
    put(account({ kind: "create-session", tokenHash: tokenHash(`session of ${name}`), user: name, expiresAt }));
    return { cookie: `reed_session=${encodeURIComponent(`session of ${name}`)}` };
  };
  const send = async (
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    url: string,
    headers: Record<string, string> = {},
    payload?: object,
  ) => {
    const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    const body = bodyOf(answer.body);
    /** What stands at a path like `0.live.state`. */
    const at = (path: string) =>
      path.split(".").reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body);
    return { status: answer.statusCode, body, at, headers: answer.headers, text: answer.body };
  };
  const tell = (message: EventMessage) => listeners.forEach((listener) => listener(message));
  const pictureFolder = join(folder, "pictures");
  const journalFolder = join(folder, "journal");
  const detectionFolder = join(folder, "detection");
  const modelFolder = join(folder, "models");
  return {
    app,
    routes,
    configs,
    pictureFolder,
    journalFolder,
    detectionFolder,
    modelFolder,
    put,
    sealer,
    clock,
    asked,
    core,
    key,
    session,
    send,
    tell,
    reads,
    listeners,
  };
}

const reviewOf = (
  command: Extract<Command, { kind: "acknowledge-alarm" | "resolve-alarm" }>,
  at: WallTime,
): StoreIntent => ({
  ...{ kind: "alarm-reviewed", alarmId: command.alarmId, by: "user test", at },
  ...(command.kind === "resolve-alarm" ? { state: "resolved", note: command.note } : { state: "acknowledged" }),
});

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const nothingToPlay: PlaybackPort = {
  line: () => Promise.resolve([]),
  init: () => Promise.resolve(undefined),
  media: () => Promise.resolve(undefined),
};

async function* emptyBytes(): AsyncGenerator<Uint8Array> {
  // nothing of it is there
}

// other tests import this file; this one is run once
if (import.meta.main) {
  test("the core of a test site has written what it was asked to before it answers, as the real one has", async (t) => {
    const site = await testSite(t);
    await site.send("POST", "/api/channels", site.key("configure"), { url: "rtsp://192.0.2.1/", password: "secret" });
    const [row] = (await site.reads.config()).channels;
    assert.match(row?.password ?? "", /^sealed:v1:/);
  });
}
