export type PlayerStatus =
  | { readonly kind: "stopped" }
  /** No picture of this connection yet; `attempts` in a row were in vain. */
  | { readonly kind: "connecting"; readonly attempts: number }
  /** `instead`: why it is the main stream although the sub stream was asked for. */
  | { readonly kind: "playing"; readonly converted: boolean; readonly instead?: string }
  /** Reed said why it does not serve this now; `busy`: its `most` conversions are in use. */
  | { readonly kind: "refused"; readonly reason: string; readonly most: number; readonly busy: boolean }
  | { readonly kind: "unplayable"; readonly mime: string };

export const stopped: PlayerStatus = { kind: "stopped" };
