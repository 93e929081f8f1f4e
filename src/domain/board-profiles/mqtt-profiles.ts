/** Devices behind an MQTT broker. Topics and payloads as the makers' documents have them. */
import type { MqttSettings } from "../site-config.ts";
import {
  namesOf,
  numberOf,
  points,
  textOf,
  type BoardProfile,
  type FieldKey,
  type ProfileField,
  type ProfileValues,
} from "./profile.ts";

const broker: readonly ProfileField[] = [
  { key: "url", kind: "text", initial: "mqtt://", required: true },
  { key: "username", kind: "text", initial: "" },
  { key: "password", kind: "secret", initial: "" },
];
const count = (key: FieldKey, initial: number): ProfileField => ({ key, kind: "number", initial, min: 0, max: 32 });
const prefixField: ProfileField = { key: "prefix", kind: "text", initial: "", required: true };

const mqtt = (
  values: ProfileValues,
  points: Pick<MqttSettings, "inputs" | "outputs"> & Partial<MqttSettings>,
): MqttSettings => ({
  kind: "mqtt",
  url: textOf(values, "url"),
  username: textOf(values, "username"),
  password: textOf(values, "password"),
  ...points,
});

/** Without the slashes that people put at the ends of a topic. */
const prefixOf = (values: ProfileValues, key: FieldKey = "prefix"): string =>
  textOf(values, key).replace(/^\/+|\/+$/g, "");

/**
 * Gen2 and later. Status of a component: `<prefix>/status/input:0` `{"id":0,"state":true}` and
 * `<prefix>/status/switch:0` `{"id":0,"output":true,…}` ("Generic status update over MQTT", `status_ntf`); commands:
 * `<prefix>/command/switch:0` `on`/`off`/`status_update` ("MQTT control", `enable_control`); last will
 * `<prefix>/online` `true`/`false`. Status is not retained, so it is asked for after each connect. A switch that is on
 * (`state: true`) is a closed contact.
 */
const shelly: BoardProfile = {
  id: "shelly",
  maker: "Shelly",
  wired: true,
  fields: [...broker, prefixField, count("inputs", 1), count("outputs", 1)],
  build(values) {
    const prefix = prefixOf(values);
    const availability = { topic: `${prefix}/online`, online: "true", offline: "false" };
    const inputs = points(numberOf(values, "inputs"), (point) => ({
      point,
      topic: `${prefix}/status/input:${point - 1}`,
      payload: { path: "state", closed: "true", open: "false" },
      availability,
    }));
    const outputs = points(numberOf(values, "outputs"), (point) => ({
      point,
      topic: `${prefix}/command/switch:${point - 1}`,
      on: "on",
      off: "off",
      stateTopic: `${prefix}/status/switch:${point - 1}`,
      statePayload: { path: "output", on: "true", off: "false" },
    }));
    return mqtt(values, { hello: [{ topic: `${prefix}/command`, payload: "status_update" }], inputs, outputs });
  },
};

/** The name of an entity as ESPHome puts it into a topic: lower case, what is no letter, digit, `-` or `_` becomes `_`. */
export const esphomeName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\s+/g, "_")
    .replace(/[^a-z0-9_-]/g, "_");

/**
 * `<prefix>/binary_sensor/<name>/state` `ON`/`OFF`, `<prefix>/switch/<name>/command` and `…/state` `ON`/`OFF`, last will
 * `<prefix>/status` `online`/`offline`; states are retained. `ON` of a GPIO binary sensor with a pull-up is a closed
 * contact when the pin is `inverted: true`, which is how the note shows it.
 */
const esphome: BoardProfile = {
  id: "esphome",
  maker: "ESPHome",
  wired: true,
  fields: [
    ...broker,
    prefixField,
    { key: "sensors", kind: "names", initial: "contact_1" },
    { key: "switches", kind: "names", initial: "relay_1" },
  ],
  build(values) {
    const prefix = prefixOf(values);
    const availability = { topic: `${prefix}/status`, online: "online", offline: "offline" };
    const inputs = namesOf(values, "sensors").map((name, index) => ({
      point: index + 1,
      topic: `${prefix}/binary_sensor/${esphomeName(name)}/state`,
      payload: { closed: "ON", open: "OFF" },
      availability,
    }));
    const outputs = namesOf(values, "switches").map((name, index) => ({
      point: index + 1,
      topic: `${prefix}/switch/${esphomeName(name)}/command`,
      on: "ON",
      off: "OFF",
      stateTopic: `${prefix}/switch/${esphomeName(name)}/state`,
    }));
    return mqtt(values, { inputs, outputs });
  },
};

/**
 * Relays: `cmnd/<topic>/POWER1` `ON`/`OFF`, state `stat/<topic>/POWER1`; last will `tele/<topic>/LWT` `Online`/`Offline`
 * (retained). Contacts are published retained by a rule on the device (note): `stat/<topic>/CONTACT1` `1`/`0`, because
 * Tasmota's own switch messages are neither retained nor free of the relay. A device with one relay calls it `POWER`
 * and takes `POWER1` too; its state topic is `POWER` unless `SetOption26 1` is set, which the note asks for.
 */
