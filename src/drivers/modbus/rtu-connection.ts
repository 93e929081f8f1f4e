import type { Clock } from "../../kernel/time.ts";
import type { ModbusRtuSettings } from "../../domain/site-config.ts";
import type { ModbusConnection } from "./connection.ts";
import { decodeAnswer, requestText, type Answer, type Request } from "./protocol.ts";
import { shareLine, type LineJob, type RtuLine } from "./rtu-line.ts";
import { lineText, type OpenSerial } from "./serial-port.ts";
import { openIdle } from "./idle.ts";

/** How often a board that has answered before is asked before it counts as lost: a line has its noise. */
const tries = 3;

export interface RtuDeps {
  readonly clock: Clock;
  readonly open: OpenSerial;
  /** A request was not answered, or wrongly; it may be asked again. */
  missed(): void;
}

/** One board's part of a serial line. Throws a sentence when the port can't be opened. */
export async function connectRtu(
  settings: ModbusRtuSettings,
  deps: RtuDeps,
  signal: AbortSignal,
): Promise<ModbusConnection> {
  const line = await shareLine(settings, deps.clock, deps.open);
  if (!signal.aborted) return startPart(line, settings, deps);
  line.release();
  throw new Error("stopped");
}

function startPart(line: RtuLine, settings: ModbusRtuSettings, deps: RtuDeps): ModbusConnection {
  const ended = new AbortController();
  const mine = new Map<LineJob, (error: Error) => void>();
  let reason = "";
  let answered = false;
  const idle = openIdle(() => [...mine.keys()].some(({ command }) => command));
  const fail = (why: string) => {
    if (ended.signal.aborted) return;
    reason = why;
    forget();
    line.withdraw((job) => mine.has(job));
    const rejects = [...mine.values()];
    mine.clear();
    line.release();
    for (const reject of rejects) reject(new Error(why));
    idle.tell();
    ended.abort();
  };
  const forget = line.onGone(fail);
  const submit = (make: () => Request, sent: (() => void) | undefined) =>
    new Promise<Answer>((resolve, reject) => {
      if (ended.signal.aborted) {
        reject(new Error(reason));
        return;
      }
      const job: LineJob = {
        unit: settings.unit,
        command: sent !== undefined,
        tries: answered ? tries : 1,
        make,
        sent: () => sent?.(),
        missed: () => deps.missed(),
        failed: (why) => fail(silence(settings, make(), why, answered)),
        answered(request, { message }) {
          const answer = decodeAnswer(settings.unit, request, message);
          if (!answer.ok) {
            fail(answer.error);
            return;
          }
          answered = true;
          mine.delete(job);
          resolve(answer.value);
          idle.tell();
        },
      };
      mine.set(job, reject);
      line.submit(job);
    });
  return {
    ask: (request) => submit(() => request, undefined),
    command: submit,
    signal: ended.signal,
    get reason() {
      return reason;
    },
    commandsDone: () => idle.done(),
    close: () => fail("closed"),
  };
}

function silence(settings: ModbusRtuSettings, request: Request, why: string, answered: boolean): string {
  const hint = answered
    ? "; are its power and the two wires all right?"
    : `; are the unit number, ${lineText(settings)} and the polarity of A and B right?`;
  return `unit ${settings.unit} on ${settings.path}: ${why} (asked for ${requestText(request)})${hint}`;
}
