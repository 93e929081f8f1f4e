/** Boards over Modbus, TCP or a serial line. Addresses as the protocol counts, from 0; the 1-based reference stands beside each. */
import { parities } from "../driver-settings.ts";
import { defaults, type ModbusArea, type ModbusSettings, type ModbusUnit } from "../site-config.ts";
import {
  numberOf,
  points,
  textOf,
  type BoardProfile,
  type FieldKey,
  type ProfileField,
  type ProfileValues,
} from "./profile.ts";

const host: ProfileField = { key: "host", kind: "text", initial: "", required: true };
const port = (initial: number): ProfileField => ({ key: "port", kind: "number", initial, min: 1, max: 65_535 });
const unit: ProfileField = { key: "unit", kind: "number", initial: 1, min: 0, max: 255 };
const pollMs: ProfileField = { key: "pollMs", kind: "number", initial: defaults.pollMs, min: 10, max: 60_000 };
const connection = (usualPort = 502): readonly ProfileField[] => [host, port(usualPort), unit, pollMs];

const baudRates = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];
/** Most boards leave the factory with 9600 8N1, although the standard asks for even parity. */
const serialLine: readonly ProfileField[] = [
  { key: "serialPath", kind: "text", initial: "/dev/ttyUSB0", required: true },
  {
    key: "baudRate",
    kind: "choice",
    initial: "9600",
    options: baudRates.map((rate) => ({ value: String(rate), label: String(rate) })),
  },
  { key: "parity", kind: "choice", initial: "none", options: parities.map((value) => ({ value })) },
  { key: "stopBits", kind: "choice", initial: "1", options: [{ value: "1" }, { value: "2" }] },
  { key: "unit", kind: "number", initial: 1, min: 1, max: 247 },
  { key: "pollMs", kind: "number", initial: defaults.serialPollMs, min: 10, max: 60_000 },
];

/** How the board is reached, by which of its fields were asked. */
function reached(values: ProfileValues, unitSettings: ModbusUnit): ModbusSettings {
  if (values["serialPath"] === undefined) {
    return { kind: "modbus-tcp", host: textOf(values, "host"), port: numberOf(values, "port"), ...unitSettings };
  }
  return {
    kind: "modbus-rtu",
    path: textOf(values, "serialPath"),
    baudRate: numberOf(values, "baudRate"),
    parity: parities.find((one) => one === values["parity"]) ?? "none",
    stopBits: textOf(values, "stopBits") === "2" ? 2 : 1,
    ...unitSettings,
  };
}

interface Layout {
  readonly inputs: number;
  readonly inputArea: ModbusArea;
  readonly inputAddress: number;
  readonly closedWhen: 0 | 1;
  readonly outputs: number;
  readonly outputAddress: number;
  readonly onWhen?: 0 | 1;
  /** Where the coils begin that end by themselves. */
  readonly timedAddress?: number;
}

const isRegister = (area: ModbusArea): boolean => area === "holding-bit" || area === "input-bit";

function modbus(values: ProfileValues, layout: Layout): ModbusSettings {
  const { inputArea: area, inputAddress, closedWhen, onWhen = 1 } = layout;
  return reached(values, {
    unit: numberOf(values, "unit"),
    pollMs: numberOf(values, "pollMs"),
    inputs: points(layout.inputs, (point) => {
      const index = point - 1;
      const place = isRegister(area)
        ? { address: inputAddress + (index >> 4), bit: index & 15 }
        : { address: inputAddress + index };
      return { point, area, ...place, closedWhen };
    }),
    outputs: points(layout.outputs, (point) => ({
      ...{ point, address: layout.outputAddress + point - 1, onWhen },
      ...(layout.timedAddress === undefined ? {} : { timedAddress: layout.timedAddress + point - 1 }),
    })),
  });
}

const modelField = (models: readonly string[]): ProfileField => ({
  key: "model",
  kind: "choice",
  initial: models[0] ?? "",
  options: models.map((value) => ({ value, label: value })),
});

/** Inputs and relays of each model. */
type Models = Readonly<Record<string, readonly [inputs: number, outputs: number]>>;
const sizeOf = (models: Models, values: ProfileValues): readonly [inputs: number, outputs: number] =>
  models[textOf(values, "model")] ?? [0, 0];

/**
 * Relays and outputs are coils 0… (FC 1, 5), inputs discrete inputs 0… (FC 2); a closed input reads 1. Register maps
 * of the maker's wiki: "Modbus POE ETH IO 8CH", "Modbus RTU Relay (D)", "Modbus POE ETH Relay". Unit 1 from the factory.
 * The RS-485 boards hang behind a gateway that turns Modbus TCP into RTU.
 */
const waveshareModels: Models = {
  "Modbus POE ETH Relay (B)": [8, 8],
  "Modbus POE ETH IO 8CH": [8, 8],
  "Modbus POE ETH Relay": [0, 8],
  "Modbus POE ETH Relay 16CH": [0, 16],
  "Modbus POE ETH Relay 30CH": [0, 30],
  "Modbus RTU Relay (D)": [8, 8],
  "Modbus RTU IO 8CH": [8, 8],
};
/** Relay boards with "flash on": 0x0200 + the relay's address takes a time in 100 ms. Of the IO boards no sheet says so. */
const timedModels: readonly string[] = [
  "Modbus POE ETH Relay",
  "Modbus POE ETH Relay (B)",
  "Modbus POE ETH Relay 16CH",
  "Modbus RTU Relay",
  "Modbus RTU Relay (D)",
];
const waveshareBoard =
  (models: Models): BoardProfile["build"] =>
  (values) => {
    const [inputs, outputs] = sizeOf(models, values);
    const layout = { inputs, inputArea: "discrete-input", inputAddress: 0, outputs, outputAddress: 0 } as const;
    const timed = timedModels.includes(textOf(values, "model")) ? { timedAddress: 0x0200 } : {};
    return modbus(values, { ...layout, closedWhen: 1, ...timed });
  };
