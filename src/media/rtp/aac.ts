import { err, ok, type Result } from "../../kernel/result.ts";
import type { Instant } from "../../kernel/time.ts";
import { aacLcConfig, adtsHeaderBytes, parseAacConfig } from "../codec/aac.ts";
import { bitReader } from "../codec/bits.ts";
import { fromHex } from "../codec/text.ts";
import type { AudioParameters, BlockPool, Depacketizer, MediaFormat, RtpHeader, Timeline } from "../types.ts";
import { createAudioDelivery } from "./depacketizer-audio.ts";
import { createUnitBuffer } from "./depacketizer-buffer.ts";

/** How a payload of mpeg4-generic is laid out (RFC 3640 §4.1); all in bits but the constant ones. */
interface Layout {
  readonly sizeBits: number;
  readonly indexBits: number;
  readonly indexDeltaBits: number;
  readonly auxiliarySizeBits: number;
  /** Bytes of every access unit when sizeLength is absent; 0 = a packet holds one. */
  readonly constantSize: number;
  /** RTP ticks of one access unit. */
  readonly unitTicks: number;
}

/** No AAC access unit is larger (ISO 14496-3 §4.5.3: 6144 bits a channel, 48 channels). */
const maxAacUnitBytes = 6144 * 6;
const maxUnitsAPacket = 128;

/** AAC as RFC 3640 carries it: several units a packet, or one over several packets. */
export function createAacDepacketizer(format: MediaFormat, pool: BlockPool, timeline: Timeline): Result<Depacketizer> {
  const found = readFormat(format);
  if (!found.ok) return found;
  const { layout, parameters } = found.value;
  const buffer = createUnitBuffer(pool);
  const delivery = createAudioDelivery(buffer, parameters);
  /** Bytes still missing of a unit that is split over packets, and its timestamp. */
  let missing = 0;
  let fragmentOf = 0;

  const damage = (): void => {
    buffer.discard();
    missing = 0;
    delivery.loss();
  };
  const deliver = (bytes: Uint8Array, from: number, to: number, at: number, arrival: Instant): void => {
    const start = from + adtsHeaderBytes(bytes, from, to);
    if (to > start && buffer.append(bytes, start, to)) delivery.whole(at, arrival);
  };
  const fragment = (header: RtpHeader, bytes: Uint8Array, start: number, end: number, arrival: Instant): void => {
    if (end - start > missing || !buffer.append(bytes, start, end)) {
      damage();
      return;
    }
    missing -= end - start;
    if (missing === 0) delivery.whole(timeline.at(header.timestamp, arrival), arrival);
  };

  return ok({
    push(header, bytes, start, end, arrival) {
      if (end <= start) return;
      if (missing > 0 && header.timestamp !== fragmentOf) damage();
      const head = readHead(layout, bytes.subarray(start, end));
      if (head === undefined) {
        damage();
        return;
      }
      const from = start + head.bodyAt;
      const [only = 0] = head.sizes;
      if (missing > 0) fragment(header, bytes, from, end, arrival);
      else if (head.sizes.length === 1 && only > end - from) {
        missing = only;
        fragmentOf = header.timestamp;
        fragment(header, bytes, from, end, arrival);
      } else if (head.total > end - from) damage();
      else {
        const first = timeline.at(header.timestamp, arrival);
        let at = from;
        head.sizes.forEach((size, i) => {
          deliver(bytes, at, at + size, first + i * layout.unitTicks, arrival);
          at += size;
        });
      }
    },
    lost: damage,
    pull: () => delivery.pull(),
    close: () => delivery.close(),
  });
}

interface Head {
  readonly sizes: number[];
  readonly total: number;
  /** Where the access units begin in the payload. */
  readonly bodyAt: number;
}

/** AU headers and auxiliary section, §3.2.1 and §3.2.2; undefined for nonsense and for interleaved units. */
function readHead(layout: Layout, payload: Uint8Array): Head | undefined {
  if (layout.sizeBits === 0) return constantHead(layout, payload.byteLength);
  const reader = bitReader(payload);
  const headerBits = reader.u(16);
  const sizes: number[] = [];
  let total = 0;
  while (reader.position - 16 < headerBits && sizes.length <= maxUnitsAPacket) {
    const size = reader.u(layout.sizeBits);
    const index = reader.u(sizes.length === 0 ? layout.indexBits : layout.indexDeltaBits);
    if (index !== 0 || size > maxAacUnitBytes) return undefined;
    sizes.push(size);
    total += size;
  }
  const headerEnd = 16 + Math.ceil(headerBits / 8) * 8;
  if (reader.overrun || reader.position - 16 > headerBits || sizes.length === 0) return undefined;
  if (sizes.length > maxUnitsAPacket || headerEnd > payload.byteLength * 8) return undefined;
  if (layout.auxiliarySizeBits === 0) return { sizes, total, bodyAt: headerEnd / 8 };
  reader.skip(headerEnd - reader.position);
  const auxiliary = reader.u(layout.auxiliarySizeBits);
  reader.skip(auxiliary);
  const bodyAt = Math.ceil(reader.position / 8);
  return bodyAt > payload.byteLength ? undefined : { sizes, total, bodyAt };
}

function constantHead({ constantSize }: Layout, length: number): Head | undefined {
  const count = constantSize === 0 ? 1 : length / constantSize;
  if (!Number.isInteger(count) || count > maxUnitsAPacket) return undefined;
  return { sizes: Array.from({ length: count }, () => length / count), total: length, bodyAt: 0 };
}

function readFormat(format: MediaFormat): Result<{ layout: Layout; parameters: AudioParameters }> {
  const { fmtp, clockRate, channels } = format;
  const given = fmtp.get("config");
  const config = given === undefined ? aacLcConfig(clockRate, channels) : fromHex(given);
  if (config === undefined) return err("AAC without a readable AudioSpecificConfig");
  const parsed = parseAacConfig(config);
  if (!parsed.ok) return parsed;
  const number = (name: string): number => Number(fmtp.get(name) ?? 0);
  // Cameras that leave the lengths out mean AAC-hbr (§3.3.6).
  const bare = !fmtp.has("sizelength") && !fmtp.has("constantsize");
  const layout: Layout = {
    sizeBits: bare ? 13 : number("sizelength"),
    indexBits: bare ? 3 : number("indexlength"),
    indexDeltaBits: bare ? 3 : number("indexdeltalength"),
    auxiliarySizeBits: number("auxiliarydatasizelength"),
    constantSize: number("constantsize"),
    unitTicks: Math.round((parsed.value.samplesPerUnit * clockRate) / parsed.value.sampleRate),
  };
  if (Object.values(layout).some((value) => !Number.isInteger(value) || value < 0 || value > 65_535)) {
    return err("AAC format parameters out of range");
  }
  if (layout.sizeBits > 32 || layout.indexBits > 32 || layout.indexDeltaBits > 32 || layout.auxiliarySizeBits > 32) {
    return err("AAC format parameters out of range");
  }
  if (layout.unitTicks === 0) return err("AAC with an impossible clock");
  const { channels: configured } = parsed.value;
  return ok({
    layout,
    parameters: { kind: "audio", codec: "aac", sampleRate: clockRate, channels: configured, config },
  });
}
