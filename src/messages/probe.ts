/**
 * api → recorder: *Test* of a camera, over the recorder's media socket. The first line is `{"probe": ProbeRequest}`; the
 * answer are frames as in `messages/media.ts`: types 1 and 2 (parameters and the first key frame, once), and
 *
 * type 5 `probe`: JSON `ProbeMessage`
 *
 * The recorder opens one session of its own, ends it after `withinMs` at the latest and closes the socket after the last
 * word (`report` or `failed`). Who closes the socket ends the test. Nothing of it is recorded.
 */
import type { WallTime } from "../kernel/time.ts";

export interface ProbeRequest {
  /** Without credentials. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Also a camera that has refused the login twice: one try. */
  readonly anyway: boolean;
  readonly withinMs: number;
}

/** What a test does one after the other. */
export const probeSteps = ["connect", "login", "picture", "measure"] as const;
export type ProbeStep = (typeof probeSteps)[number];

/** Why a test failed: what an RTSP session can end with, and what only a test knows. */
export const probeFailureKinds = [
  "bad-address",
  "name-not-found",
  "refused",
  "unreachable",
  "timed-out",
  "unauthorized",
  /** Nobody called: the login was refused twice a short while ago. */
  "barred",
  "no-connection-free",
  "no-such-stream",
  "no-video",
  "no-key-frame",
  "codec-unsupported",
  "transport-refused",
  "session-lost",
  "too-many-redirects",
  "not-rtsp",
  "camera-error",
  "closed",
  "stalled",
  /** The recorder process is not running. */
  "recorder-away",
] as const;
export type ProbeFailureKind = (typeof probeFailureKinds)[number];

export interface ProbeFailure {
  readonly kind: ProbeFailureKind;
  /** A sentence without credentials. */
  readonly reason: string;
  /** When the host may be called again without being asked for. */
  readonly until?: WallTime;
}

export interface ProbeAudio {
  readonly codec: string;
  /** Hz; absent where the codec is none that Reed records. */
  readonly sampleRate?: number;
  readonly recordable: boolean;
}

/** The camera's clock (RTCP sender reports) against ours. */
export type CameraClock =
  | { readonly kind: "ahead"; readonly ms: number }
  /** It says a time that can't be: it was never set. */
  | { readonly kind: "not-set" }
  /** It sent no sender report while we listened. */
  | { readonly kind: "untold" };

/** What was measured, in media time. */
export interface ProbeReport {
  readonly codec: string;
  readonly codecString: string;
  readonly width: number;
  readonly height: number;
  /** Measured; absent when too few pictures came. */
  readonly picturesPerSecond?: number;
  /** From key frame to key frame; absent when no second one came: then it is longer than `measuredMs`. */
  readonly gopMs?: number;
  readonly bitsPerSecond: number;
  readonly audio?: ProbeAudio;
  readonly clock: CameraClock;
  readonly lostPackets: number;
  readonly measuredMs: number;
}

export type ProbeMessage =
  | { readonly kind: "step"; readonly step: ProbeStep }
  | { readonly kind: "report"; readonly report: ProbeReport }
  | { readonly kind: "failed"; readonly failure: ProbeFailure };
