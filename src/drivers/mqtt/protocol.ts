/** MQTT payloads ↔ levels and states; pure. Payloads come from devices and are hostile until read. */
import { err, ok, type Result } from "../../kernel/result.ts";
import type { OutputState } from "../../domain/level.ts";
import { oneLine } from "../../domain/message-title.ts";
import type { MessageMembers, MqttSettings } from "../../domain/site-config.ts";
import { availabilityQuirks } from "./quirks.ts";

export type MqttInput = MqttSettings["inputs"][number];
export type MqttOutput = MqttSettings["outputs"][number];
type Availability = NonNullable<MqttInput["availability"]>;

/** Longer payloads are refused unread; sensors send far less than 1 KiB. */
export const longestPayload = 65_536;

const utf8 = new TextDecoder("utf-8");
const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** The text of a payload, or of the member of its JSON that `path` names (dots between, `0` for a first element). */
export function readPayload(payload: Uint8Array, path: string | undefined): Result<string> {
  if (payload.length > longestPayload) return err(`a payload of ${payload.length} bytes`);
  const text = utf8.decode(payload).trim();
  if (path === undefined || path === "") return ok(text);
  const root = parseJson(text);
  if (!root.ok) return root;
  let value: unknown = root.value;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) {
      return err(`the payload ${shown(text)} has no ${path}`);
    }
    value = (value as Record<string, unknown>)[name];
  }
  const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return plain ? ok(String(value)) : err(`${path} of the payload ${shown(text)} is no plain value`);
}

function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    // also what too deep a nesting throws
    return err(`the payload ${shown(text)} is no JSON`);
  }
}

function oneOf<Word>(text: Result<string>, words: readonly (readonly [string, Word])[]): Result<Word> {
  if (!text.ok) return text;
  const found = words.find(([word]) => word === text.value);
  if (found !== undefined) return ok(found[1]);
  return err(`"${shown(text.value)}" is neither ${words.map(([word]) => `"${word}"`).join(" nor ")}`);
}

/** The level that a message of an input's topic says. */
export const readLevel = (payload: Uint8Array, map: MqttInput["payload"]): Result<"closed" | "open"> =>
  oneOf(readPayload(payload, map.path), [[map.closed, "closed"] as const, [map.open, "open"] as const]);

/** A sender's id may be this long, as over HTTP; a longer one counts as none. */
const longestId = 100;

/** Of a network alarm: what it says, and what could not be read of it. */
export interface MessageSaid {
  readonly title?: string;
  readonly id?: string;
  readonly unread?: string;
}

/**
 * What a message says of itself; undefined for an empty one, which is how a retained message is taken away. An alarm is
 * not refused because its payload is odd: what can't be read is left out.
 */
export function readMessage(payload: Uint8Array, members: MessageMembers): MessageSaid | undefined {
  if (payload.length === 0) return undefined;
  const title = readTitle(payload, members.title);
  const id = members.id === undefined ? undefined : readId(payload, members.id);
  const unread = [title, id].flatMap((read) => (read === undefined || read.ok ? [] : [read.error])).join("; ");
  return {
    ...(title.ok && title.value !== "" ? { title: title.value } : {}),
    ...(id?.ok === true ? { id: id.value } : {}),
    ...(unread === "" ? {} : { unread }),
  };
}

function readTitle(payload: Uint8Array, path: string | undefined): Result<string> {
  const read = readPayload(payload, path);
  if (!read.ok) return read;
  // what is no UTF-8 (a picture, say) is decoded to replacement characters
  return read.value.includes("\ufffd") ? err("a title that is no text") : ok(oneLine(read.value));
}

function readId(payload: Uint8Array, path: string): Result<string> {
  const read = readPayload(payload, path);
  if (!read.ok) return read;
  return read.value !== "" && read.value.length <= longestId ? read : err(`an id of ${read.value.length} characters`);
}

/** The reading of an analogue input, as a plain number. */
export function readNumber(payload: Uint8Array, path: string | undefined): Result<number> {
  const read = readPayload(payload, path);
  if (!read.ok) return read;
  const value = read.value === "" ? Number.NaN : Number(read.value);
  return Number.isFinite(value) ? ok(value) : err(`"${shown(read.value)}" is no number`);
}

/** Percent that a sensor tells beside its level, as Zigbee2MQTT does; undefined where it does not. */
export function readBattery(payload: Uint8Array): number | undefined {
  const read = readPayload(payload, "battery");
  const percent = read.ok && read.value !== "" ? Number(read.value) : Number.NaN;
  return percent >= 0 && percent <= 100 ? percent : undefined;
}

/** `last_seen` as Zigbee2MQTT writes it: milliseconds since 1970, or ISO 8601 with its offset. Undefined for others. */
export function readLastSeen(payload: Uint8Array): number | undefined {
  const read = readPayload(payload, "last_seen");
  if (!read.ok) return undefined;
  if (/^\d{12,15}(\.\d+)?$/.test(read.value)) return Number(read.value);
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(read.value);
  const wall = isMoment ? Date.parse(read.value) : Number.NaN;
  return Number.isNaN(wall) ? undefined : wall;
}

/** Is the device there? Plain text as configured, or one of the known JSON forms around it. */
export function readAvailability(payload: Uint8Array, availability: Availability): Result<boolean> {
  const words = [[availability.online, true] as const, [availability.offline, false] as const];
  const plain = oneOf(readPayload(payload, undefined), words);
  if (plain.ok) return plain;
  const wrapped = availabilityQuirks.map(({ path }) => oneOf(readPayload(payload, path), words));
  return wrapped.find((result) => result.ok) ?? plain;
}

/** What a relay says that it is; an error when the output has no payloads to compare with. */
export function readState(payload: Uint8Array, output: MqttOutput): Result<OutputState> {
  const map = output.statePayload ?? { on: output.on, off: output.off };
  return oneOf(readPayload(payload, map.path), [[map.on, "on"] as const, [map.off, "off"] as const]);
}

/** Every topic to subscribe to, each once. */
export function topicsOf(settings: MqttSettings): string[] {
  const topics = [
    ...settings.inputs.flatMap(({ topic, availability }) => [topic, availability?.topic]),
    ...settings.outputs.map(({ stateTopic }) => stateTopic),
  ];
  return [...new Set(topics.filter((topic) => topic !== undefined))];
}

/** Why a topic can't be subscribed to as one exact name (MQTT 3.1.1 §4.7), or undefined. */
export function topicTrouble(topic: string): string | undefined {
  if (topic === "") return "a topic is empty";
  if (/[+#\0]/.test(topic)) return `topic ${topic}: wildcards can't name one contact`;
  return undefined;
}
