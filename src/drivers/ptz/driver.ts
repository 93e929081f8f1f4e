/**
 * The port of camera drivers that move a camera. Facts and commands only: what is moved when is decided elsewhere.
 * Every answer of a camera is hostile input; whoever implements this ends within the limit that it is given.
 */
import type { Result } from "../../kernel/result.ts";
import type { PtzPreset } from "../../domain/ptz-settings.ts";

/** A camera, as its driver needs it. */
export interface PtzCamera {
  /** Name or address, without port. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Which camera behind the address, from 1. */
  readonly input: number;
}

export interface PtzDriver {
  /**
   * Sends the camera there. `err`: a sentence for people, without a secret; `loginRefused` where that is why, after one
   * refused login: cameras lock callers out. Never rejects.
   */
  goTo(camera: PtzCamera, preset: number, signal: AbortSignal): Promise<Result<undefined>>;
  /** What it knows; empty where it does not say. Never rejects. */
  presets(camera: PtzCamera, signal: AbortSignal): Promise<Result<readonly PtzPreset[]>>;
}
