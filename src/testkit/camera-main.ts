/**
 * The virtual cameras as a process: `node src/testkit/camera-main.ts '<CameraServerOptions as JSON>'`, controlled by
 * lines (see `control-lines.ts`) that hold a `CameraCommand`.
 */
import { cameraCommand, cameraServerOptions } from "./camera/options.ts";
import { startCameraServer } from "./camera/server.ts";
import { serveControlLines } from "./control-lines.ts";

const options = cameraServerOptions.parse(JSON.parse(process.argv[2] ?? "{}"));
const server = await startCameraServer(options);
const urls = options.cameras.flatMap((camera, i) => [
  server.url(i + 1),
  ...(camera.sub === undefined ? [] : [server.url(i + 1, "sub")]),
]);
await serveControlLines({ port: server.port, ports: server.ports, eventsPort: server.eventsPort, urls }, (command) =>
  server.control(cameraCommand.parse(command)),
);
await server[Symbol.asyncDispose]();
