import type { MediaParameters } from "../../src/messages/media.ts";
import { loadClip, type ClipName } from "../../src/testkit/camera/clip.ts";

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

/** The first access units of a shipped clip, with its parameter sets. */
export function clipUnits(name: ClipName, units: number): { parameters: MediaParameters; units: Uint8Array[] } {
  const { video } = loadClip({ kind: "clip", name });
  const sets = video.parameterSets.map((set) => Buffer.from(set).toString("base64"));
  const [vps, sps, pps] = video.codec === "h265" ? sets : ["", ...sets];
  const parameters: MediaParameters = {
    track: "video",
    codec: video.codec,
    codecString: "",
    vps: vps ?? "",
    sps: sps ?? "",
    pps: pps ?? "",
  };
  return { parameters, units: video.units.slice(0, units).map((unit) => lengthPrefixed(unit.nals)) };
}
