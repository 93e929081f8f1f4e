import { z } from "zod";
import { videoDetection } from "./detection-settings.ts";
import { gpioBiases, parities } from "../domain/driver-settings.ts";
import { whenLows } from "../domain/ups.ts";
import { defaults, ranges, type BoardSettings, type DriverSettings } from "../domain/site-config.ts";
import { hidden, list, name, number, secret, wall, within, without } from "./common.ts";
import { loop, loopReading, modbusLoop } from "./loop.ts";

const point = z.number().int().min(1).max(65_535);
const bit = z.union([z.literal(0), z.literal(1)]);
const host = z.string().min(1).max(253);

const modbusInput = z.strictObject({
  point,
  area: z.enum(["discrete-input", "coil", "holding-bit", "input-bit"]).default("discrete-input"),
  address: z.number().int().min(0).max(65_535).describe("as the protocol counts, from 0"),
  bit: z.exactOptional(z.number().int().min(0).max(15).describe("of a register; 0 is the least significant")),
  closedWhen: bit.default(1).describe("the bit that means a closed contact; apart from NO and NC"),
  loop: z.exactOptional(modbusLoop.describe("the whole register reads a supervised loop")),
});
const modbusPoints = {
  inputs: list(modbusInput).default([]),
  outputs: list(
    z.strictObject({
      point,
      address: z.number().int().min(0).max(65_535),
      onWhen: bit.default(1),
      timedAddress: z.exactOptional(
        z
          .number()
          .int()
          .min(0)
          .max(65_535)
          .describe("coil that takes a time in 100 ms and ends by itself; where the board has one"),
      ),
    }),
  ).default([]),
};
const pollMs = z.number().int().min(10).max(60_000);
const modbusTcp = z.strictObject({
  kind: z.literal("modbus-tcp"),
  host,
  port: z.number().int().min(1).max(65_535).default(502),
  unit: z.number().int().min(0).max(255).default(1),
  pollMs: pollMs.default(defaults.pollMs),
  ...modbusPoints,
});
const modbusRtu = z.strictObject({
  kind: z.literal("modbus-rtu"),
  path: z
    .string()
    .max(200)
    .regex(/^\/dev\/[^\s]+$/, "must be a serial port like /dev/ttyUSB0"),
  baudRate: z.number().int().min(1200).max(1_000_000).default(9600),
  parity: z.enum(parities).default("none"),
  stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
  unit: z.number().int().min(1).max(247).default(1),
  pollMs: pollMs.default(defaults.serialPollMs),
  ...modbusPoints,
});

const gpioLine = z.number().int().min(0).max(65_535).describe("its offset on the chip");
const gpio = z.strictObject({
  kind: z.literal("gpio"),
  chip: z.string().regex(/^gpiochip\d{1,3}$/, "must be a chip like gpiochip0"),
  bias: z.enum(gpioBiases).default("pull-up").describe("what the chip does to its inputs"),
  inputs: list(z.strictObject({ point, line: gpioLine, closedWhen: bit.default(0) }))
    .default([])
    .refine(({ length }) => length <= 64, "can be 64 lines at most"),
  outputs: list(z.strictObject({ point, line: gpioLine, onWhen: bit.default(1) })).default([]),
});

const nut = z.strictObject({
  kind: z.literal("nut"),
  host,
  port: z.number().int().min(1).max(65_535).default(3493),
  ups: z
    .string()
    .regex(/^[\w.-]{1,100}$/, "is a name of letters, digits, _, . and -")
    .default("ups"),
  username: z.string().max(200).default(""),
  password: secret.default(""),
  pollS: z.number().min(1).max(60).default(2),
  whenLow: z.enum(whenLows).default("stop").describe("what Reed does when the battery runs out"),
});

const topic = z.string().min(1).max(1000);
const payload = z.string().max(1000);
const mqttPayload = z.strictObject({
  path: z.exactOptional(z.string().max(200).describe("member of a JSON payload, with dots; absent: all as text")),
  closed: payload,
  open: payload,
  pulse: z.exactOptional(
    z
      .boolean()
      .describe("a button: each payload that means closed is closed and then open; retained ones are left alone"),
  ),
});
const member = z.string().min(1).max(200);
const mqttMessage = z.strictObject({
  title: z.exactOptional(member.describe("member of a JSON payload, with dots; absent: all of it as text")),
  id: z.exactOptional(member.describe("member with the sender's own id: the same one again changes nothing")),
});
const mqttInput = z
  .strictObject({
    point,
    topic,
    payload: mqttPayload.default({ closed: "ON", open: "OFF" }),
    loop: z.exactOptional(loop.describe("the payload is a number, the reading of a supervised loop")),
    message: z.exactOptional(mqttMessage.describe("no contact: each live message is a network alarm")),
    availability: z.exactOptional(
      z.strictObject({ topic, online: payload.default("online"), offline: payload.default("offline") }),
    ),
  })
  .refine(
    ({ loop, message }) => loop === undefined || message === undefined,
    "reads a loop or takes messages, not both",
  );
