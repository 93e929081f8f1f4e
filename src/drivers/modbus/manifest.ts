import type { DriverManifest } from "../manifest.ts";

export const modbusManifest: DriverManifest = {
  kind: "modbus-tcp",
  title: "Modbus TCP board",
  inputs: "polled",
  connection: true,
  login: false,
  supervised: true,
  outputs: "read-back",
};

export const modbusRtuManifest: DriverManifest = {
  ...modbusManifest,
  kind: "modbus-rtu",
  title: "Modbus RTU board",
};
