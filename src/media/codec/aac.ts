import { type Result, err, ok } from "../../kernel/result.ts";
import { type BitReader, bitReader } from "./bits.ts";

/** AudioSpecificConfig, ISO 14496-3 §1.6.2.1. */
export interface AacConfig {
  /** 2 = AAC LC; for HE-AAC the core's type. */
  readonly objectType: number;
  /** Of the core coder, Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples of one access unit at the core's rate: 1024 or 960. */
  readonly samplesPerUnit: number;
}

const rates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];
const channelsOf = [0, 1, 2, 3, 4, 5, 6, 8];

function readObjectType(reader: BitReader): number {
  const type = reader.u(5);
  return type === 31 ? 32 + reader.u(6) : type;
}

function readRate(reader: BitReader): number {
  const index = reader.u(4);
  return index === 15 ? reader.u(24) : (rates[index] ?? 0);
}

/** Reads an AudioSpecificConfig; an error for bytes that are none or a channel layout that only the stream tells. */
export function parseAacConfig(config: Uint8Array): Result<AacConfig> {
  const reader = bitReader(config);
  let objectType = readObjectType(reader);
  const sampleRate = readRate(reader);
  const channels = channelsOf[reader.u(4)] ?? 0;
  if (objectType === 5 || objectType === 29) {
    readRate(reader);
    objectType = readObjectType(reader);
  }
  const short = reader.flag();
  if (reader.overrun) return err("AudioSpecificConfig ends too early");
  if (sampleRate === 0 || channels === 0) return err("AudioSpecificConfig without sample rate or channels");
  if (objectType < 1 || objectType > 4) return err(`AAC object type ${objectType} is not taken`);
  return ok({ objectType, sampleRate, channels, samplesPerUnit: short ? 960 : 1024 });
}

/** An AAC LC AudioSpecificConfig for a camera whose SDP has none; undefined for a rate that has no index. */
export function aacLcConfig(sampleRate: number, channels: number): Uint8Array | undefined {
  const rate = rates.indexOf(sampleRate);
  const layout = channelsOf.indexOf(channels);
  if (rate < 0 || layout < 1) return undefined;
  const bits = (2 << 11) | (rate << 7) | (layout << 3);
  return Uint8Array.of(bits >> 8, bits & 0xff);
}

/** Length of the ADTS header (ISO 14496-3 §1.A.2) that some cameras leave before the frame; 0 when there is none. */
export function adtsHeaderBytes(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 7 || bytes[start] !== 0xff || ((bytes[start + 1] ?? 0) & 0xf6) !== 0xf0) return 0;
  const length =
    (((bytes[start + 3] ?? 0) & 3) << 11) | ((bytes[start + 4] ?? 0) << 3) | ((bytes[start + 5] ?? 0) >> 5);
  if (length !== end - start) return 0;
  return ((bytes[start + 1] ?? 0) & 1) === 1 ? 7 : 9;
}

/** RFC 6381 codec string, e.g. `mp4a.40.2`. */
export const aacCodecString = (config: AacConfig): string => `mp4a.40.${config.objectType}`;
