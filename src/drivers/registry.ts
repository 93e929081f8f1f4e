import { assertNever } from "../kernel/machine.ts";
import type { DriverSettings } from "../domain/site-config.ts";
import type { BoardDriver } from "./board-driver.ts";
import type { DriverDeps } from "./driver.ts";
import type { DriverManifest } from "./manifest.ts";
import { startCameraOfflineDriver } from "./camera-offline/driver.ts";
import { cameraOfflineManifest } from "./camera-offline/manifest.ts";
import { startGpioDriver } from "./gpio/driver.ts";
import { gpioManifest } from "./gpio/manifest.ts";
import { startHttpTriggerDriver } from "./http-trigger/driver.ts";
import { httpTriggerManifest } from "./http-trigger/manifest.ts";
import { startModbusDriver, startModbusRtuDriver } from "./modbus/driver.ts";
import { modbusManifest, modbusRtuManifest } from "./modbus/manifest.ts";
import { startMqttDriver } from "./mqtt/driver.ts";
import { mqttManifest } from "./mqtt/manifest.ts";
import { startNutDriver } from "./nut/driver.ts";
import { nutManifest } from "./nut/manifest.ts";
import { startVideoDetectionDriver } from "./video-detection/driver.ts";
import { videoDetectionManifest } from "./video-detection/manifest.ts";
import { startVirtualDriver } from "./virtual/driver.ts";
import { virtualManifest } from "./virtual/manifest.ts";

export type { BoardDriver } from "./board-driver.ts";

/** Every family that there is. */
export const manifests: readonly DriverManifest[] = [
  modbusManifest,
  modbusRtuManifest,
  gpioManifest,
  mqttManifest,
  httpTriggerManifest,
  cameraOfflineManifest,
  nutManifest,
  videoDetectionManifest,
  virtualManifest,
];

/** Starts the driver of a board. It connects by itself, reports to `deps.events` and runs until it is disposed. */
export function createDriver(settings: DriverSettings, deps: DriverDeps): BoardDriver {
  switch (settings.kind) {
    case "modbus-tcp":
      return startModbusDriver(settings, deps);
    case "modbus-rtu":
      return startModbusRtuDriver(settings, deps);
    case "gpio":
      return startGpioDriver(settings, deps);
    case "mqtt":
      return startMqttDriver(settings, deps);
    case "http-trigger":
      return startHttpTriggerDriver(settings, deps);
    case "camera-offline":
      return startCameraOfflineDriver(deps);
    case "virtual":
      return startVirtualDriver(settings, deps);
    case "nut":
      return startNutDriver(settings, deps);
    case "video-detection":
      return startVideoDetectionDriver(settings, deps);
    default:
      return assertNever(settings);
  }
}
