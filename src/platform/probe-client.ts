import { mediaFrame, type MediaParameters } from "../messages/media.ts";
import type { ProbeMessage, ProbeRequest } from "../messages/probe.ts";
import { parseUnit, readFrames, type MediaUnit } from "./media-reader.ts";

export interface ProbeReaderEvents {
  tell(message: ProbeMessage): void;
  /** The first key frame. */
  picture(parameters: MediaParameters, unit: MediaUnit): void;
}

/** Has a recorder test a camera. The last word always comes, unless it is disposed before. */
export function probeCamera(socketPath: string, request: ProbeRequest, events: ProbeReaderEvents): Disposable {
  let parameters: MediaParameters | undefined;
  let over = false;
  const tell = (message: ProbeMessage): void => {
    if (over) return;
    over = message.kind !== "step";
    events.tell(message);
  };
  const handle = (frame: Buffer): void => {
    const body = frame.subarray(1);
    if (frame[0] === mediaFrame.probe) tell(JSON.parse(body.toString()) as ProbeMessage);
    else if (frame[0] === mediaFrame.parameters) parameters = JSON.parse(body.toString()) as MediaParameters;
    else if (frame[0] === mediaFrame.unit && parameters !== undefined) events.picture(parameters, parseUnit(body));
  };
  const reader = readFrames(socketPath, { probe: request }, handle, () => tell(recorderAway));
  return {
    [Symbol.dispose]() {
      over = true;
      reader[Symbol.dispose]();
    },
  };
}

const recorderAway: ProbeMessage = {
  kind: "failed",
  failure: {
    kind: "recorder-away",
    reason:
      "The process that talks to cameras is not running, or is busy with other tests. Try again in a few seconds.",
  },
};
