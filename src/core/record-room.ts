/** Joins the watch over what is recorded with the engine and the recorders. */
import { startRecordWatch, type RecordWatch } from "./record-watch.ts";
import { startTimedPictures } from "./timed-pictures.ts";
import type { RoomsDeps } from "./rooms-deps.ts";
import type { Inner } from "./rooms.ts";

/** An arming is followed at once, so that no camera goes on into what shall be private, or misses what comes then. */
export function recordRoom(deps: RoomsDeps, { live, time, engine, site, recorders }: Inner): RecordWatch {
  const watch = startRecordWatch({
    clock: deps.clock,
    config: () => site().config(),
    time: () => time.now(),
    arming: () => engine().view().arming.mode,
    changed: () => recorders().configure(site().config()),
  });
  live.onEvent((_, event) => {
    if (event.kind === "armed") watch.look();
  });
  const startPictures = () =>
    startTimedPictures({
      clock: deps.clock,
      log: deps.log,
      shelf: deps.pictureShelf,
      plays: (channel) => live.snapshot().channels.some((one) => one.channel === channel && one.state === "live"),
      take: (channel) => deps.picture(channel),
      config: () => site().config(),
      facts: () => ({ wall: deps.clock.wall(), time: time.now(), arming: engine().view().arming.mode }),
    });
  let pictures: Disposable | undefined;
  return {
    now: (row) => watch.now(row),
    look() {
      watch.look();
      pictures ??= startPictures();
    },
    [Symbol.dispose]() {
      pictures?.[Symbol.dispose]();
      watch[Symbol.dispose]();
    },
  };
}
