import { closeSync, openSync, writeSync } from "node:fs";

/**
 * What the camera itself says it sent: one append-only text file a stream, fields separated by single spaces, one line
 * a fact. Times are microseconds of CLOCK_MONOTONIC; client numbers count from 1 within the server.
 *
 *     reed-sender-log 1 camera <4 hex digits as in the SEI> clock 90000
 *     au <number> <K|-> <RTP time> <time sent> <clients sent to> <clients dropped> <packets lost>
 *         K = key frame; clients are `3,5` or `-`; "dropped" = that client's socket was full, it got no byte of it;
 *         "lost" = RTP packets left out for all clients on purpose (fault `lose`): those clients got a damaged unit
 *     gop <client> <first number> <last number> <time>     sent again at PLAY, with their first marks and times
 *     client <client> <play|closed> <time> <bytes queued and never handed to the kernel>
 *     fault <time> <JSON of the command>
 *
 * An `au` line says that the unit was queued for a client, whole. If the client closed meanwhile, up to its queued
 * bytes plus what the kernel held never arrived.
 */
export interface SenderLog extends Disposable {
  unit(line: UnitLine): void;
  gop(client: number, first: number, last: number, atMicros: number): void;
  client(client: number, what: "play" | "closed", atMicros: number, unsentBytes: number): void;
  fault(atMicros: number, command: unknown): void;
  /** Hands everything to the file (page cache). */
  flush(): void;
}

export interface UnitLine {
  readonly number: number;
  readonly key: boolean;
  readonly rtpTime: number;
  readonly sentMicros: number;
  readonly sentTo: readonly number[];
  readonly droppedFor: readonly number[];
  readonly lostPackets: number;
}

/** Lines are gathered up to this many characters, then written; the owner also flushes by time. */
const gather = 16_384;

const list = (clients: readonly number[]): string => (clients.length === 0 ? "-" : clients.join(","));

export const unitText = (line: UnitLine): string =>
  `au ${line.number} ${line.key ? "K" : "-"} ${line.rtpTime} ${line.sentMicros} ${list(line.sentTo)} ` +
  `${list(line.droppedFor)} ${line.lostPackets}\n`;

export function openSenderLog(path: string, camera: number): SenderLog {
  const fd = openSync(path, "a");
  let text = "";
  const flush = () => {
    for (let rest = Buffer.from(text, "latin1"); rest.length > 0; rest = rest.subarray(writeSync(fd, rest)));
    text = "";
  };
  const add = (line: string) => {
    text += line;
    if (text.length >= gather) flush();
  };
  add(`reed-sender-log 1 camera ${camera.toString(16).padStart(4, "0")} clock 90000\n`);
  return {
    unit: (line) => add(unitText(line)),
    gop: (client, first, last, atMicros) => add(`gop ${client} ${first} ${last} ${atMicros}\n`),
    client: (client, what, atMicros, unsent) => add(`client ${client} ${what} ${atMicros} ${unsent}\n`),
    fault: (atMicros, command) => add(`fault ${atMicros} ${JSON.stringify(command)}\n`),
    flush,
    [Symbol.dispose]() {
      flush();
      closeSync(fd);
    },
  };
}

/** A log that nobody reads. */
export const noSenderLog = (): SenderLog => ({
  unit: () => undefined,
  gop: () => undefined,
  client: () => undefined,
  fault: () => undefined,
  flush: () => undefined,
  [Symbol.dispose]: () => undefined,
});

/** The `au` lines of a log, for tests. */
export function readUnits(text: string): UnitLine[] {
  const clients = (field: string) => (field === "-" ? [] : field.split(",").map(Number));
  return text
    .split("\n")
    .filter((line) => line.startsWith("au "))
    .map((line) => {
      const [, number, key, rtpTime, sent, sentTo = "-", droppedFor = "-", lost] = line.split(" ");
      return {
        number: Number(number),
        key: key === "K",
        rtpTime: Number(rtpTime),
        sentMicros: Number(sent),
        sentTo: clients(sentTo),
        droppedFor: clients(droppedFor),
        lostPackets: Number(lost),
      };
    });
}
