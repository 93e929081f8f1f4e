import { err, type Result } from "../../kernel/result.ts";
import type { VideoCodec, VideoParameters } from "../types.ts";
import { h264Nal, h264Parameters, h264PpsId, h264Type, parseH264Sps } from "./h264.ts";
import { h265Nal, h265Parameters, h265Type } from "./h265.ts";
import type { H264Sps, Reorder } from "./h264-sps.ts";
import { sameBytes, trimTrailingZeros } from "./nal.ts";

/** Collects the parameter sets of a stream and makes one `VideoParameters` of them, a new object only on a change. */
export interface ParameterSets {
  /**
   * Takes a parameter-set NAL unit; copies it when it is new. False for one that does not belong into the parameters
   * (a second PPS with another id): it stays in the data, where a decoder finds it.
   */
  offer(nal: Uint8Array): boolean;
  /** The parameters by what was offered so far; an error when sets are missing or make no sense. */
  current(): Result<VideoParameters>;
  /** Of `current()`, for decode times. */
  readonly reorder: Reorder;
  /** H.264 only. */
  readonly sps: H264Sps | undefined;
}

/** avcC and hvcC count a set's bytes in 16 bits. */
const maxSetBytes = 0xffff;

type Slot = "vps" | "sps" | "pps";

function slotOf(codec: VideoCodec, header: number): Slot | undefined {
  if (codec === "h264") {
    const type = h264Type(header);
    return type === h264Nal.sps ? "sps" : type === h264Nal.pps ? "pps" : undefined;
  }
  const type = h265Type(header);
  return type === h265Nal.vps ? "vps" : type === h265Nal.sps ? "sps" : type === h265Nal.pps ? "pps" : undefined;
}

export function createParameterSets(codec: VideoCodec): ParameterSets {
  const sets: { vps?: Uint8Array; sps?: Uint8Array; pps?: Uint8Array } = {};
  let changed = true;
  let made: Result<VideoParameters> = err("no parameter sets yet");
  let spsMade: H264Sps | undefined;

  const make = (): Result<VideoParameters> => {
    const { vps, sps, pps } = sets;
    if (sps === undefined || pps === undefined) return err("parameter sets are missing");
    if (codec === "h264") return h264Parameters(sps, pps);
    return vps === undefined ? err("the video parameter set is missing") : h265Parameters(vps, sps, pps);
  };
  const refresh = (): void => {
    if (!changed) return;
    changed = false;
    made = make();
    if (!made.ok || codec !== "h264") return;
    const parsed = parseH264Sps(made.value.sps);
    if (parsed.ok) spsMade = parsed.value;
  };

  return {
    offer(given) {
      const nal = trimTrailingZeros(given);
      const slot = slotOf(codec, nal[0] ?? 0);
      if (slot === undefined || nal.byteLength > maxSetBytes) return true;
      const old = sets[slot];
      if (old !== undefined && sameBytes(old, nal)) return true;
      if (slot === "pps" && old !== undefined && ppsId(codec, old) !== ppsId(codec, nal)) return false;
      sets[slot] = nal.slice();
      changed = true;
      return true;
    },
    current() {
      refresh();
      return made;
    },
    get reorder() {
      refresh();
      if (spsMade !== undefined) return spsMade.reorder;
      return { depth: made.ok ? made.value.reorderDepth : 0, stated: true };
    },
    get sps() {
      refresh();
      return spsMade;
    },
  };
}

/** pps_pic_parameter_set_id is the first field in both standards (H.265 has one more header byte). */
const ppsId = (codec: VideoCodec, nal: Uint8Array): number | undefined =>
  h264PpsId(codec === "h264" ? nal : nal.subarray(1));
