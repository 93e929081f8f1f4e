/**
 * The port of camera drivers that hear what a camera says by itself. Facts only: what follows from them, and how long
 * what has no end lasts, is decided elsewhere. All that a camera sends is hostile input.
 */
import type { Clock, Instant } from "../../kernel/time.ts";
import type { CameraLink, CameraOffer, CameraSaid } from "../../domain/detection/camera-said.ts";

/** A camera, as its driver needs it. */
export interface EventCamera {
  /** Name or address, without port. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Which camera behind the address, from 1. */
  readonly input: number;
}

export interface CameraListener {
  /** Told at every change; reasons are sentences for people, without a secret. */
  link(link: CameraLink, at: Instant): void;
  /** What it has, after each connection and now and then. */
  offered(offer: CameraOffer): void;
  said(event: CameraSaid): void;
  /** So much that it sent made no sense and was dropped, in all. */
  dropped(count: number): void;
}

export interface CameraEvents {
  /** Listens until it is disposed; reconnects by itself. Nothing is told after that. Never throws. */
  open(camera: EventCamera, listener: CameraListener, clock: Clock): AsyncDisposable;
}
