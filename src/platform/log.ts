import { logFile } from "./log-file.ts";
import { pino, type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/** Log that waits for a reader who does not read, bytes; beyond it lines are left out. */
const mostWaiting = 8 * 1024 * 1024;

let output: DestinationStream | undefined;

/** Standard output, never waited for: a terminal that was stopped or a full pipe must not hold up an alarm. */
const standardOutput = (): DestinationStream =>
  (output ??= pino.destination({ dest: 1, sync: false, maxLength: mostWaiting }));

/** Fields that can hold a secret. */
export const secretNames: readonly string[] = ["password", "secret", "token", "key", "authorization", "cookie"];

/**
 * JSON lines on standard output, and in a file of the process when a folder is given. Fields that can hold a secret are
 * censored wherever they stand one or two deep.
 */
export function createLog(process: string, level = "info", folder?: string): Log {
  const redact = { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "***" };
  const options = { level, base: { process }, redact };
  if (folder === undefined) return pino(options, standardOutput());
  const streams = [standardOutput(), logFile(folder, process)].map((stream) => ({ stream, level: "trace" as const }));
  return pino(options, pino.multistream(streams));
}

/**
 * `rtsp://user:pass@host/…` → `rtsp://***@host/…`, for every text that goes to a log or a page. A password may itself
 * hold an `@`: everything up to the last one before the path goes.
 */
export const redactUrl = (text: string): string => text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, "$1***@");
