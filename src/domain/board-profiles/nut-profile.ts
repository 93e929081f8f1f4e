/** A UPS behind a NUT server: this machine's own, or another's on the network. */
import { whenLows } from "../ups.ts";
import { numberOf, textOf, type BoardProfile } from "./profile.ts";

export const nutProfile: BoardProfile = {
  id: "nut",
  maker: "Network UPS Tools",
  wired: false,
  fields: [
    { key: "host", kind: "text", initial: "127.0.0.1", required: true },
    { key: "port", kind: "number", initial: 3493, min: 1, max: 65_535 },
    { key: "ups", kind: "text", initial: "ups", required: true },
    { key: "username", kind: "text", initial: "" },
    { key: "password", kind: "secret", initial: "" },
    { key: "whenLow", kind: "choice", initial: "stop", options: whenLows.map((value) => ({ value })) },
  ],
  build: (values) => ({
    ...{ kind: "nut", host: textOf(values, "host"), port: numberOf(values, "port"), ups: textOf(values, "ups") },
    ...{ username: textOf(values, "username"), password: textOf(values, "password"), pollS: 2 },
    whenLow: whenLows.find((one) => one === values["whenLow"]) ?? "stop",
  }),
};
