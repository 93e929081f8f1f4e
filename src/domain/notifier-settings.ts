/** Who is told of an alarm, and how: one kind for each way out of the site. */

interface NotifierCommon {
  readonly notifier: number;
  readonly name: string;
  readonly enabled: boolean;
  /** With pictures of the linked cameras. */
  readonly snapshot: boolean;
  /** Told every Monday that all is well, once it has worked; absent: yes. */
  readonly weekly?: boolean;
  /** Which troubles it is told of besides alarms; absent: `usualTroublesTold`. */
  readonly troubles?: TroublesTold;
}

/**
 * `arming`: something was left open, or Reed was started again, while armed. `serious`: also what keeps Reed from what
 * it is for. `all`: also the rest.
 */
export const troublesTold = ["none", "arming", "serious", "all"] as const;
export type TroublesTold = (typeof troublesTold)[number];
export const usualTroublesTold: TroublesTold = "arming";

const ofArming = ["open", "restart"];
const serious = [
  ...["recorder", "volume", "journal", "database", "channel", "board"],
  ...["output", "feedback", "battery", "clock"],
];
/** What is told by other ways: that a message did not arrive, by no message; the mains and the UPS, to everybody at once. */
const otherwise = ["messages", "heartbeat", "power", "ups-low"];

/** Whether a trouble, by the first part of its key, is told where this was chosen. */
export function tellsOf(told: TroublesTold, key: string): boolean {
  const about = key.split(":")[0] ?? "";
  if (told === "none" || otherwise.includes(about)) return false;
  if (ofArming.includes(about) || told === "all") return true;
  return told === "serious" && serious.includes(about);
}

/** Somebody outside who is called while all is well, and who tells people when he is not. */
export interface HeartbeatSettings extends NotifierCommon {
  readonly kind: "heartbeat";
  /** Gets a GET. */
  readonly url: string;
  readonly everyMin: number;
}
export const heartbeatMin = [1, 1440] as const;

export interface WebhookSettings extends NotifierCommon {
  readonly kind: "webhook";
  readonly url: string;
  /** Key of the HMAC-SHA-256 signature; empty = unsigned. */
  readonly secret: string;
}

export interface NtfySettings extends NotifierCommon {
  readonly kind: "ntfy";
  readonly url: string;
  readonly topic: string;
  readonly token: string;
}

/** `starttls`: plain first, encrypted before anything is said; refused where the server can't. `tls`: from the start. */
export const mailSecurities = ["starttls", "tls", "none"] as const;
export type MailSecurity = (typeof mailSecurities)[number];

export interface EmailSettings extends NotifierCommon {
  readonly kind: "email";
  readonly host: string;
  readonly port: number;
  readonly security: MailSecurity;
  /** Certificates that nobody vouches for are taken too: for a mail server in the house. */
  readonly anyCertificate: boolean;
  /** Empty: no login. */
  readonly username: string;
  readonly password: string;
  readonly from: string;
  readonly to: readonly string[];
}

export interface TelegramSettings extends NotifierCommon {
  readonly kind: "telegram";
  /** `https://api.telegram.org`, or a Bot API server of one's own. */
  readonly url: string;
  /** Of the bot, from @BotFather. */
  readonly token: string;
  /** Number of a chat, or `@name` of a channel. */
  readonly chat: string;
}

export interface PushoverSettings extends NotifierCommon {
  readonly kind: "pushover";
  readonly url: string;
  /** Of the application. */
  readonly token: string;
  /** Key of the user or group. */
  readonly user: string;
  /** One device by name; empty: all. */
  readonly device: string;
}

/** What whoever may publish to the broker may do with the arming. */
export const mqttArmings = ["none", "arm", "arm-and-disarm"] as const;
export type MqttArming = (typeof mqttArmings)[number];

/** A broker that is told everything that is true now, and messages; Home Assistant finds it all by itself. */
export interface MqttNotifierSettings extends NotifierCommon {
  readonly kind: "mqtt";
  /** `mqtt://host:1883` or `mqtts://…`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Every topic begins with it; two Reeds on one broker have two. */
  readonly topic: string;
  /** Home Assistant discovery. */
  readonly discovery: boolean;
  readonly discoveryPrefix: string;
  /** Outputs that may be switched from there. */
  readonly outputs: readonly number[];
  readonly arming: MqttArming;
}

/** Phones and browsers that people subscribed by themselves (`push-settings.ts`). */
export interface PushSettings extends NotifierCommon {
  readonly kind: "push";
  /** Names of users; empty: everybody who subscribed. */
  readonly people: readonly string[];
}

export type NotifierSettings =
  | WebhookSettings
  | NtfySettings
  | EmailSettings
  | TelegramSettings
  | PushoverSettings
  | MqttNotifierSettings
  | HeartbeatSettings
  | PushSettings;

export type NotifierKind = NotifierSettings["kind"];

/**
 * Whether a walk test proves the way to such a receiver without telling anybody (`core/notify/probes.ts`). A topic of
 * ntfy knows neither its readers nor a test: it takes one message that says TEST. A heartbeat tells nobody anyway.
 */
export const provesQuietly: Readonly<Record<NotifierKind, boolean>> = {
  ...{ webhook: true, mqtt: true, email: true, telegram: true, pushover: true, push: true },
  ...{ heartbeat: true, ntfy: false },
};

/** Where a mail server is usually listening, by how it encrypts. */
export const mailPorts: Readonly<Record<MailSecurity, number>> = { starttls: 587, tls: 465, none: 25 };
