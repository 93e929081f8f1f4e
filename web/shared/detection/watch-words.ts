/** How a camera is watched, as the pages say it. Pure; words are keys of `messages/<language>/detection.json`. */
import type { CameraWord, ChannelDetection } from "../../../src/messages/detection.ts";
import type { Level } from "../../../src/domain/level.ts";
import type { DetectionFields } from "./linked-inputs.ts";
import { askedThings, leavesToReed } from "./own.ts";

export interface WatchWords {
  readonly key:
    "off" | "away" | "disabled" | "paused" | "own" | "ownAsked" | "ownPart" | "ownLost" | ChannelDetection["state"];
  readonly color: "green" | "blue" | "gray" | "orange" | "red";
}

interface WatchFacts {
  /** The camera is switched on. */
  readonly enabled: boolean;
  /** Something is to be watched for. */
  readonly isSet: boolean;
  /** All of its detection is switched off, at its board. */
  readonly isPaused?: boolean;
  /** As the detection says; undefined while it says nothing of this camera. */
  readonly now: ChannelDetection | undefined;
  /** How the camera itself is heard; undefined where nobody listens to it. */
  readonly word?: Pick<CameraWord, "state" | "has" | "does"> | undefined;
  /** What it is watched for. */
  readonly settings: DetectionFields;
}

const colorOf = { starting: "gray", learning: "blue", watching: "green", arriving: "green", blind: "red" } as const;

/** Only what is really watched is said to be. */
export function watchWords({ enabled, isSet, isPaused = false, now, word, settings }: WatchFacts): WatchWords {
  if (!isSet) return { key: "off", color: "gray" };
  if (!enabled) return { key: "disabled", color: "gray" };
  if (isPaused) return { key: "paused", color: "gray" };
  // it is asked whether the camera itself looks: nobody is away yet
  if (now === undefined && word?.state === "connecting") return { key: "ownAsked", color: "gray" };
  // all that it is watched for is left to itself: nothing is looked at
  if (now === undefined && word !== undefined && !leavesToReed(settings, word)) {
    if (word.state !== "online") return { key: "ownLost", color: "red" };
    const isTold = askedThings(settings).every((thing) => word.has.includes(thing));
    return isTold ? { key: "own", color: "green" } : { key: "ownPart", color: "orange" };
  }
  if (now === undefined) return { key: "away", color: "orange" };
  return { key: now.state, color: colorOf[now.state] };
}

/** Percent of the pictures that were due and left out because there was no time for them; 0 when too few to speak of. */
export const slowedPercent = ({ slowedBy }: Pick<ChannelDetection, "slowedBy">): number =>
  slowedBy < 0.02 ? 0 : Math.round(slowedBy * 100);

/** Percent of the pictures that needed no look, because nothing can have moved in them. */
export function skippedPercent({ lookedAt, skipped }: Pick<ChannelDetection, "lookedAt" | "skipped">): number {
  const all = lookedAt + skipped;
  return all === 0 ? 0 : Math.round((skipped / all) * 100);
}

/** A contact that is closed while its event is seen. */
export const seenNow = (level: Level): "seen" | "nothing" | "unknown" =>
  level === "closed" ? "seen" : level === "open" ? "nothing" : "unknown";
