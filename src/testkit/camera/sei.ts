/**
 * The mark that the virtual camera puts into every access unit, so that every recorded frame can be checked without
 * decoding and without this code.
 *
 * Layout: an SEI NAL unit right before the first slice, of fixed size, with one message:
 *
 *     H.264 (ITU-T H.264 §7.3.2.3)   06                 nal_unit_type 6
 *     H.265 (ITU-T H.265 §7.3.2.4)   4E 01              nal_unit_type 39 (prefix SEI), layer 0, temporal id 0
 *     then for both                  05 34              payload type 5 (user_data_unregistered), 52 bytes
 *       16 bytes  UUID               52 65 65 64 2D 43 61 6D 2D 53 65 6E 64 65 72 31   ("Reed-Cam-Sender1")
 *        4 bytes  ASCII              "REED"
 *        4 bytes  ASCII hex digits   camera: its number; a sub stream has bit 15 set (camera 3, sub = "8003")
 *       12 bytes  ASCII hex digits   number of the access unit in sending (= decoding) order, from 0, never restarting
 *       16 bytes  ASCII hex digits   time of sending, microseconds of CLOCK_MONOTONIC
 *     and                            80                 rbsp_trailing_bits
 *
 * Hex digits are lower case. No byte is 00, so emulation prevention (§7.4.1) never changes the bytes: a verifier may
 * look for the UUID in the raw file.
 */
import type { VideoCodec } from "../../media/types.ts";

export const seiUuid = "Reed-Cam-Sender1";
const textSize = 36;
const payloadSize = seiUuid.length + textSize;

export interface Mark {
  /** Camera number; + 0x8000 for its sub stream. */
  readonly camera: number;
  readonly number: number;
  /** Microseconds of CLOCK_MONOTONIC. */
  readonly sentMicros: number;
}

/** The whole SEI NAL unit with zero marks, to be packetised once and patched for each sending. */
export function seiTemplate(codec: VideoCodec): Uint8Array {
  const head = codec === "h264" ? [0x06] : [0x4e, 0x01];
  const text = `${seiUuid}REED${"0".repeat(textSize - 4)}`;
  return Uint8Array.from([...head, 5, payloadSize, ...Buffer.from(text, "latin1"), 0x80]);
}

/** Where the text begins inside the NAL unit. */
export const seiTextOffset = (codec: VideoCodec): number => (codec === "h264" ? 1 : 2) + 2 + seiUuid.length;

/** Writes a mark over the text that begins at `at`. Digit by digit: this runs for every access unit sent. */
export function patchMark(bytes: Buffer, at: number, mark: Mark): void {
  patchHex(bytes, at + 4, 4, mark.camera);
  patchHex(bytes, at + 8, 12, mark.number);
  patchHex(bytes, at + 20, 16, mark.sentMicros);
}

function patchHex(bytes: Buffer, at: number, digits: number, value: number): void {
  let low = value >>> 0;
  const high = Math.floor(value / 0x1_0000_0000);
  for (let i = digits - 1; i >= 0; i--) {
    if (i === digits - 9) low = high;
    const digit = low & 15;
    bytes[at + i] = digit + (digit < 10 ? 0x30 : 0x57);
    low >>>= 4;
  }
}

/** Every mark in `bytes`, in order. Reads any container, as the bytes are never escaped. */
export function findMarks(bytes: Buffer): Mark[] {
  const marks: Mark[] = [];
  for (let at = bytes.indexOf(seiUuid); at >= 0; at = bytes.indexOf(seiUuid, at + 1)) {
    const text = bytes.toString("latin1", at + seiUuid.length, at + payloadSize);
    const found = /^REED([0-9a-f]{4})([0-9a-f]{12})([0-9a-f]{16})$/.exec(text);
    if (found === null) continue;
    const [, camera = "", number = "", sent = ""] = found;
    marks.push({ camera: parseInt(camera, 16), number: parseInt(number, 16), sentMicros: parseInt(sent, 16) });
  }
  return marks;
}
