/**
 * A board profile: what has to be asked of a person to talk to one make of board, and how the answers become a driver's
 * settings. Data and pure functions: pages show the fields, the server builds the same from them. Titles, help and notes
 * of what to set on the device stand in the pages' message files under the profile's id.
 */
import type { DriverSettings, HttpTriggerSettings } from "../site-config.ts";

export type ProfileId =
  | "waveshare"
  | "waveshare-rtu"
  | "adam"
  | "iologik"
  | "shelly"
  | "esphome"
  | "tasmota"
  | "zigbee2mqtt"
  | "modbus"
  | "modbus-rtu"
  | "gpio"
  | "nut"
  | "mqtt"
  | "http"
  | "virtual";

/** Names of the answers; also the keys of their labels and help in the message files. */
export type FieldKey =
  | ("ups" | "whenLow")
  | ("model" | "host" | "port" | "unit" | "pollMs" | "contacts" | "inputTable" | "base" | "inputs" | "inputArea")
  | ("inputAddress" | "closedWhen" | "outputs" | "outputAddress" | "url" | "username" | "password" | "prefix")
  | ("sensors" | "switches" | "baseTopic" | "devices" | "plugs" | "topics" | "path" | "closed" | "open")
  | ("availability" | "commandTopics" | "on" | "off" | "maxS")
  | ("serialPath" | "baudRate" | "parity" | "stopBits" | "chip" | "bias" | "inputLines" | "outputLines" | "onWhen");

/** What a person is asked. */
export type ProfileField =
  | { readonly key: FieldKey; readonly kind: "text"; readonly initial: string; readonly required?: boolean }
  | { readonly key: FieldKey; readonly kind: "secret"; readonly initial: string }
  | {
      readonly key: FieldKey;
      readonly kind: "number";
      readonly initial: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly key: FieldKey;
      readonly kind: "choice";
      readonly initial: string;
      /** `label` is shown as it stands (a model's name); without one the message file has it. */
      readonly options: readonly { readonly value: string; readonly label?: string }[];
    }
  /** One name a line. */
  | { readonly key: FieldKey; readonly kind: "names"; readonly initial: string };

/** Settings of a driver as they are sent to be saved: the keys of HTTP triggers are made by the server. */
export type DriverDraft =
  | Exclude<DriverSettings, HttpTriggerSettings>
  | { readonly kind: "http-trigger"; readonly inputs: readonly { readonly point: number; readonly maxS: number }[] };

export type ProfileValues = Readonly<Record<string, string | number>>;

export interface BoardProfile {
  readonly id: ProfileId;
  /** Whose product; shown as it stands. */
  readonly maker: string;
  /** Is there a cable to the contact? Then a wiring drawing makes sense. */
  readonly wired: boolean;
  readonly fields: readonly ProfileField[];
  /** Settings that the driver's schema accepts, from values that `readValues` made. */
  build(values: ProfileValues): DriverDraft;
}

/** The value of each field, the initial one where none was given, numbers held inside their range. */
export function readValues(profile: BoardProfile, given: ProfileValues): ProfileValues {
  return Object.fromEntries(profile.fields.map((field) => [field.key, valueOf(field, given[field.key])]));
}

function valueOf(field: ProfileField, given: string | number | undefined): string | number {
  if (field.kind !== "number") return given === undefined ? field.initial : String(given).trim();
  const asked = Number(given ?? field.initial);
  return Math.min(field.max, Math.max(field.min, Number.isFinite(asked) ? Math.round(asked) : field.initial));
}

/** Fields that must be filled and are not. */
export const missingFields = (profile: BoardProfile, values: ProfileValues): readonly FieldKey[] =>
  profile.fields
    .filter(
      (field) => field.kind === "text" && field.required === true && String(values[field.key] ?? "").trim() === "",
    )
    .map(({ key }) => key);

export const textOf = (values: ProfileValues, key: FieldKey): string => String(values[key] ?? "");
export const numberOf = (values: ProfileValues, key: FieldKey): number => Number(values[key] ?? 0);

/** Names, one a line, empty lines left out. */
export const namesOf = (values: ProfileValues, key: FieldKey): readonly string[] =>
  textOf(values, key)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** 1…n, mapped. */
export const points = <T>(count: number, each: (point: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => each(index + 1));
