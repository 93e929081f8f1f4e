/** Reads of a disk that may hang: nobody waits for one longer than a deadline, nor in line behind one that hangs. */
import { after, seconds, type Clock, type Duration } from "../../kernel/time.ts";
import { isFar, StoreAway, type SegmentFile, type SegmentFiles } from "./segment-files.ts";

/** As for the recorder's own work on a disk. */
const readDeadline: Duration = seconds(5);

/** A route answers with its sentence. */
export class DiskSilent extends StoreAway {
  constructor() {
    super("", "");
    this.message = "The disk that this footage is on does not answer.";
  }
}

/** Files of a volume lie below its `footage`: it is known by the folder above. */
const volumeOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf("/footage/"))) || place;

/** The same files; `DiskSilent` when a disk takes too long, at once while other work on it hangs. Far ones have bounds of their own. */
export function patientFiles(files: SegmentFiles, clock: Pick<Clock, "now" | "wakeAt">): SegmentFiles {
  /** By volume: works that were given up and have not ended since. */
  const hanging = new Map<string, number>();
  const count = (volume: string, by: number): void => {
    const left = (hanging.get(volume) ?? 0) + by;
    if (left > 0) hanging.set(volume, left);
    else hanging.delete(volume);
  };
  const wait = async <T>(volume: string, work: () => Promise<T>): Promise<T> => {
    if (hanging.has(volume)) throw new DiskSilent();
    const running = work();
    const late = Promise.withResolvers<never>();
    const cancel = clock.wakeAt(after(clock.now(), readDeadline), () => {
      count(volume, 1);
      const ended = () => count(volume, -1);
      running.then(ended, ended);
      late.reject(new DiskSilent());
    });
    try {
      return await Promise.race([running, late.promise]);
    } finally {
      cancel();
    }
  };
  /** One that comes too late is closed; closing waits for a read that hangs, and whoever asked must not. */
  const open = async (place: string, volume: string): Promise<SegmentFile> => {
    if (hanging.has(volume)) throw new DiskSilent();
    const opening = files.open(place);
    const file = await wait(volume, () => opening).catch((error: unknown) => {
      opening.then(closed, ignored);
      throw error;
    });
    const close = async (): Promise<void> => {
      const closing = closed(file);
      if (!hanging.has(volume)) await wait(volume, () => closing).catch(ignored);
    };
    return {
      stat: () => wait(volume, () => file.stat()),
      read: (...range) => wait(volume, () => file.read(...range)),
      close,
      [Symbol.asyncDispose]: close,
    };
  };
  return { open: (place) => (isFar(place) ? files.open(place) : open(place, volumeOf(place))) };
}

const ignored = (): void => undefined;
/** Nothing is lost with a file that was only read. */
const closed = (file: SegmentFile): Promise<void> => file.close().catch(ignored);
