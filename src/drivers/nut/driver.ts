import { after, between, later, seconds, type Instant } from "../../kernel/time.ts";
import type { NutSettings } from "../../domain/driver-settings.ts";
import { upsPoints } from "../../domain/ups.ts";
import type { Driver, DriverDeps } from "../driver.ts";
import { trackLevels, type LevelTrack } from "../level-track.ts";
import { keepRunning, sleepUntil, Unauthorized } from "../reconnect.ts";
import { connectNut, mustBeOk, type NutConnection } from "./connection.ts";
import { quoted, upsLevels } from "./protocol.ts";

/** A UPS behind a NUT server (upsd); connects at once and keeps trying until it is disposed. */
export function startNutDriver(settings: NutSettings, deps: DriverDeps, pollMs = seconds(settings.pollS)): Driver {
  const stop = new AbortController();
  const levels = trackLevels(deps.events);
  const life = async (signal: AbortSignal, online: () => void) => {
    const connection = await connectNut(settings, deps.clock, signal);
    const lost = new AbortController();
    const closed = () => {
      connection.close();
      lost.abort();
    };
    signal.addEventListener("abort", closed);
    try {
      await logIn(connection, settings);
      const first = await look(connection, settings);
      online();
      apply(levels, first, deps.clock.now());
      await pollForEver({ connection, settings, deps, levels, pollMs }, lost.signal);
    } finally {
      signal.removeEventListener("abort", closed);
      connection.close();
      levels.forget();
    }
  };
  const running = keepRunning(deps, stop.signal, life);
  return {
    want: () => undefined,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

/** With a user it is also told in time when the UPS shuts everything down (LOGIN counts us among its clients). */
async function logIn(connection: NutConnection, { ups, username, password }: NutSettings): Promise<void> {
  if (username === "") return;
  mustBeOk(await connection.ask(`USERNAME ${quoted(username)}`));
  mustBeOk(await connection.ask(`PASSWORD ${quoted(password)}`));
  mustBeOk(await connection.ask(`LOGIN ${quoted(ups)}`));
}

type Seen =
  { readonly kind: "status"; readonly words: readonly string[] } | { readonly kind: "stale"; readonly why: string };

async function look(connection: NutConnection, { ups }: NutSettings): Promise<Seen> {
  const answer = await connection.ask(`GET VAR ${quoted(ups)} ups.status`);
  if (answer.kind === "status" || answer.kind === "stale") return answer;
  if (answer.kind === "refused") throw new Unauthorized(answer.why);
  throw new Error(answer.kind === "error" ? answer.why : "the server answered something else");
}

function apply(levels: LevelTrack, seen: Seen, at: Instant): void {
  if (seen.kind === "status") {
    for (const [point, level] of upsLevels(seen.words)) levels.saw(point, { level, at });
  } else {
    for (const point of Object.values(upsPoints)) levels.saw(point, { level: "fault", at, reason: seen.why });
  }
}

interface Polling {
  readonly connection: NutConnection;
  readonly settings: NutSettings;
  readonly deps: DriverDeps;
  readonly levels: LevelTrack;
  readonly pollMs: number;
}

async function pollForEver({ connection, settings, deps, levels, pollMs }: Polling, lost: AbortSignal): Promise<void> {
  const { clock, events } = deps;
  let due = after(clock.now(), pollMs);
  let before: Instant | undefined;
  for (;;) {
    await sleepUntil(clock, due, lost);
    if (lost.aborted) throw new Error("the connection was closed");
    const started = clock.now();
    if (before !== undefined) events.polled(between(before, started));
    before = started;
    const seen = await look(connection, settings);
    events.heard(seen.kind === "status");
    apply(levels, seen, clock.now());
    due = later(after(started, pollMs), clock.now());
  }
}