const tasmota: BoardProfile = {
  id: "tasmota",
  maker: "Tasmota",
  wired: true,
  fields: [...broker, prefixField, count("inputs", 1), count("outputs", 1)],
  build(values) {
    const prefix = prefixOf(values);
    const availability = { topic: `tele/${prefix}/LWT`, online: "Online", offline: "Offline" };
    const inputs = points(numberOf(values, "inputs"), (point) => ({
      point,
      topic: `stat/${prefix}/CONTACT${point}`,
      payload: { closed: "1", open: "0" },
      availability,
    }));
    const outputs = points(numberOf(values, "outputs"), (point) => ({
      point,
      topic: `cmnd/${prefix}/POWER${point}`,
      on: "ON",
      off: "OFF",
      stateTopic: `stat/${prefix}/POWER${point}`,
    }));
    return mqtt(values, { inputs, outputs });
  },
};

/** What a kind of Zigbee sensor says, and which of it is a closed contact. */
const zigbeeKinds = {
  /** "Indicates if the contact is closed (= true) or open (= false)". */
  contact: { path: "contact", closed: "true", open: "false" },
  /** A detector that sees somebody opens its loop: NC, as a wired one. */
  occupancy: { path: "occupancy", closed: "false", open: "true" },
  /** A button has no state: each press is a pulse. */
  button: { path: "action", closed: "single", open: "", pulse: true },
} as const;
type ZigbeeKind = keyof typeof zigbeeKinds;
const isZigbeeKind = (text: string): text is ZigbeeKind => Object.hasOwn(zigbeeKinds, text);

/** `front door`, or `hall: occupancy`: a friendly name may hold colons, so only a known kind behind the last counts. */
function zigbeeDevice(line: string): { readonly name: string; readonly kind: ZigbeeKind } {
  const cut = line.lastIndexOf(":");
  const kind = line.slice(cut + 1).trim();
  return cut > 0 && isZigbeeKind(kind) ? { name: line.slice(0, cut).trim(), kind } : { name: line, kind: "contact" };
}

/**
 * `<base>/<friendly name>` `{"contact":true,…}`, `…/set` `{"state":"ON"}`, `…/availability` `{"state":"online"}` (the
 * driver reads that form, and older plain text). Availability needs `availability: true` in Zigbee2MQTT, which the note
 * asks for; states are retained only with `retain: true` of the device. Plugs are asked for theirs by `…/get`.
 */
const zigbee2mqtt: BoardProfile = {
  id: "zigbee2mqtt",
  maker: "Zigbee2MQTT",
  wired: false,
  fields: [
    ...broker,
    { key: "baseTopic", kind: "text", initial: "zigbee2mqtt", required: true },
    { key: "devices", kind: "names", initial: "front door" },
    { key: "plugs", kind: "names", initial: "" },
  ],
  build(values) {
    const base = prefixOf(values, "baseTopic");
    const devices = namesOf(values, "devices").map(zigbeeDevice);
    const inputs = devices.map(({ name, kind }, index) => ({
      point: index + 1,
      topic: `${base}/${name}`,
      payload: zigbeeKinds[kind],
      availability: { topic: `${base}/${name}/availability`, online: "online", offline: "offline" },
    }));
    const outputs = namesOf(values, "plugs").map((name, index) => ({
      point: index + 1,
      topic: `${base}/${name}/set`,
      on: '{"state":"ON"}',
      off: '{"state":"OFF"}',
      stateTopic: `${base}/${name}`,
      statePayload: { path: "state", on: "ON", off: "OFF" },
    }));
    const hello = outputs.map(({ stateTopic }) => ({ topic: `${stateTopic}/get`, payload: '{"state":""}' }));
    return mqtt(values, { ...(hello.length === 0 ? {} : { hello }), inputs, outputs });
  },
};

/** One topic a line; the same words for all. */
const generic: BoardProfile = {
  id: "mqtt",
  maker: "MQTT",
  wired: true,
  fields: [
    ...broker,
    { key: "topics", kind: "names", initial: "" },
    { key: "path", kind: "text", initial: "" },
    { key: "closed", kind: "text", initial: "ON" },
    { key: "open", kind: "text", initial: "OFF" },
    { key: "availability", kind: "text", initial: "" },
    { key: "commandTopics", kind: "names", initial: "" },
    { key: "on", kind: "text", initial: "ON" },
    { key: "off", kind: "text", initial: "OFF" },
  ],
  build(values) {
    const path = textOf(values, "path");
    const gone = textOf(values, "availability");
    const inputs = namesOf(values, "topics").map((topic, index) => ({
      point: index + 1,
      topic,
      payload: { ...(path === "" ? {} : { path }), closed: textOf(values, "closed"), open: textOf(values, "open") },
      ...(gone === "" ? {} : { availability: { topic: gone, online: "online", offline: "offline" } }),
    }));
    const outputs = namesOf(values, "commandTopics").map((line, index) => {
      const [topic = line, stateTopic] = line.split(/\s+/);
      return {
        point: index + 1,
        topic,
        on: textOf(values, "on"),
        off: textOf(values, "off"),
        ...(stateTopic === undefined ? {} : { stateTopic }),
      };
    });
    return mqtt(values, { inputs, outputs });
  },
};

export const mqttProfiles: readonly BoardProfile[] = [shelly, esphome, tasmota, zigbee2mqtt, generic];
