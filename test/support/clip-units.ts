import type { MediaParameters } from "../../src/messages/media.ts";
import { loadClip, type ClipName, type VideoClip } from "../../src/testkit/camera/clip.ts";

/** NAL units as Reed carries them in an access unit (ISO 14496-15). */
export function lengthPrefixed(nals: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    nals.flatMap((nal) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(nal.length);
      return [length, nal];
    }),
  );
}

/** What the recorder says of a track like this. */
export function parametersOf({ codec, parameterSets }: VideoClip): MediaParameters {
  const sets = parameterSets.map((set) => Buffer.from(set).toString("base64"));
  const [vps = "", sps = "", pps = ""] = codec === "h265" ? sets : ["", ...sets];
  return { track: "video", codec, codecString: "", vps, sps, pps };
}

/** Its access units, in decode order. */
export const codedUnits = ({ units }: VideoClip) =>
  units.map(({ nals, key, pts }) => ({ data: lengthPrefixed(nals), key, pts }));

/** The first access units of a shipped clip, with its parameter sets. */
export function clipUnits(name: ClipName, units: number): { parameters: MediaParameters; units: Uint8Array[] } {
  const { video } = loadClip({ kind: "clip", name });
  return {
    parameters: parametersOf(video),
    units: video.units.slice(0, units).map((unit) => lengthPrefixed(unit.nals)),
  };
}
