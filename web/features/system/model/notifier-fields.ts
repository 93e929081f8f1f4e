/** Which settings each kind of notifier has, and how they are asked for. Pure; the form only draws them. */
import { mailPorts, mailSecurities, mqttArmings, type MailSecurity } from "../../../../src/domain/notifier-settings.ts";
import type { NotifierInput } from "../../../../src/contract/notifier.ts";
import type { Notifier } from "../../../shared/types.ts";

export type NotifierKind = Notifier["kind"];
export type FieldValue = string | number | boolean | readonly string[] | readonly number[];
export type FieldValues = Readonly<Record<string, FieldValue>>;

export interface Field {
  /** Of the setting, and of its label in the message file. */
  readonly name: string;
  readonly type: "text" | "secret" | "number" | "switch" | "list" | "choice" | "outputs" | "people";
  readonly required?: boolean;
  readonly start: FieldValue;
  readonly choices?: readonly string[];
  /** Has a sentence of its own below the label. */
  readonly says?: boolean;
  /** Shown only when somebody asks for more. */
  readonly advanced?: boolean;
}

const fields: Readonly<Record<NotifierKind, readonly Field[]>> = {
  email: [
    { name: "to", type: "list", required: true, start: [], says: true },
    { name: "from", type: "text", required: true, start: "" },
    { name: "host", type: "text", required: true, start: "" },
    { name: "security", type: "choice", start: "starttls", choices: mailSecurities },
    { name: "port", type: "number", required: true, start: mailPorts.starttls },
    { name: "username", type: "text", start: "", says: true },
    { name: "password", type: "secret", start: "" },
    { name: "anyCertificate", type: "switch", start: false, advanced: true },
  ],
  ntfy: [
    { name: "topic", type: "text", required: true, start: "", says: true },
    { name: "url", type: "text", required: true, start: "https://ntfy.sh" },
    { name: "token", type: "secret", start: "", says: true },
  ],
  telegram: [
    { name: "token", type: "secret", required: true, start: "", says: true },
    { name: "chat", type: "text", required: true, start: "", says: true },
    { name: "url", type: "text", required: true, start: "https://api.telegram.org", advanced: true },
  ],
  pushover: [
    { name: "user", type: "text", required: true, start: "" },
    { name: "token", type: "secret", required: true, start: "" },
    { name: "device", type: "text", start: "", says: true },
    { name: "url", type: "text", required: true, start: "https://api.pushover.net", advanced: true },
  ],
  mqtt: [
    { name: "url", type: "text", required: true, start: "mqtt://" },
    { name: "username", type: "text", start: "", says: true },
    { name: "password", type: "secret", start: "" },
    { name: "discovery", type: "switch", start: true, says: true },
    { name: "outputs", type: "outputs", start: [], says: true },
    { name: "arming", type: "choice", start: "none", choices: mqttArmings, says: true },
    { name: "topic", type: "text", required: true, start: "reed", says: true, advanced: true },
    { name: "discoveryPrefix", type: "text", required: true, start: "homeassistant", advanced: true },
  ],
  push: [{ name: "people", type: "people", start: [], says: true }],
  heartbeat: [
    { name: "url", type: "text", required: true, start: "", says: true },
    { name: "everyMin", type: "number", required: true, start: 5 },
  ],
  webhook: [
    { name: "url", type: "text", required: true, start: "", says: true },
    { name: "secret", type: "secret", start: "", says: true },
  ],
};

export const notifierKinds = Object.keys(fields) as readonly NotifierKind[];

export const fieldsOf = (kind: NotifierKind): readonly Field[] => fields[kind];

const common = (): FieldValues => ({ name: "", enabled: true, snapshot: true });

/** What a new notifier of a kind begins with, or what there is of one. */
export function valuesOf(kind: NotifierKind, notifier?: Notifier): FieldValues {
  const start = Object.fromEntries(fields[kind].map((field) => [field.name, field.start]));
  const kept = Object.entries(notifier ?? {}).filter(([name]) => name !== "notifier" && name !== "kind");
  return { ...common(), ...start, ...Object.fromEntries(kept) };
}

/** A change of one value, and what follows from it: the usual port of another way to encrypt. */
export function changed(values: FieldValues, name: string, value: FieldValue): FieldValues {
  const next = { ...values, [name]: value };
  if (name !== "security") return next;
  const usual = Object.values(mailPorts).some((port) => port === values["port"]);
  return usual ? { ...next, port: mailPorts[value as MailSecurity] } : next;
}

const trimmed = (value: FieldValue): FieldValue => (typeof value === "string" ? value.trim() : value);

/** What is sent: without a name where none was given. Secrets stay as they were typed. */
export function bodyOf(kind: NotifierKind, values: FieldValues): NotifierInput {
  const secrets = fields[kind].filter(({ type }) => type === "secret").map(({ name }) => name);
  const names = ["name", "enabled", "snapshot", "weekly", "troubles", ...fields[kind].map(({ name }) => name)];
  const sent = names.flatMap((name) => {
    const value = values[name];
    if (value === undefined || (name === "name" && trimmed(value) === "")) return [];
    return [[name, secrets.includes(name) ? value : trimmed(value)] as const];
  });
  // the server's schema checks it; this only says which form was filled in
  return { kind, ...Object.fromEntries(sent) } as NotifierInput;
}

/** Where messages go, in one line. */
export function addressOf(notifier: Notifier): string {
  switch (notifier.kind) {
    case "email":
      return `${notifier.to.join(", ")} · ${notifier.host}:${notifier.port}`;
    case "ntfy":
      return `${notifier.url} · ${notifier.topic}`;
    case "telegram":
      return notifier.chat;
    case "pushover":
      return notifier.device === "" ? notifier.user : `${notifier.user} · ${notifier.device}`;
    case "mqtt":
      return `${notifier.url} · ${notifier.topic}/…`;
    case "push":
      return notifier.people.join(", ");
    case "heartbeat":
    case "webhook":
      return notifier.url;
  }
}
