import type { DriverManifest } from "../manifest.ts";

export const nutManifest: DriverManifest = {
  kind: "nut",
  title: "UPS (NUT)",
  inputs: "polled",
  connection: true,
  login: true,
  outputs: "none",
};
