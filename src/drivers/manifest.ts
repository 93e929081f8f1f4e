import type { DriverSettings } from "../domain/site-config.ts";

/** What a family of drivers is and can do. The conformance suite runs the tests that a family's manifest calls for. */
export interface DriverManifest {
  readonly kind: DriverSettings["kind"];
  readonly title: string;
  /** How a change of an input comes to us: we look, we are told, or it is set through our own API. */
  readonly inputs: "polled" | "told" | "set";
  /** There is a connection that can be lost. */
  readonly connection: boolean;
  /** The protocol has a login that can be refused. */
  readonly login: boolean;
  /** An input can be the reading of a supervised loop. */
  readonly supervised?: true;
  readonly outputs: "none" | "read-back" | "read-back-if-configured";
}