const waveshare: BoardProfile = {
  id: "waveshare",
  maker: "Waveshare",
  wired: true,
  fields: [modelField(Object.keys(waveshareModels)), ...connection()],
  build: waveshareBoard(waveshareModels),
};

/** The same register map on the RS-485 line itself; 9600 8N1 and unit 1 from the factory. */
const waveshareRtuModels: Models = {
  "Modbus RTU Relay (D)": [8, 8],
  "Modbus RTU IO 8CH": [8, 8],
  "Modbus RTU Relay": [0, 8],
};
const waveshareRtu: BoardProfile = {
  id: "waveshare-rtu",
  maker: "Waveshare",
  wired: true,
  fields: [modelField(Object.keys(waveshareRtuModels)), ...serialLine],
  build: waveshareBoard(waveshareRtuModels),
};

/**
 * ADAM-6000 series: inputs 00001… and outputs 00017… of the 0X table (coils 0… and 16…, FC 1 and 5). A dry contact
 * closed to ground reads 0 on the ADAM-6050/6052/6060/6066 (user manual of the series, "dry contact: logic level 0:
 * close to GND"), unless the input was inverted in Adam/Apax .NET Utility; a wet contact reads 1 with voltage on.
 */
const adamModels: Models = {
  "ADAM-6050": [12, 6],
  "ADAM-6051": [12, 2],
  "ADAM-6052": [8, 8],
  "ADAM-6060": [6, 6],
  "ADAM-6066": [6, 6],
};
const adam: BoardProfile = {
  id: "adam",
  maker: "Advantech",
  wired: true,
  fields: [
    modelField(Object.keys(adamModels)),
    { key: "contacts", kind: "choice", initial: "dry", options: [{ value: "dry" }, { value: "wet" }] },
    { key: "inputTable", kind: "choice", initial: "coil", options: [{ value: "coil" }, { value: "discrete-input" }] },
    ...connection(),
  ],
  build(values) {
    const [inputs, outputs] = sizeOf(adamModels, values);
    const inputArea = textOf(values, "inputTable") === "discrete-input" ? "discrete-input" : "coil";
    const closedWhen = textOf(values, "contacts") === "wet" ? 1 : 0;
    return modbus(values, { inputs, inputArea, inputAddress: 0, closedWhen, outputs, outputAddress: 16 });
  },
};

/**
 * ioLogik E1200 with the default address mapping: inputs 10001… (FC 2, address 0…), outputs and relays 00001… (FC 1, 5,
 * address 0…); 1 = on, which for a dry contact means closed (user's manual, appendix A).
 */
const iologikModels: Models = {
  "ioLogik E1214": [6, 6],
  "ioLogik E1212": [8, 8],
  "ioLogik E1213": [8, 8],
  "ioLogik E1210": [16, 0],
  "ioLogik E1211": [0, 16],
};
const iologik: BoardProfile = {
  id: "iologik",
  maker: "Moxa",
  wired: true,
  fields: [modelField(Object.keys(iologikModels)), ...connection()],
  build(values) {
    const [inputs, outputs] = sizeOf(iologikModels, values);
    const layout = { inputs, inputArea: "discrete-input", inputAddress: 0, outputs, outputAddress: 0 } as const;
    return modbus(values, { ...layout, closedWhen: 1 });
  },
};

const count = (key: FieldKey, initial: number): ProfileField => ({ key, kind: "number", initial, min: 0, max: 64 });
const address = (key: FieldKey): ProfileField => ({ key, kind: "number", initial: 0, min: 0, max: 65_535 });
const areas: readonly ModbusArea[] = ["discrete-input", "coil", "holding-bit", "input-bit"];

/** Addresses may be given as the manual prints them: `base` 1 takes one off (reference 10001 → address 0). */
const generic = (id: "modbus" | "modbus-rtu", maker: string, reach: readonly ProfileField[]): BoardProfile => ({
  ...{ id, maker, wired: true },
  fields: [
    ...reach,
    { key: "base", kind: "choice", initial: "0", options: [{ value: "0" }, { value: "1" }] },
    count("inputs", 4),
    {
      key: "inputArea",
      kind: "choice",
      initial: "discrete-input",
      options: areas.map((value) => ({ value })),
    },
    address("inputAddress"),
    { key: "closedWhen", kind: "choice", initial: "1", options: [{ value: "1" }, { value: "0" }] },
    count("outputs", 2),
    address("outputAddress"),
  ],
  build(values) {
    const base = numberOf(values, "base");
    return modbus(values, {
      inputs: numberOf(values, "inputs"),
      inputArea: areas.find((area) => area === values["inputArea"]) ?? "discrete-input",
      inputAddress: Math.max(0, numberOf(values, "inputAddress") - base),
      closedWhen: textOf(values, "closedWhen") === "0" ? 0 : 1,
      outputs: numberOf(values, "outputs"),
      outputAddress: Math.max(0, numberOf(values, "outputAddress") - base),
    });
  },
});

export const modbusProfiles: readonly BoardProfile[] = [
  waveshare,
  waveshareRtu,
  adam,
  iologik,
  generic("modbus", "Modbus TCP", connection()),
  generic("modbus-rtu", "Modbus RTU", serialLine),
];
