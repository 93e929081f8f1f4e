import { createHash } from "node:crypto";

/** An access unit in a file, by the mark that its sender put into it. */
export interface RecordedUnit {
  readonly camera: number;
  readonly number: number;
  /** By the mark, ms of CLOCK_MONOTONIC. */
  readonly sent: number;
  readonly key: boolean;
  readonly decodeTime: number;
  readonly bytes: number;
  /** SHA-1 of everything but marks and parameter sets. */
  readonly picture: string;
  /** Arrivals of the first and the last unit of its fragment, ms. */
  readonly fragment: { readonly first: number; readonly last: number };
  /** Of a key frame: when it arrived, as its fragment says, ms. */
  readonly arrival?: number;
}

const uuid = "Reed-Cam-Sender1";

/** Length-prefixed H.264 NAL units (ISO/IEC 14496-15 §5.3.2); says in a sentence what is wrong. */
export function unitFrom(
  sample: Buffer,
  given: { readonly decodeTime: number; readonly first: number; readonly last: number },
): RecordedUnit | string {
  const picture = createHash("sha1");
  let mark: RegExpExecArray | null = null;
  let key = false;
  let at = 0;
  while (at + 4 < sample.length) {
    const end = at + 4 + sample.readUInt32BE(at);
    if (end > sample.length) return "a NAL unit longer than its sample";
    const nal = sample.subarray(at + 4, end);
    const type = (nal[0] ?? 0) & 31;
    if (type === 6) mark ??= markOf(nal);
    else if (type < 6) picture.update(nal);
    key ||= type === 5;
    at = end;
  }
  if (at !== sample.length) return "a sample that is not filled by its NAL units";
  if (mark === null) return "an access unit without the sender's mark";
  const [, camera = "", number = "", micros = ""] = mark;
  return {
    camera: parseInt(camera, 16),
    number: parseInt(number, 16),
    sent: parseInt(micros, 16) / 1000,
    key,
    decodeTime: given.decodeTime,
    bytes: sample.length,
    picture: picture.digest("hex"),
    fragment: { first: given.first, last: given.last },
  };
}

/** `05 34`, the UUID, `REED`, camera (4 hex digits), number (12), microseconds (16), `80`. */
function markOf(nal: Buffer): RegExpExecArray | null {
  if (nal[1] !== 5 || nal.toString("latin1", 3, 19) !== uuid) return null;
  return /^REED([0-9a-f]{4})([0-9a-f]{12})([0-9a-f]{16})\x80$/.exec(nal.toString("latin1", 19));
}
