import { pino, type Logger } from "pino";

export type Log = Logger;

/** JSON lines on standard output. Fields that can hold a secret are censored wherever they stand one or two deep. */
export function createLog(process: string, level = "info"): Log {
  const secrets = ["password", "secret", "token", "key", "authorization", "cookie"];
  return pino({
    level,
    base: { process },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "***" },
  });
}

/**
 * `rtsp://user:pass@host/…` → `rtsp://***@host/…`, for every text that goes to a log or a page. A password may itself
 * hold an `@`: everything up to the last one before the path goes.
 */
export const redactUrl = (text: string): string => text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*@/gi, "$1***@");
