/** Drives a depacketizer in tests, with a timeline that keeps RTP timestamps as they are. */
import assert from "node:assert/strict";
import { instant } from "../kernel/time.ts";
import { createBlockPool } from "../media/block.ts";
import { createDepacketizer } from "../media/rtp/depacketizer.ts";
import type { BlockPool, Depacketizer, MediaFormat, RawUnit, Timeline } from "../media/types.ts";

export interface Packet {
  readonly payload: Uint8Array;
  readonly timestamp: number;
  readonly marker: boolean;
}

const straight: Timeline = { at: (timestamp) => timestamp, peek: (timestamp) => timestamp, jumps: 0 };

export function formatOf(codec: MediaFormat["codec"], fmtp: Record<string, string> = {}): MediaFormat {
  const track = codec === "h264" || codec === "h265" ? "video" : "audio";
  const clockRate = track === "video" ? 90_000 : 8000;
  return { track, codec, payloadType: 96, clockRate, channels: 1, fmtp: new Map(Object.entries(fmtp)), control: "" };
}

export function open(
  format: MediaFormat,
  pool: BlockPool = createBlockPool({ blockBytes: 4096 }),
  timeline = straight,
): Depacketizer {
  const made = createDepacketizer(format, pool, timeline);
  assert.ok(made.ok, made.ok ? "" : made.error);
  return made.value;
}

/** Pushes packets; `undefined` is one that was lost. Gives what comes out; the units' bytes are copied. */
export function drive(depacketizer: Depacketizer, packets: readonly (Packet | undefined)[]): RawUnit[] {
  const units: RawUnit[] = [];
  let hole = false;
  packets.forEach((packet, sequence) => {
    if (packet === undefined) {
      hole = true;
      return;
    }
    if (hole) depacketizer.lost();
    hole = false;
    const { payload, timestamp, marker } = packet;
    // The reader's buffer is used again for every packet.
    const buffer = new Uint8Array(payload.length + 4).fill(0xdd);
    buffer.set(payload, 3);
    const header = { payloadType: 96, marker, sequence, timestamp, ssrc: 1 };
    depacketizer.push(header, buffer, 3, 3 + payload.length, instant(sequence));
    buffer.fill(0xee);
    for (let unit = depacketizer.pull(); unit !== undefined; unit = depacketizer.pull()) {
      units.push({ ...unit, data: unit.data.slice() });
      unit.block.release();
    }
  });
  return units;
}
