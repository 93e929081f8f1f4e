import type { Socket } from "node:net";
import { wallTime } from "../../kernel/time.ts";
import { mediaFrame } from "../../messages/media.ts";
import type { ProbeRequest } from "../../messages/probe.ts";
import { encodeJson, encodeUnitHead } from "../../platform/media-frames.ts";
import { encodeParameters } from "../media-socket/encode.ts";
import type { ProbeDeps, ProbeEvents } from "./probe.ts";

/** Tests that run at the same time; each is a session and its memory. */
const mostTests = 4;

/** Answers one test on its connection, which is closed behind the last word. */
export type ServeProbe = (socket: Socket, request: ProbeRequest) => void;

export function probeServer(
  deps: ProbeDeps,
  start: (deps: ProbeDeps, request: ProbeRequest, events: ProbeEvents) => () => void,
): ServeProbe {
  let running = 0;
  return (socket, request) => {
    if (running >= mostTests) {
      socket.destroy();
      return;
    }
    running++;
    const write = (frame: Buffer): void => {
      if (!socket.destroyed) socket.write(frame);
    };
    const stop = start(deps, request, {
      tell(message) {
        write(encodeJson(mediaFrame.probe, message));
        if (message.kind !== "step") socket.end();
      },
      picture(unit) {
        write(encodeParameters(unit.parameters));
        // copied: it is one picture, and its block goes back at once
        write(Buffer.concat([encodeUnitHead({ ...unit, wall: wallTime(deps.clock.wall()) }), unit.data]));
      },
    });
    socket.on("close", () => {
      running--;
      stop();
    });
  };
}
