/**
 * The demo site: four cameras with the shipped scenes and a Modbus board with four contacts and two relays, on loopback.
 * As a process: `node src/testkit/demo.ts '<DemoOptions as JSON>'`, controlled by lines (see `control-lines.ts`).
 */
import { z } from "zod";
import { startModbusBoard, type BoardStatus } from "./board/board.ts";
import { boardCommand } from "./board/options.ts";
import { cameraCommand, type CameraSays } from "./camera/options.ts";
import { startCameraServer, type CameraStatus } from "./camera/server.ts";
import { serveControlLines } from "./control-lines.ts";

const demoOptions = z.strictObject({
  /** [any] */
  cameraPort: z.int().exactOptional(),
  boardPort: z.int().exactOptional(),
  /** [no logs] Folder for the cameras' and the board's logs. */
  logFolder: z.string().exactOptional(),
});

const demoCommand = z.discriminatedUnion("do", [
  /** Contact 1 … 4 [1] leaves its rest for `ms` [3000], as a door that is opened and shut. */
  z.strictObject({
    do: z.literal("trip"),
    contact: z.int().min(1).max(4).exactOptional(),
    ms: z.number().min(0).exactOptional(),
  }),
  z.strictObject({ do: z.literal("camera"), command: cameraCommand }),
  z.strictObject({ do: z.literal("board"), command: boardCommand }),
]);

export type DemoOptions = z.infer<typeof demoOptions>;
export type DemoCommand = z.infer<typeof demoCommand>;

export interface DemoSite extends AsyncDisposable {
  readonly cameras: readonly { readonly name: string; readonly url: string; readonly subUrl: string }[];
  /** Where the cameras say by themselves what they see; the first one does. */
  readonly events: { readonly port: number; readonly tripwire: string };
  /** Discrete inputs 0–3, bit 1 = closed: three NC contacts and the button, which is NO. Relays are coils 0–1. */
  readonly board: { readonly host: string; readonly port: number; readonly unit: number };
  readonly contacts: readonly string[];
  readonly relays: readonly string[];
  control(command: DemoCommand): Promise<BoardStatus | readonly CameraStatus[]>;
}

const scenes = [
  { name: "Front door", clip: "front-door" },
  { name: "Yard", clip: "yard" },
  { name: "Garage", clip: "garage" },
  { name: "Hall", clip: "hall" },
] as const;

/** The first camera looks at its path: somebody comes at second 4, is at the line at second 7, and is gone at 10. */
const tripwire = "Path to the door";
const box = (left: number, right: number) => [left, 0.47, right, 0.86].map((side) => Math.round(side * 8191));
const comes = { object: [{ HumanID: 1, Rect: box(0.1, 0.16) }] };
const crosses = { Name: tripwire, Object: { ObjectType: "Human", BoundingBox: box(0.27, 0.34) } };
const frontDoorSays: readonly CameraSays[] = [
  { atS: 4, code: "VideoMotion", action: "Start", data: { Id: [0], RegionName: ["Region1"] } },
  { atS: 4.25, code: "SmartMotionHuman", action: "Start", data: comes },
  { atS: 7, code: "CrossLineDetection", action: "Start", data: crosses },
  { atS: 8, code: "CrossLineDetection", action: "Stop", data: crosses },
  { atS: 10, code: "SmartMotionHuman", action: "Stop", data: comes },
  { atS: 10.5, code: "VideoMotion", action: "Stop", data: { Id: [0], RegionName: ["Region1"] } },
];

/** Starts the demo site in this process. Throws when a port is taken or a clip is missing. */
export async function startDemoSite(given: DemoOptions = {}): Promise<DemoSite> {
  const options = demoOptions.parse(given);
  const logFolder = options.logFolder === undefined ? {} : { logFolder: options.logFolder };
  const cameras = await startCameraServer({
    cameras: scenes.map(({ clip }, i) => ({
      source: { kind: "clip" as const, name: clip, audio: "pcma" as const },
      sub: { kind: "clip" as const, name: clip, audio: "none" as const },
      ...(i === 0 ? { says: [...frontDoorSays], tripwire } : {}),
    })),
    eventsPort: 0,
    port: options.cameraPort ?? 0,
    ...logFolder,
  });
  const board = await startModbusBoard({
    contacts: 4,
    relays: 2,
    closed: [true, true, true, false],
    port: options.boardPort ?? 0,
    ...(options.logFolder === undefined ? {} : { logFile: `${options.logFolder}/board.log` }),
  });
  return {
    cameras: scenes.map(({ name }, i) => ({ name, url: cameras.url(i + 1), subUrl: cameras.url(i + 1, "sub") })),
    events: { port: cameras.eventsPort, tripwire },
    board: { host: "127.0.0.1", port: board.port, unit: 1 },
    contacts: ["Front door", "Back gate", "Garage door", "Panic button"],
    relays: ["Siren", "Porch light"],
    async control(command) {
      switch (command.do) {
        case "trip":
          return board.control({ do: "pulse", contact: (command.contact ?? 1) - 1, ms: command.ms ?? 3000 });
        case "camera":
          return cameras.control(command.command);
        case "board":
          return board.control(command.command);
      }
    },
    async [Symbol.asyncDispose]() {
      await board[Symbol.asyncDispose]();
      await cameras[Symbol.asyncDispose]();
    },
  };
}

if (import.meta.main) {
  const site = await startDemoSite(demoOptions.parse(JSON.parse(process.argv[2] ?? "{}")));
  const { cameras, events, board, contacts, relays } = site;
  await serveControlLines({ cameras, events, board, contacts, relays }, (command) =>
    site.control(demoCommand.parse(command)),
  );
  await site[Symbol.asyncDispose]();
}
