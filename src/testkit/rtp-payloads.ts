import type { VideoCodec } from "../media/types.ts";

export interface PayloadOptions {
  /** Most bytes of an RTP payload. */
  readonly mtu: number;
  /** Neighbouring small NAL units share a packet. */
  readonly aggregate?: boolean;
  /** H.265 only: with the decoding order numbers of sprop-max-don-diff > 0. */
  readonly donl?: boolean;
}

/** One access unit's NAL units as RTP payloads of any size: RFC 6184 §5.6–5.8, RFC 7798 §4.4. */
export function videoPayloads(codec: VideoCodec, nals: readonly Uint8Array[], options: PayloadOptions): Uint8Array[] {
  const header = codec === "h264" ? 1 : 2;
  const donl = options.donl === true ? 2 : 0;
  const payloads: Uint8Array[] = [];
  let group: Uint8Array[] = [];
  const groupBytes = (more: Uint8Array): number =>
    [...group, more].reduce((sum, nal) => sum + 2 + donl + nal.byteLength, header);
  const flush = (): void => {
    const [only] = group;
    if (group.length > 1) payloads.push(aggregate(codec, group, donl > 0));
    else if (only !== undefined) payloads.push(single(codec, only, donl > 0));
    group = [];
  };
  for (const nal of nals) {
    if (nal.byteLength + donl > options.mtu) {
      flush();
      payloads.push(...fragments(codec, nal, options.mtu, donl > 0));
      continue;
    }
    if (options.aggregate !== true || groupBytes(nal) > options.mtu) flush();
    group.push(nal);
  }
  flush();
  return payloads;
}

function single(codec: VideoCodec, nal: Uint8Array, donl: boolean): Uint8Array {
  return codec === "h264" || !donl ? nal : Uint8Array.of(nal[0] ?? 0, nal[1] ?? 0, 0, 1, ...nal.subarray(2));
}

function aggregate(codec: VideoCodec, nals: readonly Uint8Array[], donl: boolean): Uint8Array {
  const out: number[] = codec === "h264" ? [24 | 0x60] : [48 << 1, 1];
  nals.forEach((nal, i) => {
    if (donl) out.push(...(i === 0 ? [0, 1] : [0]));
    out.push(nal.byteLength >> 8, nal.byteLength & 0xff, ...nal);
  });
  return Uint8Array.from(out);
}

function fragments(codec: VideoCodec, nal: Uint8Array, mtu: number, donl: boolean): Uint8Array[] {
  const header = codec === "h264" ? 1 : 2;
  const [first = 0, second = 0] = nal;
  const room = Math.max(1, mtu - header - 1 - (donl ? 2 : 0));
  const out: Uint8Array[] = [];
  for (let at = header; at < nal.byteLength; at += room) {
    const start = at === header ? 0x80 : 0;
    const end = at + room >= nal.byteLength ? 0x40 : 0;
    const body = nal.subarray(at, at + room);
    out.push(
      codec === "h264"
        ? Uint8Array.of((first & 0xe0) | 28, start | end | (first & 0x1f), ...body)
        : Uint8Array.of(
            (first & 0x81) | (49 << 1),
            second,
            start | end | ((first >> 1) & 0x3f),
            ...(donl && start !== 0 ? [0, 1] : []),
            ...body,
          ),
    );
  }
  return out;
}

/** AAC-hbr (RFC 3640 §3.3.6): as many whole frames as fit a packet, or one frame over several packets. */
export function aacPayloads(frames: readonly Uint8Array[], mtu: number): { payload: Uint8Array; frames: number }[] {
  const out: { payload: Uint8Array; frames: number }[] = [];
  for (let i = 0; i < frames.length;) {
    const [first = new Uint8Array(0)] = frames.slice(i);
    if (first.byteLength + 4 > mtu) {
      for (let at = 0; at < first.byteLength; at += mtu - 4) {
        const body = first.subarray(at, at + mtu - 4);
        out.push({ payload: aacPacket([first.byteLength], body), frames: 0 });
      }
      const last = out.at(-1);
      if (last !== undefined) last.frames = 1;
      i++;
      continue;
    }
    let count = 1;
    const total = (n: number): number => frames.slice(i, i + n).reduce((sum, frame) => sum + 2 + frame.byteLength, 2);
    while (i + count < frames.length && total(count + 1) <= mtu) count++;
    const group = frames.slice(i, i + count);
    const sizes = group.map((frame) => frame.byteLength);
    out.push({ payload: aacPacket(sizes, Uint8Array.from(group.flatMap((frame) => [...frame]))), frames: count });
    i += count;
  }
  return out;
}

function aacPacket(sizes: readonly number[], body: Uint8Array): Uint8Array {
  const bits = sizes.length * 16;
  return Uint8Array.of(bits >> 8, bits & 0xff, ...sizes.flatMap((size) => [size >> 5, (size << 3) & 0xff]), ...body);
}
