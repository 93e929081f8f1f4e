import { allCells, columns, hexOfCells, rows } from "../domain/detection/motion-grid.ts";
import { detectionDefaults, usualRegion } from "../domain/detection/settings.ts";
import { defaults, type BoardSettings, type ChannelSettings, type SiteConfig } from "../domain/site-config.ts";
import type { ConfigChange } from "../messages/api.ts";

/** What the demo program says that it serves. */
export interface DemoServes {
  readonly cameras: readonly { readonly name: string; readonly url: string; readonly subUrl: string }[];
  /** Where the cameras say by themselves what they see: camera n of it is channel n. */
  readonly events: { readonly port: number; readonly tripwire: string };
  readonly board: { readonly host: string; readonly port: number; readonly unit: number };
  readonly contacts: readonly string[];
  readonly relays: readonly string[];
}

/**
 * The settings of the demo site. What the user changed since the last start stays; only the addresses of cameras and
 * board are new each time.
 */
export function demoChanges(serves: DemoServes, known: SiteConfig): ConfigChange[] {
  const first = known.channels.length === 0 && known.boards.length === 0;
  return [
    ...(first ? [{ part: "site", value: { ...known.site, name: "Demo house" } } as const] : []),
    ...channelChanges(serves, known, first),
    ...boardChanges(serves, known, first),
    ...eventChanges(serves, known),
    ...(first ? [...outputChanges(serves), ...inputChanges(serves), ...detectionChanges(serves)] : []),
  ];
}

function channelChanges(serves: DemoServes, known: SiteConfig, first: boolean): ConfigChange[] {
  return serves.cameras.flatMap(({ name, url, subUrl }, i): ConfigChange[] => {
    const before = known.channels.find((one) => one.channel === i + 1);
    const fresh: ChannelSettings = {
      channel: i + 1,
      name,
      enabled: true,
      mainUrl: url,
      subUrl,
      username: "",
      password: "",
      audio: false,
      recordMode: "continuous",
      preRecordS: defaults.preRecordS,
    };
    if (before === undefined && !first) return [];
    return [{ part: "channel", value: before === undefined ? fresh : { ...before, mainUrl: url, subUrl } }];
  });
}

function boardChanges(serves: DemoServes, known: SiteConfig, first: boolean): ConfigChange[] {
  const { host, port, unit } = serves.board;
  const before = known.boards.find((one) => one.board === 1);
  if (before?.driver.kind === "modbus-tcp") {
    return [{ part: "board", value: { ...before, driver: { ...before.driver, host, port } } }];
  }
  if (!first) return [];
  const inputs = serves.contacts.map(
    (_, i) => ({ point: i + 1, area: "discrete-input", address: i, closedWhen: 1 }) as const,
  );
  const outputs = serves.relays.map((_, i) => ({ point: i + 1, address: i, onWhen: 1 }) as const);
  const driver = { kind: "modbus-tcp", host, port, unit, pollMs: defaults.pollMs, inputs, outputs } as const;
  return [{ part: "board", value: { board: 1, name: "Demo board", enabled: true, driver } }];
}

function outputChanges(serves: DemoServes): ConfigChange[] {
  return serves.relays.map((name, i) => {
    const kind = i === 0 ? "siren" : "light";
    const maxOnS = defaults.maxOnS[kind];
    return {
      part: "output",
      value: { output: i + 1, name, kind, board: 1, point: i + 1, mode: "auto", maxOnS, restState: "off" },
    };
  });
}

/**
 * The second camera is watched for motion in the middle of its picture: the clock and the marks at its rims always move.
 * The first one says by itself who comes and who crosses its line.
 */
function detectionChanges({ cameras: [first, second], events }: DemoServes): ConfigChange[] {
  const middle = allCells().map((_, cell) => (cell >= columns * 3 && cell < columns * (rows - 3) ? 1 : 0));
  const motionIn = (name: string) => ({
    kind: "video-detection" as const,
    motion: { regions: [{ ...usualRegion(name), cells: hexOfCells(middle) }], holdS: detectionDefaults.holdS },
  });
  const board = (number: number, name: string, driver: BoardSettings["driver"]): ConfigChange => ({
    part: "board",
    value: { board: number, name: `${name}: pictures`, enabled: true, driver },
  });
  const own = {
    kind: "dahua",
    port: events.port,
    rules: [{ rule: 1, name: events.tripwire, said: events.tripwire }],
  } as const;
  const smart = { human: true, vehicle: false, sensitivity: "middle" } as const;
  return [
    ...(second === undefined ? [] : [board(2, second.name, { ...motionIn(second.name), channel: 2, videoLoss: true })]),
    ...(first === undefined ? [] : [board(3, first.name, { ...motionIn(first.name), channel: 1, smart, own })]),
  ];
}

/** Who is heard at the demo's cameras is heard at their new port. */
function eventChanges({ cameras, events }: DemoServes, known: SiteConfig): ConfigChange[] {
  return known.boards.flatMap((value): ConfigChange[] => {
    const { driver } = value;
    if (driver.kind !== "video-detection" || driver.own === undefined || driver.channel > cameras.length) return [];
    return [{ part: "board", value: { ...value, driver: { ...driver, own: { ...driver.own, port: events.port } } } }];
  });
}

/** Contact n records its own camera and a neighbour; the front door and the panic button sound the siren. */
const links = [
  { kind: "door", type: "NC", channels: [1, 4], outputs: [1, 2] },
  { kind: "window", type: "NC", channels: [2], outputs: [2] },
  { kind: "door", type: "NC", channels: [3, 2], outputs: [2] },
  { kind: "button", type: "NO", channels: [1, 2, 3, 4], outputs: [1] },
] as const;

function inputChanges(serves: DemoServes): ConfigChange[] {
  return serves.contacts.flatMap((name, i): ConfigChange[] => {
    const link = links[i];
    if (link === undefined) return [];
    const linkage = {
      recordChannels: link.channels,
      postRecordS: defaults.postRecordS,
      maxRecordS: defaults.maxRecordS,
      outputs: link.outputs.map((output) => ({ output, holdS: defaults.outputHoldS })),
      notifiers: [],
    };
    const { kind, type } = link;
    const timing = { debounceMs: defaults.debounceMs[kind], antiDitherS: defaults.antiDitherS };
    return [
      {
        part: "input",
        value: { input: i + 1, name, enabled: true, kind, board: 1, point: i + 1, type, ...timing, linkage },
      },
    ];
  });
}
