import { connect, type Socket } from "node:net";
import { after, type Clock, type Duration } from "../../kernel/time.ts";
import { reasonOf } from "../reconnect.ts";
import { decodeAnswer, encodeRequest, requestText, takeMessage, type Answer, type Request } from "./protocol.ts";
import { openIdle } from "./idle.ts";

export interface ModbusTarget {
  readonly host: string;
  readonly port: number;
  readonly unit: number;
}

/**
 * One TCP connection with at most one request under way (boards and serial gateways answer one at a time). A waiting
 * command goes before a waiting read.
 */
export interface ModbusConnection {
  /** The board's answer. Rejects with a sentence when the connection is lost. */
  ask(request: Request): Promise<Answer>;
  /**
   * The same for a command: the bytes are handed to the socket inside this call when no request is under way, else
   * right after its reply. `make` is called at that moment (so that only the newest wanted state goes out), `sent`
   * right after it.
   */
  command(make: () => Request, sent: () => void): Promise<Answer>;
  /** Aborts when the connection is lost or closed. */
  readonly signal: AbortSignal;
  /** Why it was lost. */
  readonly reason: string;
  /** Resolves when no command waits or is under way. */
  commandsDone(): Promise<void>;
  close(): void;
}

interface Job {
  readonly make: () => Request;
  readonly sent: (() => void) | undefined;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export const connectTimeout: Duration = 3000;
export const replyTimeout: Duration = 1000;

/** Connects, or throws a sentence. `signal` ends the attempt; closing afterwards is the caller's business. */
export async function connectModbus(
  target: ModbusTarget,
  clock: Clock,
  signal: AbortSignal,
): Promise<ModbusConnection> {
  const socket = connect({ host: target.host, port: target.port, noDelay: true, keepAlive: true });
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => {
      socket.destroy();
      reject(new Error(`no connection to ${target.host}:${target.port}: ${reason}`));
    };
    const cancel = clock.wakeAt(after(clock.now(), connectTimeout), () => fail("no answer within 3 s"));
    const abort = () => fail("stopped");
    socket.once("connect", resolve);
    // stays: an error after the connection is up is followed by "close", which the connection acts on
    socket.on("error", (error) => fail(reasonOf(error)));
    socket.once("close", () => {
      cancel();
      signal.removeEventListener("abort", abort);
    });
    socket.once("connect", () => {
      cancel();
      signal.removeEventListener("abort", abort);
    });
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  });
  return startConnection(socket, target, clock);
}

function startConnection(socket: Socket, target: ModbusTarget, clock: Clock): ModbusConnection {
  const ended = new AbortController();
  const commands: Job[] = [];
  const reads: Job[] = [];
  let current: { job: Job; request: Request; transaction: number; cancel: () => void } | undefined;
  let transaction = 0;
  let received: Uint8Array = new Uint8Array(0);
  let reason = "";
  let answered = false;
  const idle = openIdle(() => commands.length > 0 || current?.job.sent !== undefined);

  const fail = (why: string) => {
    if (ended.signal.aborted) return;
    reason = why;
    current?.cancel();
    const jobs = [...(current === undefined ? [] : [current.job]), ...commands.splice(0), ...reads.splice(0)];
    current = undefined;
    socket.destroy();
    for (const job of jobs) job.reject(new Error(why));
    idle.tell();
    ended.abort();
  };
  const silence = (request: Request) => {
    const whole = received.length > 0 ? "whole " : "";
    const hint = answered ? "" : "; is the unit number right?";
    return `no ${whole}answer within 1 s to ${requestText(request)} of unit ${target.unit}${hint}`;
  };
  const next = () => {
    if (current !== undefined || ended.signal.aborted) return;
    const job = commands.shift() ?? reads.shift();
    if (job === undefined) return;
    transaction = (transaction + 1) & 0xffff;
    const request = job.make();
    const cancel = clock.wakeAt(after(clock.now(), replyTimeout), () => fail(silence(request)));
    current = { job, request, transaction, cancel };
    socket.write(encodeRequest(transaction, target.unit, request));
    job.sent?.();
  };
  const receive = (chunk: Uint8Array) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    for (let taken = takeMessage(received); taken.kind !== "more"; taken = takeMessage(received)) {
      if (taken.kind === "bad") {
        fail(taken.reason);
        return;
      }
      received = received.subarray(taken.length);
      const done = current;
      if (done?.transaction !== taken.message.transaction) {
        fail("the board answered what nobody asked");
        return;
      }
      const answer = decodeAnswer(target.unit, done.request, taken.message);
      if (!answer.ok) {
        fail(answer.error);
        return;
      }
      done.cancel();
      answered = true;
      current = undefined;
      next();
      done.job.resolve(answer.value);
      idle.tell();
    }
  };
  const submit = (queue: Job[], make: () => Request, sent: (() => void) | undefined) =>
    new Promise<Answer>((resolve, reject) => {
      if (ended.signal.aborted) {
        reject(new Error(reason));
        return;
      }
      queue.push({ make, sent, resolve, reject });
      next();
    });
  socket.on("data", receive);
  socket.on("close", () => fail("the board closed the connection"));
  return {
    ask: (request) => submit(reads, () => request, undefined),
    command: (make, sent) => submit(commands, make, sent),
    signal: ended.signal,
    get reason() {
      return reason;
    },
    commandsDone: () => idle.done(),
    close: () => fail("closed"),
  };
}
