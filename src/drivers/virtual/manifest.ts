import type { DriverManifest } from "../manifest.ts";

export const virtualManifest: DriverManifest = {
  kind: "virtual",
  title: "Virtual board",
  inputs: "set",
  connection: false,
  login: false,
  outputs: "read-back",
};
