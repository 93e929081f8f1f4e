import { between, seconds, type Clock, type Instant } from "../../../kernel/time.ts";
import { BucketError } from "../../../bucket/port.ts";
import { errorText } from "../../ports.ts";
import type { Volume } from "../../volumes/volume-state.ts";
import type { Archive } from "../port.ts";
import type { ArchiveStore } from "./store.ts";

/** What was sent longer ago says nothing of now. */
const rateOver = seconds(10);

/** An archive in a bucket: its index and its journal are those of a volume, its segments are objects. */
export function s3Archive(volume: Volume, store: ArchiveStore, clock: Clock): Archive {
  const sent: { readonly at: Instant; readonly bytes: number }[] = [];
  let problem: string | undefined;
  const rate = (): number | undefined => {
    while (sent[0] !== undefined && between(sent[0].at, clock.now()) > rateOver) sent.shift();
    const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
    return bytes === 0 ? undefined : Math.round((bytes * 1000) / rateOver);
  };
  return {
    volume,
    get ready() {
      return volume.ready && !store.closed;
    },
    async put(segment, { file }) {
      const { head, fragments, ...row } = segment;
      try {
        // the path is asked of a row; what crosses to another process has it as a value
        await store.copy({ file, segment: { ...row, path: segment.path, head, fragments } }, (bytes) =>
          sent.push({ at: clock.now(), bytes }),
        );
      } catch (error) {
        problem = errorText(error);
        if (error instanceof BucketError && !store.closed) volume.fault(error, "write");
        throw error;
      }
      problem = undefined;
      volume.segmentClosed({ ...row, path: segment.path, volumeId: volume.id, copy: true }, { head, fragments });
    },
    waits(backlog) {
      const bytesPerSecond = rate();
      volume.waits({
        ...backlog,
        ...(bytesPerSecond === undefined ? {} : { bytesPerSecond }),
        ...(problem === undefined ? {} : { problem }),
      });
    },
  };
}
