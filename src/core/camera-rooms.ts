/** Rooms that watch the cameras: whether they are there, and what their pictures show. */
import { startCameraWatch, type CameraWatch } from "./camera-watch.ts";
import { startDetectionDesk } from "./detection-desk.ts";
import type { DetectionLink } from "./detection-link.ts";
import type { RoomsDeps } from "./rooms-deps.ts";
import type { Inner } from "./rooms.ts";

export const detectionRoom = (deps: RoomsDeps, { live, boards, clients }: Inner): DetectionLink =>
  startDetectionDesk(
    {
      ...{ clock: deps.clock, log: deps.log, live, sources: deps.cameraEvents },
      tell: (board, news) => boards().detected(board, news),
      tripped: (trip) => deps.objectTripped?.(trip),
      dropped: () => clients().refresh(),
      silent: () => deps.silent("detection", 0),
    },
    deps.config,
  );

export const cameraRoom = ({ clock, known }: RoomsDeps, { live, engine, site }: Inner): CameraWatch =>
  startCameraWatch({
    ...{ clock, live, recorded: known.recorded ?? [] },
    config: () => site().config(),
    feed: (event) => engine().feed(event),
    active: (input) =>
      engine()
        .view()
        .inputs.find((one) => one.input === input)?.active,
  });
