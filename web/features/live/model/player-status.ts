export type PlayerStatus =
  | { readonly kind: "stopped" }
  /** No picture of this connection yet; `attempts` in a row were in vain. */
  | { readonly kind: "connecting"; readonly attempts: number }
  | { readonly kind: "playing"; readonly converted: boolean }
  /** Reed said why it does not serve this now; `busy`: its `most` conversions are in use. */
  | { readonly kind: "refused"; readonly reason: string; readonly most: number; readonly busy: boolean }
  | { readonly kind: "unplayable"; readonly mime: string };

export const stopped: PlayerStatus = { kind: "stopped" };
