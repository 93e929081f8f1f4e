/** A site at which nothing happens. */
import { wallTime } from "../kernel/time.ts";
import type { LiveState } from "../messages/api.ts";

const noHistogram = { bounds: [1, 10], counts: [0, 0], sum: 0, count: 0 };

export const quietArming: LiveState["arming"] = {
  ...{ mode: "disarmed", by: "", since: wallTime(0), bypass: [], shutDown: [], open: [] },
};

export const quietState: LiveState = {
  armed: false,
  arming: quietArming,
  inputs: [],
  outputs: [],
  boards: [],
  channels: [],
  volumes: [],
  troubles: [],
  openReceipts: [],
  alarms: { unacknowledged: 0 },
  processes: [],
  latency: { edgeToDecision: noHistogram, edgeToCommand: noHistogram, edgeToDurable: noHistogram },
  recorderStats: [],
};
