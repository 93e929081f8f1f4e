import type { DriverManifest } from "../manifest.ts";

export const cameraOfflineManifest: DriverManifest = {
  kind: "camera-offline",
  title: "Camera offline",
  inputs: "set",
  connection: false,
  login: false,
  outputs: "none",
};
