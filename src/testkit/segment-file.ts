/** Small segment files for tests of what reads them: ten pictures a second, a key frame each second, no camera needed. */
import { buildFragment } from "../media/mp4/fragment.ts";
import { initSegment } from "../media/mp4/init-segment.ts";
import type { VideoParameters } from "../media/types.ts";

export const smallVideo: VideoParameters = {
  kind: "video",
  codec: "h264",
  vps: new Uint8Array(),
  sps: Uint8Array.from([0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x47, 0xfe, 0x88]),
  pps: Uint8Array.from([0x68, 0xce, 0x3c, 0x80]),
  width: 640,
  height: 360,
  codecString: "avc1.42c01e",
  reorderDepth: 0,
};

/** What a recorder writes behind each fragment: a box that players and readers pass over. */
const ownBox = Uint8Array.from([0, 0, 0, 12, 0x75, 0x75, 0x69, 0x64, 1, 2, 3, 4]);

/** `frames` pictures from `first` on; picture n is eight bytes of n. */
export function smallSegment(frames: number, first = 0, video: VideoParameters = smallVideo): Uint8Array {
  const parts: Uint8Array[] = [initSegment({ video })];
  for (let second = 0; second * 10 < frames; second++) {
    const samples = Array.from({ length: 10 }, (_, index) => {
      const frame = second * 10 + index;
      return { data: new Uint8Array(8).fill(first + frame), dts: frame * 9000, pts: frame * 9000, key: index === 0 };
    });
    const fragment = buildFragment({
      sequence: second + 1,
      video: { baseDts: second * 90_000, samples, lastDuration: 9000 },
    });
    parts.push(fragment.head, ...fragment.slices, ownBox);
  }
  return Buffer.concat(parts);
}
