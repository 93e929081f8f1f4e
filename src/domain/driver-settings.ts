/** How to talk to a box with contacts and relays: one shape a family of drivers. */

import type { VideoDetectionSettings } from "./detection/settings.ts";
import type { LoopSettings } from "./supervised-loop.ts";
import type { WhenLow } from "./ups.ts";

export type DriverSettings =
  | ModbusSettings
  | GpioSettings
  | MqttSettings
  | HttpTriggerSettings
  | CameraOfflineSettings
  | VirtualSettings
  | NutSettings
  | VideoDetectionSettings;

export type { VideoDetectionSettings } from "./detection/settings.ts";

/** A UPS behind a NUT server; its points are `domain/ups.ts`. */
export interface NutSettings {
  readonly kind: "nut";
  readonly host: string;
  readonly port: number;
  /** Its name on the server. */
  readonly ups: string;
  /** Empty: no login. */
  readonly username: string;
  readonly password: string;
  /** Seconds between two looks. */
  readonly pollS: number;
  readonly whenLow: WhenLow;
}

export type ModbusArea = "discrete-input" | "coil" | "holding-bit" | "input-bit";

/** Address as the protocol counts (0-based). `bit` only for register areas (0–15, 0 = least significant). */
export interface ModbusPoint {
  readonly area: ModbusArea;
  readonly address: number;
  readonly bit?: number;
}

/** A contact: a bit, or with `loop` a whole register (area `holding-bit` or `input-bit`) that reads a supervised loop. */
export interface ModbusInput extends ModbusPoint {
  readonly point: number;
  /** Of a bit. */
  readonly closedWhen: 0 | 1;
  readonly loop?: ModbusLoop;
}

export interface ModbusLoop extends LoopSettings {
  /** Register of the same area that reads the supply of the loop; absent: it is what `fullScale` says. */
  readonly referenceAddress?: number;
}

/** What a Modbus board has, however it is reached. */
export interface ModbusUnit {
  /** 0–255; on a serial line 1–247. */
  readonly unit: number;
  /** Milliseconds between polls, default 50, on a serial line 100. */
  readonly pollMs: number;
  readonly inputs: readonly ModbusInput[];
  /** `address` of a coil. */
  /** `timedAddress`: a coil that takes a time in 100 ms, switches the relay on and off again by itself. */
  readonly outputs: readonly {
    readonly point: number;
    readonly address: number;
    readonly onWhen: 0 | 1;
    readonly timedAddress?: number;
  }[];
}

export interface ModbusTcpSettings extends ModbusUnit {
  readonly kind: "modbus-tcp";
  readonly host: string;
  readonly port: number;
}

export const parities = ["none", "even", "odd"] as const;
export type Parity = (typeof parities)[number];

/** How the bytes of a serial line are sent; always eight data bits. */
export interface SerialLine {
  readonly baudRate: number;
  readonly parity: Parity;
  readonly stopBits: 1 | 2;
}

/** A board on an RS-485 (or RS-232) line; several boards may share one line, each with a unit number of its own. */
export interface ModbusRtuSettings extends ModbusUnit, SerialLine {
  readonly kind: "modbus-rtu";
  /** Of the serial port, e.g. `/dev/serial/by-id/usb-…` or `/dev/ttyUSB0`. */
  readonly path: string;
}

export type ModbusSettings = ModbusTcpSettings | ModbusRtuSettings;

export const gpioBiases = ["pull-up", "pull-down", "none", "as-is"] as const;

/** Lines of a GPIO chip of this machine. */
export interface GpioSettings {
  readonly kind: "gpio";
  /** `gpiochip0` … */
  readonly chip: string;
  /** What the chip itself does to its inputs; a contact to ground needs `pull-up`, here or as a resistor. */
  readonly bias: (typeof gpioBiases)[number];
  /** `line`: its offset on the chip. A contact to ground reads 0 when it is closed. */
  readonly inputs: readonly { readonly point: number; readonly line: number; readonly closedWhen: 0 | 1 }[];
  readonly outputs: readonly { readonly point: number; readonly line: number; readonly onWhen: 0 | 1 }[];
}

/** Which payload means what: `path` picks a member of a JSON payload (dots), absent = the whole payload as text. */
export interface PayloadMap {
  readonly path?: string;
  readonly closed: string;
  readonly open: string;
  /** The device says only `closed` (a button): each such message is closed, then open; a retained one is dropped. */
  readonly pulse?: boolean;
}

/** Where a message says what it is about. Both are members of a JSON payload (dots between). */
export interface MessageMembers {
  /** Absent: the whole payload, as text. */
  readonly title?: string;
  /** The sender's own id of the message: the same one again is the same event. Absent: each message is one of its own. */
  readonly id?: string;
}

export interface MqttSettings {
  readonly kind: "mqtt";
  /** `mqtt://host:1883` or `mqtts://…`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Published after every connect, not retained: asks devices that do not retain their state to say it. */
  readonly hello?: readonly { readonly topic: string; readonly payload: string }[];
  readonly inputs: readonly {
    readonly point: number;
    readonly topic: string;
    readonly payload: PayloadMap;
    /** The payload is a number, the reading of a supervised loop; what means closed and open is left alone. */
    readonly loop?: LoopSettings;
    /** A message, no contact: each one that is not retained is a network alarm; what means closed and open is left alone. */
    readonly message?: MessageMembers;
    /** A device whose topic says `offline` is at fault. */
    readonly availability?: { readonly topic: string; readonly online: string; readonly offline: string };
  }[];
  readonly outputs: readonly {
    readonly point: number;
    readonly topic: string;
    readonly on: string;
    readonly off: string;
    /** Where the device reports the relay's real state; absent = not read back. */
    readonly stateTopic?: string;
    readonly statePayload?: { readonly path?: string; readonly on: string; readonly off: string };
  }[];
}

/** Inputs that a device or script raises over HTTP: `start`, `stop`, `pulse`. Each point has a key of its own. */
export interface HttpTriggerSettings {
  readonly kind: "http-trigger";
  readonly inputs: readonly { readonly point: number; readonly key: string; readonly maxS: number }[];
}

/** Switched by hand through the API; for tests, demos and rules without hardware. */
export interface VirtualSettings {
  readonly kind: "virtual";
  readonly inputs: number;
  readonly outputs: number;
}

/** The site's own source: one point, raised when cameras go offline (`camera-watch.ts`). One a site. */
export interface CameraOfflineSettings {
  readonly kind: "camera-offline";
  /** Seconds that a camera may be away, default 60. */
  readonly graceS: number;
  /** Channels that are not watched. */
  readonly except: readonly number[];
}
