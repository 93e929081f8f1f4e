import { aacCodecString, parseAacConfig } from "../codec/aac.ts";
import type { AccessUnit, AudioParameters, VideoParameters } from "../types.ts";
import { buildFragment } from "./fragment.ts";
import { initSegment } from "./init-segment.ts";
import { referenceTime } from "./reference-time.ts";
import { videoTrackId } from "./types.ts";

export type LiveOutput =
  | {
      readonly kind: "init";
      readonly bytes: Uint8Array;
      /** e.g. `video/mp4; codecs="avc1.640028"`, for MediaSource.isTypeSupported. */
      readonly mime: string;
      readonly parameters: VideoParameters | AudioParameters;
    }
  | {
      readonly kind: "fragment";
      readonly bytes: Uint8Array;
      readonly key: boolean;
      /** Of the fragment's first unit. */
      readonly unit: Pick<AccessUnit, "pts" | "dts" | "arrival" | "wall" | "session">;
    };

export interface LiveMuxer {
  /** Takes a unit; the caller keeps its own reference to the block. Gives what is ready now, in order. */
  push(unit: AccessUnit): LiveOutput[];
  /** Lets go of the unit that waits for its duration. */
  close(): void;
}

const defaultFrameRate = 25;
const nothing = new Uint8Array();

/**
 * Access units of one track in, init segments and fragments for a viewer's MediaSource out: one unit a fragment, which
 * waits for the next one, because MediaSource takes a unit that begins later than twice the last duration for a gap
 * and drops everything up to the next key frame. Times begin at 0 with the first unit. A new init segment, new times
 * and a wait for a key frame come with new parameters or a new session. Before each picture stands when it was taken
 * (`reference-time.ts`), where that is known.
 */
export function createLiveMuxer(track: "video" | "audio"): LiveMuxer {
  let waiting: AccessUnit | undefined;
  let parameters: VideoParameters | AudioParameters | undefined;
  let session = -1;
  /** dts of the first unit since the init segment. */
  let zero = 0;
  let sequence = 0;
  let lastDuration = 0;

  const letGo = (): void => {
    waiting?.block.release();
    waiting = undefined;
  };
  /** The waiting unit as a fragment; it lasts until `next`, or as long as the one before. */
  const flush = (next: AccessUnit | undefined): LiveOutput[] => {
    if (waiting === undefined) return [];
    const unit = waiting;
    lastDuration = next === undefined ? lastDuration : next.dts - unit.dts;
    const fragment = buildFragment({
      sequence: ++sequence,
      [track]: { baseDts: unit.dts - zero, samples: [unit], lastDuration },
    });
    const stamp = track === "video" ? referenceTime(videoTrackId, unit.wall, unit.pts - zero) : nothing;
    const bytes = new Uint8Array(stamp.byteLength + fragment.bytes);
    bytes.set(stamp);
    bytes.set(fragment.head, stamp.byteLength);
    bytes.set(unit.data, stamp.byteLength + fragment.head.byteLength);
    letGo();
    const { pts, dts, arrival, wall } = unit;
    return [{ kind: "fragment", bytes, key: unit.key, unit: { pts, dts, arrival, wall, session: unit.session } }];
  };

  return {
    push(unit) {
      if (unit.track !== track) return [];
      const out: LiveOutput[] = [];
      if (unit.parameters !== parameters || unit.session !== session) {
        out.push(...flush(undefined));
        parameters = undefined;
        if (!unit.key) return out;
        ({ parameters, session } = unit);
        zero = unit.dts;
        lastDuration = firstDuration(parameters);
        out.push({ kind: "init", bytes: initSegment({ [track]: parameters }), mime: mimeOf(parameters), parameters });
      } else out.push(...flush(unit));
      unit.block.retain();
      waiting = unit;
      return out;
    },
    close: letGo,
  };
}

function firstDuration(parameters: VideoParameters | AudioParameters): number {
  if (parameters.kind === "video") return Math.round(90_000 / (parameters.frameRate ?? defaultFrameRate));
  return parameters.codec === "aac" ? 1024 : Math.round(parameters.sampleRate / 50);
}

/** The MIME type with its codecs parameter (RFC 6381); G.711 by its sample entry, which no browser plays. */
export function mimeOf(parameters: VideoParameters | AudioParameters): string {
  if (parameters.kind === "video") return `video/mp4; codecs="${parameters.codecString}"`;
  if (parameters.codec !== "aac") return `audio/mp4; codecs="${parameters.codec === "pcma" ? "alaw" : "ulaw"}"`;
  const config = parseAacConfig(parameters.config);
  return `audio/mp4; codecs="${config.ok ? aacCodecString(config.value) : "mp4a.40.2"}"`;
}
