/**
 * One serial line with all boards on it. One request is under way at a time, commands of every board go before reads of
 * any, and the line rests between two frames as long as the standard asks. A board that does not answer is lost alone.
 */
import { after, later, type Clock, type Duration, type Instant } from "../../kernel/time.ts";
import type { Request } from "./protocol.ts";
import { encodeFrame, replyLength, silenceMs, takeFrame, wireMs, type TakenFrame } from "./rtu-frame.ts";
import { lineText, type OpenSerial, type RtuPlace, type SerialLink } from "./serial-port.ts";

export type Frame = Extract<TakenFrame, { kind: "frame" }>;

/** A request of one board, as it waits for the line. */
export interface LineJob {
  readonly unit: number;
  readonly command: boolean;
  /** How often it is sent before it counts as unanswered. */
  readonly tries: number;
  /** Called right before it is sent, each time. */
  make(): Request;
  sent(): void;
  /** One try was in vain. */
  missed(): void;
  answered(request: Request, frame: Frame): void;
  failed(reason: string): void;
}

export interface RtuLine {
  /** Sends when the line is free; the bytes are with the port inside this call where it has rested long enough. */
  submit(job: LineJob): void;
  /** Takes back what waits; one that is under way is no longer told, but keeps the line until it is answered. */
  withdraw(which: (job: LineJob) => boolean): void;
  /** With a sentence, when the port is gone. Returns how to stop listening. */
  onGone(tell: (reason: string) => void): () => void;
  /** The last one that lets go closes the port. */
  release(): void;
}

/** Beyond what the bytes of request and reply take; adapters on USB keep bytes back for up to 16 ms. */
export const answerPatience: Duration = 500;

/** A job, and how often it was sent so far. */
interface Waiting {
  readonly job: LineJob;
  readonly tried: number;
}

interface UnderWay extends Waiting {
  readonly request: Request;
  /** Nobody wants its answer any more, but the line is not free before it came. */
  orphan: boolean;
  readonly cancel: () => void;
}

interface Opened {
  readonly line: RtuLine;
  users: number;
  readonly place: RtuPlace;
  readonly ready: Promise<unknown>;
}

/** By path: a port can be opened once only, and several boards speak on it. */
const lines = new Map<string, Opened>();
const closing = new Map<string, Promise<void>>();

/** The line at a path, opened for the first one who asks. Throws a sentence. */
export async function shareLine(place: RtuPlace, clock: Clock, open: OpenSerial): Promise<RtuLine> {
  await closing.get(place.path);
  const known = lines.get(place.path);
  if (known !== undefined && lineText(known.place) !== lineText(place)) {
    throw new Error(
      `another board uses ${place.path} with ${lineText(known.place)}, this one asks for ${lineText(place)}`,
    );
  }
  const opened = known ?? startLine(place, clock, open);
  opened.users++;
  try {
    await opened.ready;
  } catch (error) {
    opened.line.release();
    throw error;
  }
  return opened.line;
}

function startLine(place: RtuPlace, clock: Clock, open: OpenSerial): Opened {
  const { path, baudRate } = place;
  const waiting: Waiting[] = [];
  const listeners = new Set<(reason: string) => void>();
  const silence = silenceMs(baudRate);
  let link: SerialLink | undefined;
  let current: UnderWay | undefined;
  let received: Uint8Array = new Uint8Array(0);
  let quietFrom: Instant = clock.now();
  let cancelRest: () => void = () => undefined;

  const gone = (reason: string) => {
    if (lines.get(path) === opened) lines.delete(path);
    link = undefined;
    current?.cancel();
    cancelRest();
    current = undefined;
    waiting.length = 0;
    for (const tell of [...listeners]) tell(reason);
  };
  const send = ({ job, tried }: Waiting) => {
    const request = job.make();
    const takes = wireMs(8 + replyLength(request), baudRate);
    const cancel = clock.wakeAt(after(clock.now(), takes + answerPatience), () => missed("it does not answer"));
    received = new Uint8Array(0);
    current = { job, tried: tried + 1, request, orphan: false, cancel };
    link?.write(encodeFrame(job.unit, request));
    quietFrom = after(clock.now(), wireMs(8, baudRate) + silence);
    job.sent();
  };
  /** Asked again at once, after commands that came meanwhile. */
  const missed = (why: string) => {
    const done = current;
    if (done === undefined) return;
    done.cancel();
    current = undefined;
    if (!done.orphan) done.job.missed();
    if (!done.orphan && done.tried < done.job.tries) waiting.unshift({ job: done.job, tried: done.tried });
    else if (!done.orphan) done.job.failed(why);
    next();
  };
  /** As soon as the line has been silent for long enough: at once, if it has. */
  const rested = (then: () => void) => {
    cancelRest();
    if (clock.now() >= quietFrom) then();
    else cancelRest = clock.wakeAt(quietFrom, then);
  };
  const next = () => {
    if (current !== undefined || link === undefined || waiting.length === 0) return;
    rested(() => {
      if (current !== undefined || link === undefined) return;
      const [first] = waiting.splice(
        Math.max(
          0,
          waiting.findIndex(({ job }) => job.command),
        ),
        1,
      );
      if (first !== undefined) send(first);
    });
  };
  const receive = (chunk: Uint8Array) => {
    quietFrom = later(quietFrom, after(clock.now(), silence));
    const done = current;
    if (done === undefined) return;
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const taken = takeFrame(received, done.job.unit, done.request);
    if (taken.kind === "bad") missed(taken.reason);
    if (taken.kind !== "frame") return;
    done.cancel();
    current = undefined;
    if (!done.orphan) done.job.answered(done.request, taken);
    next();
  };
  const line: RtuLine = {
    submit(job) {
      waiting.push({ job, tried: 0 });
      next();
    },
    withdraw(which) {
      waiting.splice(0, waiting.length, ...waiting.filter(({ job }) => !which(job)));
      if (current !== undefined && which(current.job)) current.orphan = true;
    },
    onGone(tell) {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
    release() {
      opened.users--;
      if (opened.users > 0 || lines.get(path) !== opened) return;
      lines.delete(path);
      current?.cancel();
      cancelRest();
      current = undefined;
      const closed = link?.close() ?? Promise.resolve();
      link = undefined;
      closing.set(path, closed);
      void closed.then(() => {
        if (closing.get(path) === closed) closing.delete(path);
      });
    },
  };
  const ready = open(path, place, { data: receive, gone }).then((port) => {
    link = port;
  });
  const opened: Opened = { line, users: 0, place, ready };
  lines.set(path, opened);
  return opened;
}
