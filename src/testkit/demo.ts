/**
 * The demo site: four cameras with the shipped scenes and a Modbus board with four contacts and two relays, on loopback.
 * As a process: `node src/testkit/demo.ts '<DemoOptions as JSON>'`, controlled by lines (see `control-lines.ts`).
 */
import { z } from "zod";
import { startModbusBoard, type BoardStatus } from "./board/board.ts";
import { boardCommand } from "./board/options.ts";
import { cameraCommand } from "./camera/options.ts";
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

/** Starts the demo site in this process. Throws when a port is taken or a clip is missing. */
export async function startDemoSite(given: DemoOptions = {}): Promise<DemoSite> {
  const options = demoOptions.parse(given);
  const logFolder = options.logFolder === undefined ? {} : { logFolder: options.logFolder };
  const cameras = await startCameraServer({
    cameras: scenes.map(({ clip }) => ({
      source: { kind: "clip" as const, name: clip, audio: "pcma" as const },
      sub: { kind: "clip" as const, name: clip, audio: "none" as const },
    })),
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
  const { cameras, board, contacts, relays } = site;
  await serveControlLines({ cameras, board, contacts, relays }, (command) => site.control(demoCommand.parse(command)));
  await site[Symbol.asyncDispose]();
}
