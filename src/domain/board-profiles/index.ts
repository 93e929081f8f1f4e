/** Every board profile, in the order in which they are offered. */
import { defaults } from "../site-config.ts";
import { gpioProfile } from "./gpio-profile.ts";
import { modbusProfiles } from "./modbus-profiles.ts";
import { mqttProfiles } from "./mqtt-profiles.ts";
import { nutProfile } from "./nut-profile.ts";
import { numberOf, points, type BoardProfile } from "./profile.ts";

export * from "./profile.ts";

/** Devices and scripts that call an address; Reed makes a key for each point and shows it once. */
const http: BoardProfile = {
  id: "http",
  maker: "HTTP",
  wired: false,
  fields: [
    { key: "inputs", kind: "number", initial: 1, min: 1, max: 64 },
    { key: "maxS", kind: "number", initial: defaults.maxRecordS, min: 1, max: 3600 },
  ],
  build: (values) => ({
    kind: "http-trigger",
    inputs: points(numberOf(values, "inputs"), (point) => ({ point, maxS: numberOf(values, "maxS") })),
  }),
};

const virtual: BoardProfile = {
  id: "virtual",
  maker: "Reed",
  wired: false,
  fields: [
    { key: "inputs", kind: "number", initial: 4, min: 0, max: 64 },
    { key: "outputs", kind: "number", initial: 2, min: 0, max: 64 },
  ],
  build: (values) => ({
    kind: "virtual",
    inputs: numberOf(values, "inputs"),
    outputs: numberOf(values, "outputs"),
  }),
};

export const boardProfiles: readonly BoardProfile[] = [
  ...modbusProfiles,
  ...mqttProfiles,
  gpioProfile,
  nutProfile,
  http,
  virtual,
];

export const profileOf = (id: string): BoardProfile | undefined => boardProfiles.find((profile) => profile.id === id);
