/**
 * core ↔ detection, and detection → api.
 *
 * Over core's socket: core sends `DetectionPlan`s (role `detection`, after its hello and whenever it changes), the
 * process answers with `DetectionReport`s. Over the process's own socket (`run/detection.sock`) a reader sends one JSON
 * line, `DetectionAsk`, and reads JSON lines, `DetectionLook`, until it goes: what a camera's pictures show now, for the
 * meter beside a threshold and for boxes over the live picture.
 */
import type { WallTime } from "../kernel/time.ts";
import type { Level } from "../domain/level.ts";
import type { TargetClass, TrackedObject } from "../domain/detection/objects.ts";
import type { OwnThing } from "../domain/detection/own-settings.ts";
import type { VideoDetectionSettings } from "../domain/detection/settings.ts";
import type { RunningModel } from "./models.ts";

export interface DetectionPlan {
  readonly kind: "detection-plan";
  readonly channels: readonly DetectedChannel[];
  /** The model that was chosen, by its id; absent: none was. */
  readonly model?: string;
}

export interface DetectedChannel {
  readonly channel: number;
  /** The board whose contacts are reported. */
  readonly board: number;
  readonly settings: VideoDetectionSettings;
  /** How long what moved is remembered, days. */
  readonly keepDays: number;
}

export type DetectionReport =
  | { readonly kind: "detected"; readonly levels: readonly DetectedLevel[] }
  | { readonly kind: "detection-status"; readonly channels: readonly ChannelDetection[] }
  /** Somebody closed a point; sent once their picture lies on the disk (`platform/object-file.ts`). */
  | ({ readonly kind: "object-tripped" } & ObjectTripped)
  /** Without `model` no camera wants objects. */
  | { readonly kind: "detection-model"; readonly model?: RunningModel };

export interface ObjectTripped {
  readonly board: number;
  readonly point: number;
  /** When the picture arrived in which they did, ms since 1970. */
  readonly at: number;
  /** Of the camera's objects: its id and what it is. */
  readonly object: string;
  readonly label: string;
}

/** A level of a point of a board. All points of a channel are said again after every plan and every reconnect. */
export interface DetectedLevel {
  readonly board: number;
  readonly point: number;
  /** `unknown` with a reason while nothing is analysed: what was not looked at is never called quiet. */
  readonly level: Level;
  /** Instant at which the picture that showed it arrived at the recorder. */
  readonly at: number;
  readonly reason?: string;
  /** What was seen, in the words of a message's title; with `closed`. */
  readonly title?: string;
}

/** How the analysis of one camera goes. */
export interface ChannelDetection {
  readonly channel: number;
  /**
   * `starting`: no picture yet. `learning`: too few to say anything. `arriving`: pictures come and are not decoded,
   * because nothing is looked for in them. `blind`: not analysed, `reason` says why.
   */
  readonly state: "starting" | "learning" | "watching" | "arriving" | "blind";
  readonly reason: string;
  /** Which stream the pictures are of. */
  readonly stream: "main" | "sub";
  /** Pictures a second that were looked at, and those that were not decoded since the stream shows that nothing moves. */
  readonly lookedAt: number;
  readonly skipped: number;
  /** Processor time of the process that this camera took, ms a second. */
  readonly costMs: number;
  /** Share of what was due that was left out because there was not enough processor time for all cameras, 0–1. */
  readonly slowedBy: number;
}

/** How a camera is heard that says by itself what it sees. */
export interface CameraWord {
  readonly channel: number;
  readonly state: "connecting" | "online" | "lost" | "refused";
  readonly reason: string;
  /** Since when it is heard, or is not. */
  readonly since: WallTime;
  /** What it says by itself, as far as that is known. */
  readonly has: readonly OwnThing[];
  /** What of that which is watched for its word is taken for now. */
  readonly does: readonly OwnThing[];
  /** Its own rules, as it names them. */
  readonly rules: readonly { readonly name: string; readonly code: string }[];
  /** What it said lately, the newest first. */
  readonly heard: readonly HeardEvent[];
  /** So much that it sent made no sense, or was too much. */
  readonly dropped: number;
}

export interface HeardEvent {
  readonly wall: WallTime;
  readonly what: OwnThing | "rule";
  readonly phase: "start" | "stop" | "pulse";
  /** The vendor's own word. */
  readonly code: string;
  readonly rule?: string;
  readonly target?: TargetClass;
  /** Of motion: the camera's own regions. */
  readonly regions?: readonly string[];
}

export interface DetectionAsk {
  readonly watch: number;
}

/** One picture that was looked at. */
export interface DetectionLook {
  /** When it arrived (ms since 1970) and its time in the stream, 90 kHz. */
  readonly wall: number;
  readonly pts: number;
  readonly state: ChannelDetection["state"];
  /** How much of each cell moved: two hexadecimal digits a cell, 22 × 18 of them, row by row. */
  readonly strength: string;
  /** In the order of the settings: 0–100 on the scale of the threshold, and whether it is over it. */
  readonly regions: readonly { readonly percent: number; readonly moves: boolean }[];
  readonly objects: readonly TrackedObject[];
  /** When the picture arrived in which the objects were: an answer about it may be late. Absent before the first one. */
  readonly objectsWall?: number;
  /** dB below full scale; absent without sound or where nobody listens. */
  readonly audioDb?: number;
}

/** The first line to core. */
export interface DetectionHello {
  readonly kind: "hello";
  readonly role: "detection";
  readonly index: 0;
  readonly pid: number;
}

export type DetectionToCore = DetectionHello | DetectionReport;
export type CoreToDetection = DetectionPlan | { readonly kind: "stop" };
