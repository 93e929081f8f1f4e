import type { ClipUnit, VideoClip } from "./clip.ts";

export interface SyntheticOptions {
  /** Rounded up to whole macroblocks (16). */
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly gopSeconds: number;
  readonly bitsPerSecond: number;
  /** [1] Pictures that a decoder has to keep. */
  readonly references?: number;
  /** `slices`: what follows a slice's header is noise; `no-size`: the sequence parameter set crops everything away. */
  readonly broken?: "slices" | "no-size";
}

/** A key frame is this many times the size of the others, as with surveillance cameras. */
const keyToOthers = 10;
/** A raw macroblock: mb_type, alignment, 16×16 luma + 2 × 8×8 chroma bytes. */
const rawMacroblock = 384;

/**
 * H.264 Baseline made from nothing, of any size and rate, which every decoder shows: grey, with a band of raw (I_PCM)
 * macroblocks that moves on with each picture and gives the picture its size in bytes. One GOP; it may be looped.
 * Sample values avoid 00, so that no emulation prevention is needed (ITU-T H.264 §7.4.1).
 */
export function syntheticVideo(options: SyntheticOptions): VideoClip {
  const columns = Math.ceil(options.width / 16);
  const rows = Math.ceil(options.height / 16);
  const pictures = Math.max(1, Math.round(options.fps * options.gopSeconds));
  const gopBytes = (options.bitsPerSecond / 8) * (pictures / options.fps);
  const otherBytes = gopBytes / (pictures - 1 + keyToOthers);
  const tick = 90_000 / options.fps;
  const units = Array.from({ length: pictures }, (_, i): ClipUnit => {
    const key = i === 0;
    const wanted = Math.round((key ? otherBytes * keyToOthers : otherBytes) / (rawMacroblock + 2));
    const raw = Math.min(columns * rows, Math.max(key ? 0 : 1, wanted));
    const first = key ? 0 : (i * 7) % Math.max(1, columns * rows - raw + 1);
    const time = Math.round(i * tick);
    const sane = slice({ key, number: i, columns, total: columns * rows, raw, first });
    return { nals: [options.broken === "slices" ? noisy(sane) : sane], key, dts: time, pts: time };
  });
  return {
    kind: "video",
    codec: "h264",
    parameterSets: [sequenceParameterSet(columns, rows, options), pictureParameterSet()],
    units,
    duration: Math.round(pictures * tick),
  };
}

/** The header of the slice stays, so that it is taken for a picture. */
function noisy(nal: Uint8Array): Uint8Array {
  return nal.map((byte, at) => (at < 8 ? byte : 1 + ((at * 7919 + (at >> 3) * 104_729) % 255)));
}

/** Bits of frame_num: log2_max_frame_num_minus4 = 4. */
const frameNumberBits = 8;

/** ITU-T H.264 §7.3.2.1.1, Baseline, level 5.1, picture order count type 2 (output order = decoding order). */
function sequenceParameterSet(
  columns: number,
  rows: number,
  { fps, references = 1, broken }: SyntheticOptions,
): Uint8Array {
  const bits = bitWriter([0x67, 66, 0xc0, 51]);
  bits.ue(0); // seq_parameter_set_id
  bits.ue(frameNumberBits - 4);
  bits.ue(2); // pic_order_cnt_type
  bits.ue(references); // max_num_ref_frames
  bits.u(0, 1); // gaps_in_frame_num_value_allowed_flag
  bits.ue(columns - 1);
  bits.ue(rows - 1);
  bits.u(1, 1); // frame_mbs_only_flag
  bits.u(1, 1); // direct_8x8_inference_flag
  bits.u(broken === "no-size" ? 1 : 0, 1); // frame_cropping_flag
  // in units of two samples: left, right, top, bottom
  if (broken === "no-size") for (const cropped of [columns * 8, 0, rows * 8, 0]) bits.ue(cropped);
  bits.u(1, 1); // vui_parameters_present_flag (§E.1.1)
  bits.u(0, 4); // aspect ratio, overscan, video signal, chroma location: absent
  bits.u(1, 1); // timing_info_present_flag
  bits.u(1000 >>> 16, 16);
  bits.u(1000, 16); // num_units_in_tick
  bits.u(Math.round(fps * 2000) >>> 16, 16);
  bits.u(Math.round(fps * 2000) & 0xffff, 16); // time_scale
  bits.u(1, 1); // fixed_frame_rate_flag
  bits.u(0, 4); // no HRD twice, pic_struct_present_flag, bitstream_restriction_flag
  return escape(bits.finish());
}

