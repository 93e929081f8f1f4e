/** The room of the boards: what drivers say goes to the engine, and what each relay last said of itself is kept. */
import { pollWarning } from "../domain/alarm-input.ts";
import { canReadBack } from "../domain/alarm-output.ts";
import { startDriverHost, type DriverHost } from "./driver-host.ts";
import type { RoomsDeps } from "./rooms-deps.ts";
import type { Inner } from "./rooms.ts";

export function boardRoom(deps: RoomsDeps, { live, relays, engine, site, detection }: Inner): DriverHost {
  return startDriverHost({
    clock: deps.clock,
    log: deps.log,
    createDriver: deps.createDriver,
    pollWarning,
    level: (board, report) => engine().feed({ kind: "level", board, report }),
    sensor: (board, fact) => engine().feed({ kind: "sensor", board, fact }),
    message: (board, { point, title, id }) =>
      engine().feed({
        ...{ kind: "trigger", board, point, verb: "pulse" },
        ...(title === undefined ? {} : { title }),
        ...(id === undefined ? {} : { eventId: id }),
      }),
    link: (board, link, at) => engine().feed({ kind: "link", board, link, at }),
    readBack(board, point, state, at) {
      engine().feed({ kind: "read-back", board, point, state, at });
      relays.set(board, point, state);
    },
    commanded(board, point, state, at) {
      engine().feed({ kind: "commanded", board, point, state, at });
      const settings = site()
        .config()
        .boards.find((row) => row.board === board);
      if (!canReadBack(settings, point)) relays.set(board, point, state);
    },
    news: (board) => detection().newsOf(board),
    status: (board) => live.publish({ kind: "board", board }),
  });
}
