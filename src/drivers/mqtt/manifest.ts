import type { DriverManifest } from "../manifest.ts";

export const mqttManifest: DriverManifest = {
  kind: "mqtt",
  title: "MQTT devices",
  inputs: "told",
  connection: true,
  login: true,
  supervised: true,
  outputs: "read-back-if-configured",
};
