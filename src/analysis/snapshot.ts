import type { MediaParameters } from "../messages/media.ts";
import { readMedia, type MediaUnit } from "../platform/media-reader.ts";
import type { PictureDecoder } from "./ports.ts";

/** Longer runs cost too much to decode for one picture; then the key frame itself is shown. */
const mostUnits = 150;
/** After the first key frame, what the recorder had ready arrives within this time. */
const gatherMs = 120;
const patienceMs = 8000;

export interface SnapshotRequest {
  readonly channel: number;
  /** Pixels. */
  readonly maxWidth: number;
  /** The newest key frame is enough. */
  readonly keyOnly: boolean;
}

export interface Snapshot {
  readonly jpeg: Uint8Array;
  /** When it was taken, ms since 1970. */
  readonly wall: number | undefined;
}

/**
 * The newest picture of a channel as JPEG: the last whole GOP out of the recorder's ring, decoded up to its newest
 * unit. Rejects with a sentence when the channel gives no picture within 8 s.
 */
export async function takeSnapshot(
  socketPath: string,
  request: SnapshotRequest,
  decoder: PictureDecoder,
): Promise<Snapshot> {
  const { maxWidth, keyOnly } = request;
  const { parameters, units } = await gather(socketPath, request);
  const run = keyOnly || units.length > mostUnits ? units.slice(0, 1) : units;
  const jpeg = await decoder.jpeg({ parameters, units: run.map((unit) => unit.data), maxWidth, quality: 80 });
  return { jpeg, wall: run.at(-1)?.wall };
}

type Gathered = { parameters: MediaParameters; units: MediaUnit[] };

function gather(socketPath: string, { channel, keyOnly }: SnapshotRequest): Promise<Gathered> {
  return new Promise((resolve, reject) => {
    let parameters: MediaParameters | undefined;
    let units: MediaUnit[] = [];
    let why = "no picture arrived";
    const finish = () => {
      clearTimeout(patience);
      reader[Symbol.dispose]();
      if (parameters !== undefined && units.length > 0) resolve({ parameters, units });
      else reject(new Error(`no snapshot of channel ${channel}: ${why}`));
    };
    const patience = setTimeout(finish, patienceMs);
    const reader = readMedia(
      socketPath,
      { channel, stream: "main", from: "ring-gop", audio: false },
      {
        parameters: (next) => {
          if (next.track === "video") parameters = next;
        },
        unit: (unit) => {
          if (unit.track !== "video") return;
          if (unit.key) units = [];
          else if (units.length === 0) return;
          units.push(unit);
          if (units.length === 1) setTimeout(finish, keyOnly ? 0 : gatherMs);
        },
        state: (state) => (why = state.reason === "" ? state.state : state.reason),
        closed: (reason) => {
          if (units.length === 0) why = reason;
          finish();
        },
      },
    );
  });
}
