/** Why a session could not begin or ended. `reason` is a sentence for people and never holds a credential. */
export type RtspFailureKind =
  | "name-not-found"
  | "refused"
  | "unreachable"
  | "timed-out"
  | "unauthorized"
  | "no-connection-free"
  | "no-such-stream"
  | "no-video"
  | "codec-unsupported"
  | "transport-refused"
  | "session-lost"
  | "too-many-redirects"
  | "not-rtsp"
  | "camera-error"
  | "closed"
  | "stalled";

export interface RtspFailure {
  readonly kind: RtspFailureKind;
  readonly reason: string;
}

export const failure = (kind: RtspFailureKind, reason: string): RtspFailure => ({ kind, reason });

export const refusedPassword = failure(
  "unauthorized",
  "Password refused, or no free connection: the camera rejects the user name and password.",
);
export const missingPassword = failure(
  "unauthorized",
  "Password refused: the camera asks for a user name and password, and none is set.",
);

const byStatus: Readonly<Record<number, RtspFailure>> = {
  403: refusedPassword,
  404: failure("no-such-stream", "The camera knows no stream at this address (404)."),
  453: failure("no-connection-free", "No free connection: the camera has not enough bandwidth left (453)."),
  454: failure("session-lost", "The camera forgot the session (454)."),
  459: failure("camera-error", "The camera can't control its stream as a whole (459)."),
  460: failure("camera-error", "The camera wants its stream controlled as a whole only (460)."),
  461: failure("transport-refused", "The camera does not offer its stream over TCP (461)."),
  503: failure("no-connection-free", "No free connection: the camera says that it is busy (503)."),
};

/** What a status that is no success means for the method that got it (RFC 2326 §11). */
export function failureOfStatus(status: number, method: string, phrase: string): RtspFailure {
  const known = byStatus[status];
  if (known !== undefined) return known;
  const said = phrase === "" ? "" : ` ${phrase.replace(/[^\x20-\x7e]/g, "?").slice(0, 60)}`;
  return failure("camera-error", `The camera answered ${status}${said} to ${method}.`);
}
