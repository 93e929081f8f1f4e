/** A camera that can be moved: how it is spoken to. Absent: it can't be moved, or nobody set it up. */

export const ptzKinds = ["dahua", "onvif"] as const;
export type PtzKind = (typeof ptzKinds)[number];

/** With the camera's own login. */
export interface PtzSettings {
  /** `dahua`: CGI of Amcrest and Dahua (`ptz.cgi`); `onvif`: ONVIF's PTZ service. */
  readonly kind: PtzKind;
  /** Of HTTP; cameras have 80. */
  readonly port: number;
  /** `dahua`: which camera of a recorder or encoder, from 1. */
  readonly input?: number;
}

export const usualPtzPort = 80;
/** Numbers that presets have, inclusive. */
export const presetRange = [1, 255] as const;

/** Where a camera looks when an alarm asks. */
export interface PtzLink {
  readonly channel: number;
  readonly preset: number;
  /** Where it looks again once the source came to rest and the recording is over; absent: it stays. */
  readonly back?: number;
}

/** A preset as the camera knows it. */
export interface PtzPreset {
  readonly preset: number;
  /** As it is called there; empty: it has no name. */
  readonly name: string;
}

/** What a camera's driver says, in these words, of a login that the camera refused. */
export const loginRefused = "the camera refused the login; check its user and password";
