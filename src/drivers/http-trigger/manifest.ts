import type { DriverManifest } from "../manifest.ts";

export const httpTriggerManifest: DriverManifest = {
  kind: "http-trigger",
  title: "HTTP trigger",
  inputs: "set",
  connection: false,
  login: false,
  outputs: "none",
};
