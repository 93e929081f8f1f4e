import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uuidV7 } from "../kernel/ids.ts";
import type { WallTime } from "../kernel/time.ts";
import { defaults, type VolumeSettings } from "../domain/site-config.ts";
import { dataPaths } from "../platform/paths.ts";

/** What the demo may fill, bytes. */
const demoBytes = 1_000_000_000;

/** The data folder and the one for sockets, for this user only. */
export function ensureDataFolder(data: string): void {
  for (const folder of [data, dataPaths(data).run]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  }
}

/** The time before the first user exists, when a one-time token lets somebody create the administrator. */
export interface FirstStart {
  /** Undefined once somebody took the chance. */
  readonly token: string | undefined;
  /** One caller gets true; whoever comes after is too late. */
  take(): boolean;
  /** The user is in the database, or on the way there: the token's file goes. */
  created(name: string): void;
  /** The user is out of the database, or on the way out. After the last one somebody may be first again, with a new token. */
  removed(name: string): void;
}

/**
 * The token is 32 random bytes in `<data>/first-start-token` (0600); an earlier one that nobody used stays good. When
 * users exist there is none, and a file that was left behind goes. `announce` is told of a token that is made later,
 * when the last user was removed.
 */
export function beginFirstStart(data: string, users: readonly string[], announce: (token: string) => void): FirstStart {
  const path = join(data, "first-start-token");
  // names are compared without regard to case, as the database does
  const known = new Set(users.map((name) => name.toLowerCase()));
  const end = () => rmSync(path, { force: true });
  if (known.size > 0) end();
  let token = known.size > 0 ? undefined : tokenIn(path);
  return {
    get token() {
      return token;
    },
    take() {
      const open = token !== undefined;
      token = undefined;
      return open;
    },
    created(name) {
      known.add(name.toLowerCase());
      end();
    },
    removed(name) {
      if (!known.delete(name.toLowerCase()) || known.size > 0) return;
      token = tokenIn(path);
      announce(token);
    },
  };
}

function tokenIn(path: string): string {
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  const token = randomBytes(32).toString("base64url");
  writeFileSync(path, `${token}\n`, { mode: 0o600, flag: "wx" });
  return token;
}

/** The volume that a new installation records to. */
export const defaultVolume = (data: string, wall: WallTime, demo: boolean): VolumeSettings => ({
  id: uuidV7(wall, randomBytes(10)),
  path: dataPaths(data).footage,
  maxShare: defaults.maxShare,
  ...(demo ? { maxBytes: demoBytes } : {}),
  keepDays: defaults.keepDays,
});
