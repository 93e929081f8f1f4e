/**
 * api → analysis over `run/convert.sock`: a live picture as H.264, made of what the camera sends as H.265. The client
 * sends one JSON line, `ConvertRequest`, and reads frames of `messages/media.ts`. A request beyond the limit is
 * answered by one `state` frame, `{"state": "busy", "reason": "…"}`, and the end.
 */
export interface ConvertRequest {
  readonly channel: number;
  readonly stream: "main" | "sub";
  /** Conversions that may run at once on this machine; viewers of one stream share one. */
  readonly most: number;
}

export const convertBusy = "busy";
