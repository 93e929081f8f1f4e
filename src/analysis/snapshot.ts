import type { MediaParameters } from "../messages/media.ts";
import { readMedia, type MediaUnit } from "../platform/media-reader.ts";
import type { PictureDecoder } from "./ports.ts";

/** Longer runs cost too much to decode for one picture; then the key frame itself is shown. */
const mostUnits = 150;
/** After the first key frame, what the recorder had ready arrives within this time. */
const gatherMs = 120;
const patienceMs = 8000;

/**
 * The newest picture of a channel as JPEG: the last whole GOP out of the recorder's ring, decoded up to its newest
 * unit. Rejects with a sentence when the channel gives no picture within 8 s.
 */
export async function takeSnapshot(socketPath: string, channel: number, decoder: PictureDecoder): Promise<Uint8Array> {
  const { parameters, units } = await gather(socketPath, channel);
  const run = units.length <= mostUnits ? units : units.slice(0, 1);
  return decoder.jpeg({ parameters, units: run.map((unit) => unit.data), maxWidth: 1280, quality: 80 });
}

function gather(socketPath: string, channel: number): Promise<{ parameters: MediaParameters; units: MediaUnit[] }> {
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
          if (units.length === 1) setTimeout(finish, gatherMs);
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
