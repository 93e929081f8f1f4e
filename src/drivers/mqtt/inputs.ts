import type { Instant } from "../../kernel/time.ts";
import type { MessageMembers } from "../../domain/site-config.ts";
import type { LoopSettings } from "../../domain/supervised-loop.ts";
import type { NetworkMessage } from "../driver.ts";
import type { LevelTrack } from "../level-track.ts";
import type { LoopTrack } from "../loop-track.ts";
import type { Complaints } from "./complaints.ts";
import type { MqttMessage } from "./connection.ts";
import {
  readAvailability,
  readBattery,
  readLastSeen,
  readLevel,
  readMessage,
  readNumber,
  type MqttInput,
} from "./protocol.ts";

/** The inputs of one session: which device is gone, and what its messages mean. */
export interface MqttInputs {
  /** Returns topics to subscribe to again, so that the broker repeats their retained message (3.1.1 §3.8.4). */
  message(message: MqttMessage, at: Instant): string[];
  /** All subscriptions stand: what has said nothing yet is `unknown`, never at rest. */
  begin(at: Instant): void;
}

export interface InputOutlets {
  readonly complaints: Complaints;
  /** For inputs whose payload is the reading of a supervised loop. */
  readonly loops: LoopTrack;
  /** For inputs whose topic carries messages. */
  readonly said: (message: NetworkMessage) => void;
  /** What a message says of its sensor besides the level. `lastSeen`: milliseconds since 1970, in its own words. */
  readonly told: (
    point: number,
    said: { readonly battery?: number; readonly lastSeen?: number; readonly retained: boolean },
  ) => void;
}

const nothingYet = "no message since the connection; waiting for the device to report";

export function readInputs(
  inputs: readonly MqttInput[],
  levels: LevelTrack,
  { complaints, loops, said, told }: InputOutlets,
): MqttInputs {
  const offline = new Set<number>();

  /** What is known of a device that is there but has not said anything. What has no level has no other rest than open. */
  const rest = (input: MqttInput, at: Instant) => {
    const { point } = input;
    if (hasNoLevel(input)) levels.saw(point, { level: "open", at, how: "state" });
    else levels.saw(point, { level: "unknown", at, how: "state", reason: nothingYet });
  };
  const availability = (input: MqttInput, message: MqttMessage, at: Instant): string[] => {
    const { point } = input;
    if (input.availability?.topic !== message.topic) return [];
    const key = `availability of input ${point}`;
    const online = readAvailability(message.payload, input.availability);
    if (!online.ok) {
      complaints.bad(key, online.error);
      return [];
    }
    complaints.good(key);
    if (!online.value) {
      offline.add(point);
      loops.forget(point);
      const reason = `the device is offline (topic ${message.topic})`;
      levels.saw(point, { level: "fault", at, reason, ...(message.retained ? { how: "state" as const } : {}) });
      return [];
    }
    if (!offline.delete(point)) return [];
    rest(input, at);
    return hasNoLevel(input) ? [] : [input.topic];
  };
  const reading = (input: MqttInput & { readonly loop: LoopSettings }, message: MqttMessage, at: Instant) => {
    const { point, payload, loop } = input;
    const key = `input ${point}`;
    const read = readNumber(message.payload, payload.path);
    if (!read.ok) {
      complaints.bad(key, read.error);
      return;
    }
    complaints.good(key);
    if (message.retained && offline.has(point)) return;
    offline.delete(point);
    loops.read(point, loop, read.value, { at, ...(message.retained ? { how: "state" as const } : {}) });
  };
  /** An edge at once: what a message is about is told, never what its words would mean as a level. */
  const alarm = (input: MqttInput & { readonly message: MessageMembers }, message: MqttMessage, at: Instant) => {
    if (message.retained) return;
    const read = readMessage(message.payload, input.message);
    if (read === undefined) return;
    const { unread, ...says } = read;
    const key = `message of input ${input.point}`;
    if (unread === undefined) complaints.good(key);
    else complaints.bad(key, unread);
    if (offline.delete(input.point)) rest(input, at);
    said({ point: input.point, ...says });
  };
  const level = (input: MqttInput, message: MqttMessage, at: Instant) => {
    const { point } = input;
    if (input.topic !== message.topic) return;
    if (input.message !== undefined) {
      alarm({ ...input, message: input.message }, message, at);
      return;
    }
    tellSensor(input, message, told);
    const key = `input ${point}`;
    if (input.loop !== undefined) {
      reading({ ...input, loop: input.loop }, message, at);
      return;
    }
    const read = readLevel(message.payload, input.payload);
    if (!read.ok) {
      complaints.bad(key, read.error);
      return;
    }
    complaints.good(key);
    if (message.retained && (input.payload.pulse === true || offline.has(point))) return;
    offline.delete(point);
    if (input.payload.pulse !== true) {
      levels.saw(point, { level: read.value, at, ...(message.retained ? { how: "state" as const } : {}) });
    } else if (read.value === "closed") {
      for (const each of ["open", "closed", "open"] as const) levels.saw(point, { level: each, at });
    }
  };
  return {
    message(message, at) {
      const again = inputs.flatMap((input) => availability(input, message, at));
      for (const input of inputs) level(input, message, at);
      return again;
    },
    begin(at) {
      for (const input of inputs) if (levels.last(input.point) === undefined) rest(input, at);
    },
  };
}

const hasNoLevel = ({ payload, message }: MqttInput): boolean => payload.pulse === true || message !== undefined;

/** Only where the level is a member of a JSON payload can there be others beside it. */
function tellSensor({ point, payload }: MqttInput, message: MqttMessage, told: InputOutlets["told"]): void {
  if (payload.path === undefined || payload.path === "") return;
  const battery = readBattery(message.payload);
  const lastSeen = readLastSeen(message.payload);
  if (battery === undefined && lastSeen === undefined) return;
  told(point, {
    ...(battery === undefined ? {} : { battery }),
    ...(lastSeen === undefined ? {} : { lastSeen }),
    retained: message.retained,
  });
}
