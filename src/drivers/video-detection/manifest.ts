import type { DriverManifest } from "../manifest.ts";

export const videoDetectionManifest: DriverManifest = {
  kind: "video-detection",
  title: "Video detection",
  inputs: "set",
  connection: false,
  login: false,
  outputs: "none",
};
