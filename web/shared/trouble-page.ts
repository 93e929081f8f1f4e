import { troubledId, type TroubleKind } from "../../src/domain/trouble-kind.ts";

/** Where something can be done about a trouble. */
export function troublePage(kind: TroubleKind, key: string): string {
  switch (kind) {
    case "camera-down":
    case "camera-refused":
    case "key-frame-interval":
      return `/cameras/${troubledId(key)}`;
    case "board-lost":
      return `/boards/${troubledId(key)}`;
    case "contact-chatters":
    case "loop-tampered":
    case "sensor-silent":
    case "sensor-unseen":
    case "sensor-unconfirmed":
    case "battery-low":
    case "left-open":
    case "shut-down":
      return `/alarm-in/${troubledId(key)}`;
    case "output-differs":
    case "output-forced":
    case "relay-worn":
      return `/alarm-out/${troubledId(key)}`;
    case "volume-full":
    case "volume-group":
    case "volume-missing":
    case "volume-read-only":
    case "volume-stalled":
    case "volume-failing":
      return "/storage";
    case "messages":
    case "heartbeat":
      return "/system/notifications";
    case "walk-test":
      return "/walk-test";
    case "detection-down":
      return key === "detection:process" ? "/system/logs" : `/detection/${troubledId(key)}`;
    case "model-failing":
      return "/models";
    case "own-detection":
      return `/detection/${troubledId(key)}`;
    case "clock":
      return "/system/network";
    case "power":
      return `/boards/${troubledId(key)}`;
    case "restarted-armed":
    case "recorder-down":
    case "database":
    case "journal":
    case "other":
      return "/system/logs";
  }
}
