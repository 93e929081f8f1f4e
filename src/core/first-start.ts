import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { uuidV7 } from "../kernel/ids.ts";
import type { WallTime } from "../kernel/time.ts";
import { defaults, type VolumeSettings } from "../domain/site-config.ts";
import { dataPaths } from "../platform/paths.ts";

const tokenFile = (data: string) => join(data, "first-start-token");
/** What the demo may fill, bytes. */
const demoBytes = 1_000_000_000;

/** The data folder and the one for sockets, for this user only. */
export function ensureDataFolder(data: string): void {
  for (const folder of [data, dataPaths(data).run]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  }
}

/**
 * The one-time token that lets somebody who is not on this machine create the administrator: 32 random bytes in
 * `<data>/first-start-token` (0600). An earlier one that nobody used stays valid.
 */
export function firstStartToken(data: string): string {
  const path = tokenFile(data);
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  const token = randomBytes(32).toString("base64url");
  writeFileSync(path, `${token}\n`, { mode: 0o600, flag: "wx" });
  return token;
}

/** A user exists: the token is worth nothing any more. */
export const removeFirstStartToken = (data: string): void => rmSync(tokenFile(data), { force: true });

/** The volume that a new installation records to. */
export const defaultVolume = (data: string, wall: WallTime, demo: boolean): VolumeSettings => ({
  id: uuidV7(wall, randomBytes(10)),
  path: dataPaths(data).footage,
  maxShare: defaults.maxShare,
  ...(demo ? { maxBytes: demoBytes } : {}),
  keepDays: defaults.keepDays,
});