/** §7.3.2.2: CAVLC, deblocking switched by the slice header. */
function pictureParameterSet(): Uint8Array {
  const bits = bitWriter([0x68]);
  bits.ue(0);
  bits.ue(0);
  bits.u(0, 2); // entropy_coding_mode_flag, bottom_field_pic_order_in_frame_present_flag
  bits.ue(0); // num_slice_groups_minus1
  bits.ue(0);
  bits.ue(0); // default reference indices
  bits.u(0, 3); // weighted prediction
  bits.ue(0);
  bits.ue(0);
  bits.ue(0); // QP and chroma QP offsets, all se(0)
  bits.u(1, 1); // deblocking_filter_control_present_flag
  bits.u(0, 2); // constrained_intra_pred_flag, redundant_pic_cnt_present_flag
  return bits.finish();
}

interface SliceShape {
  readonly key: boolean;
  readonly number: number;
  readonly columns: number;
  readonly total: number;
  /** How many macroblocks are raw, and which is the first of them (in a key frame 0). */
  readonly raw: number;
  readonly first: number;
}

/** §7.3.3 slice header and §7.3.4 slice data: before and behind the raw band nothing but skips (P) or flat grey (I). */
function slice({ key, number, columns, total, raw, first }: SliceShape): Uint8Array {
  const bits = bitWriter([key ? 0x65 : 0x41], 64 + raw * (rawMacroblock + 2) + (key ? (total - raw) * 2 : 0));
  bits.ue(0); // first_mb_in_slice
  bits.ue(key ? 7 : 5); // slice_type: all slices I or P
  bits.ue(0);
  bits.u(number % 2 ** frameNumberBits, frameNumberBits);
  if (key) {
    bits.ue(0); // idr_pic_id
    bits.u(0, 2); // no_output_of_prior_pics_flag, long_term_reference_flag
  } else bits.u(0, 3); // no override, no list modification, sliding window
  bits.ue(0); // slice_qp_delta
  bits.ue(1); // disable_deblocking_filter_idc = 1
  for (let n = 0; n < raw; n++) {
    if (!key) bits.ue(n === 0 ? first : 0); // mb_skip_run
    bits.ue(key ? 25 : 30); // I_PCM
    bits.raw(rawMacroblock, number * 31 + n * 7);
  }
  if (key) {
    for (let n = raw; n < total; n++) {
      bits.u(0b0010011, 7); // I_16x16 with DC prediction and no coefficients: mb_type 3, chroma mode 0, QP delta 0
      // coeff_token for none (table 9-5): a raw neighbour counts 16 coefficients, which makes nC ≥ 8
      const besideRaw = (n % columns > 0 && n - 1 < raw) || (n >= columns && n - columns < raw);
      bits.u(besideRaw ? 0b000011 : 1, besideRaw ? 6 : 1);
    }
  } else if (total - raw - first > 0) bits.ue(total - raw - first);
  return bits.finish();
}

function bitWriter(head: readonly number[], capacity = 128) {
  const bytes = new Uint8Array(capacity);
  bytes.set(head);
  let at = head.length;
  let filled = 0;
  const u = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i--) {
      if (((value >>> i) & 1) === 1) bytes[at] = (bytes[at] ?? 0) | (0x80 >> filled);
      if (++filled === 8) {
        filled = 0;
        at++;
      }
    }
  };
  return {
    u,
    /** Exp-Golomb, §9.1. */
    ue(value: number) {
      const length = 32 - Math.clz32(value + 1);
      u(0, length - 1);
      u(value + 1, length);
    },
    /** Byte-aligned samples: luma of a pattern, then chroma of a colour that tells the picture apart. */
    raw(count: number, seed: number) {
      if (filled > 0) u(0, 8 - filled);
      for (let i = 0; i < count; i++) bytes[at + i] = i < 256 ? 32 + ((i * 5 + seed * 11) % 192) : 64 + (seed % 128);
      at += count;
    },
    /** With rbsp_trailing_bits. */
    finish(): Uint8Array {
      u(1, 1);
      if (filled > 0) u(0, 8 - filled);
      return bytes.subarray(0, at);
    },
  };
}

/** Emulation prevention, §7.3.1: 00 00 0x → 00 00 03 0x. */
function escape(nal: Uint8Array): Uint8Array {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(out);
}
