import { createConnection, type Socket } from "node:net";
import { after, seconds, type Clock } from "../../kernel/time.ts";
import { Unauthorized } from "../reconnect.ts";
import { readAnswer, type NutAnswer } from "./protocol.ts";

export interface NutConnection {
  /** Asks and waits for the one line that answers; rejects with a sentence when it does not come. */
  ask(line: string): Promise<NutAnswer>;
  close(): void;
}

const answerWithin = seconds(5);
/** A line of this protocol is short; whoever sends more is no NUT server. */
const longestLine = 4096;

interface Waiting {
  done(line: string): void;
  fail(error: Error): void;
}

/** Connects; rejects when nobody listens or the signal aborts. */
export async function connectNut(
  { host, port }: { readonly host: string; readonly port: number },
  clock: Clock,
  signal: AbortSignal,
): Promise<NutConnection> {
  const socket = await open(host, port, clock, signal);
  let waiting: Waiting | undefined;
  let rest = "";
  const end = (error: Error) => {
    waiting?.fail(error);
    waiting = undefined;
    socket.destroy();
  };
  socket.setEncoding("utf8");
  socket.on("data", (text: string) => {
    rest += text;
    if (rest.length > longestLine) {
      end(new Error("the server speaks no NUT"));
      return;
    }
    for (let at = rest.indexOf("\n"); at >= 0; at = rest.indexOf("\n")) {
      const line = rest.slice(0, at).replace(/\r$/, "");
      rest = rest.slice(at + 1);
      waiting?.done(line);
      waiting = undefined;
    }
  });
  socket.on("error", (error) => end(error));
  socket.on("close", () => end(new Error("the connection was closed")));
  return {
    ask: (line) =>
      new Promise<NutAnswer>((resolve, reject) => {
        const cancel = clock.wakeAt(after(clock.now(), answerWithin), () => end(new Error("no answer")));
        waiting = {
          done(answer) {
            cancel();
            resolve(readAnswer(answer));
          },
          fail(error) {
            cancel();
            reject(error);
          },
        };
        if (socket.destroyed) end(new Error("the connection was closed"));
        else socket.write(`${line}\n`);
      }),
    close: () => end(new Error("the connection was closed")),
  };
}

function open(host: string, port: number, clock: Clock, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port });
    const settle = (settled: () => void) => {
      cancel();
      signal.removeEventListener("abort", abort);
      socket.off("error", failed);
      settled();
    };
    const failed = (error: Error) =>
      settle(() => {
        socket.destroy();
        reject(error);
      });
    const abort = () => failed(new Error("stopped"));
    const cancel = clock.wakeAt(after(clock.now(), answerWithin), () => failed(new Error("no answer")));
    signal.addEventListener("abort", abort);
    socket.once("error", failed);
    socket.once("connect", () => settle(() => resolve(socket)));
    if (signal.aborted) abort();
  });
}

/** A refusal ends the life of the connection; everything else that is no `ok` too. */
export function mustBeOk(answer: NutAnswer): void {
  if (answer.kind === "ok") return;
  if (answer.kind === "refused") throw new Unauthorized(answer.why);
  throw new Error("why" in answer ? answer.why : "the server answered something else");
}
