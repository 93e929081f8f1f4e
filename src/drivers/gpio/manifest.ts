import type { DriverManifest } from "../manifest.ts";

/** The tools are its device: there is no line that could be cut, so what is about connections has tests of its own. */
export const gpioManifest: DriverManifest = {
  kind: "gpio",
  title: "Linux GPIO lines",
  inputs: "told",
  connection: false,
  login: false,
  outputs: "read-back",
};
