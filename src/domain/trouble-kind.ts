/** Of what kind a trouble is: what to do next depends on it. The sentences for it are the contract's and the pages'. */
export const troubleKinds = [
  "camera-down",
  "camera-refused",
  "key-frame-interval",
  "board-lost",
  "contact-chatters",
  "loop-tampered",
  "sensor-silent",
  "sensor-unseen",
  "sensor-unconfirmed",
  "battery-low",
  "output-differs",
  "output-forced",
  "relay-worn",
  "left-open",
  "restarted-armed",
  "shut-down",
  "volume-full",
  "volume-group",
  "volume-missing",
  "volume-read-only",
  "volume-stalled",
  "volume-failing",
  "recorder-down",
  "detection-down",
  "model-failing",
  "own-detection",
  "database",
  "journal",
  "messages",
  "heartbeat",
  "power",
  "clock",
  "walk-test",
  "other",
] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** What is known of the thing that a trouble is about. */
export interface TroubledThings {
  readonly channels: readonly { readonly channel: number; readonly state: string }[];
  readonly volumes: readonly { readonly volumeId: string; readonly state: string }[];
}

/** The part before the first colon of a trouble's key says what it is about, the rest which one. */
export function troubleKind(key: string, things: TroubledThings): TroubleKind {
  const [about = "", which = ""] = key.split(":");
  switch (about) {
    case "channel":
      return things.channels.find((row) => row.channel === Number(which))?.state === "refused"
        ? "camera-refused"
        : "camera-down";
    case "gop":
      return "key-frame-interval";
    case "board":
      return "board-lost";
    case "input":
      return "contact-chatters";
    case "loop":
      return "loop-tampered";
    case "silent":
      return "sensor-silent";
    case "unseen":
      return "sensor-unseen";
    case "check":
      return "sensor-unconfirmed";
    case "battery":
      return "battery-low";
    case "output":
    case "feedback":
      return "output-differs";
    case "forced":
      return "output-forced";
    case "relay":
      return "relay-worn";
    case "restart":
      return "restarted-armed";
    case "open":
      return "left-open";
    case "swinger":
      return "shut-down";
    case "volume":
      return volumeTrouble(things.volumes.find((row) => row.volumeId === which)?.state);
    case "volume-group":
      return about;
    case "recorder":
      return "recorder-down";
    case "detection":
      return "detection-down";
    case "model":
      return "model-failing";
    case "own-detection":
      return about;
    case "database":
    case "journal":
    case "messages":
    case "heartbeat":
    case "power":
    case "clock":
      return about;
    case "walk":
      return "walk-test";
    case "ups-low":
    case "ups":
      return "power";
    default:
      return "other";
  }
}

function volumeTrouble(state: string | undefined): TroubleKind {
  switch (state) {
    case "full":
    case "read-only":
    case "stalled":
    case "failing":
      return `volume-${state}`;
    default:
      return "volume-missing";
  }
}

/** The number or id of the thing that a trouble is about. */
export const troubledId = (key: string): string => key.split(":")[1] ?? "";