const mqttOutput = z.strictObject({
  point,
  topic,
  on: payload.default("ON"),
  off: payload.default("OFF"),
  stateTopic: z.exactOptional(topic),
  statePayload: z.exactOptional(
    z.strictObject({ path: z.exactOptional(z.string().max(200)), on: payload, off: payload }),
  ),
});
const mqtt = z.strictObject({
  kind: z.literal("mqtt"),
  url: z.string().regex(/^mqtts?:\/\/[^\s]+$/i, "must be an address like mqtt://192.0.2.5:1883"),
  username: z.string().max(200).default(""),
  password: secret.default(""),
  hello: z.exactOptional(
    list(z.strictObject({ topic, payload })).describe(
      "published after every connect, not retained: asks devices that do not retain their state to say it",
    ),
  ),
  inputs: list(mqttInput).default([]),
  outputs: list(mqttOutput).default([]),
});

const httpTrigger = z.strictObject({
  kind: z.literal("http-trigger"),
  inputs: list(
    z.strictObject({
      point,
      key: z
        .exactOptional(
          z
            .string()
            .max(200)
            .refine((key) => key === hidden || key.length >= 16, "is too short"),
        )
        .describe("at least 16 characters; left out, one is made and shown once in the answer"),
      maxS: z.number().int().min(1).max(3600).default(defaults.maxRecordS).describe("a start without stop ends after"),
    }),
  ).default([]),
});

const cameraOffline = z.strictObject({
  kind: z.literal("camera-offline"),
  graceS: within(ranges.offlineGraceS)
    .default(defaults.offlineGraceS)
    .describe("seconds that a camera may be away; after a start of Reed it has 120 s"),
  except: list(number).default([]).describe("channels that are not watched"),
});

const virtual = z.strictObject({
  kind: z.literal("virtual"),
  inputs: z.number().int().min(0).max(256).default(4),
  outputs: z.number().int().min(0).max(256).default(2),
});

export const driver = z.discriminatedUnion("kind", [
  modbusTcp,
  modbusRtu,
  gpio,
  mqtt,
  httpTrigger,
  cameraOffline,
  nut,
  videoDetection,
  virtual,
]);
export type DriverBody = z.output<typeof driver>;

export const boardBody = z
  .strictObject({ name: z.exactOptional(name), enabled: z.boolean().default(true), driver })
  .refine(({ driver: { kind, ...rest } }) => kind !== "mqtt" || !("url" in rest && rest.url.includes("@")), {
    path: ["driver", "url"],
    message: "must be without user and password; they have members of their own",
  })
  .meta({
    examples: [
      {
        name: "Board in the cellar",
        driver: {
          kind: "modbus-tcp",
          host: "192.0.2.20",
          inputs: [{ point: 1, address: 0 }],
          outputs: [{ point: 1, address: 0 }],
        },
      },
      { name: "By hand", driver: { kind: "virtual", inputs: 4, outputs: 2 } },
    ],
  });
export type BoardBody = z.output<typeof boardBody>;

export const boardPatch = z.strictObject({ name, enabled: z.boolean(), driver }).partial();

export const boardStatus = z.object({
  board: number,
  state: z.enum(["online", "connecting", "lost", "unauthorized", "off"]),
  since: wall,
  reason: z.string(),
  measuredPollMs: z.number(),
  health: z.object({
    lastHeardAt: z.exactOptional(wall),
    exchanges: z.number().describe("that the error rate is taken from: the newest, 1000 at most"),
    errorRate: z.number().describe("share of them that failed, 0–1"),
    pollMedianMs: z.number(),
    pollP99Ms: z.number(),
  }),
  points: list(
    z.object({
      point,
      level: z.enum(["closed", "open", "unknown", "fault"]),
      battery: z.exactOptional(z.number().describe("percent, of a wireless sensor that tells")),
      seenAt: z.exactOptional(wall.describe("when a wireless sensor said something last, ms since 1970")),
      changedAt: z.exactOptional(wall.describe("last change between open and closed, ms since 1970")),
      reason: z.exactOptional(z.string().describe("why it is at fault or unknown")),
      loop: z.exactOptional(loopReading).describe("of a supervised loop"),
    }),
  ),
  warnings: list(z.string()),
});

export const relayParams = z.object({
  id: z.coerce.number().int().min(1).max(65_535).describe("number of the board"),
  point: z.coerce.number().int().min(1).max(65_535).describe("number of the relay on the board"),
});
export const relayTestBody = z
  .strictObject({ confirmed: z.boolean().default(false).describe("whatever hangs on it may move") })
  .nullish();

export const boardTestBody = z.strictObject({
  driver,
  board: z.exactOptional(number.describe("whose stored secret is meant by stars")),
});
export const boardProbe = z.object({
  ok: z.boolean(),
  what: z.string().describe("what was found, or the reason why nothing was"),
  tookMs: z.number(),
  points: boardStatus.shape.points,
});

export const boardAnswer = z.object({
  board: number,
  name,
  enabled: z.boolean(),
  driver,
  live: z.exactOptional(boardStatus),
  /** Keys that were made for this request; they are not shown again. */
  newKeys: z.exactOptional(list(z.object({ point, key: z.string() }))),
});
export const boardList = list(boardAnswer);

/** A board's row; `newKey` makes a key for each HTTP-trigger point that came without one. */
export const boardRow = (body: BoardBody, board: number, newKey: (point: number) => string): BoardSettings => ({
  board,
  name: body.name ?? `Board ${board}`,
  enabled: body.enabled,
  driver: driverRow(body.driver, newKey),
});

const driverRow = (body: DriverBody, newKey: (point: number) => string): DriverSettings =>
  body.kind === "http-trigger"
    ? { ...body, inputs: body.inputs.map((input) => ({ ...input, key: input.key ?? newKey(input.point) })) }
    : body;

export const boardBodyOf = (row: BoardSettings) => without(row, "board");
