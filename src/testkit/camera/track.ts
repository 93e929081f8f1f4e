import type { PreparedUnit } from "./packetize.ts";

/** An access unit that is due, with its place in the endless stream. */
export interface DueUnit {
  readonly unit: PreparedUnit;
  /** Media ticks of the track's clock, unwrapped: when it is due, and its RTP time without the random start. */
  readonly dueTicks: number;
  readonly rtpTicks: number;
}

/** An endless loop over a clip's units. Ticks go on from loop to loop and over a change of the clip. */
export interface Loop {
  /** Ticks at which the next unit is due. */
  readonly nextTicks: number;
  next(): DueUnit;
  /** Goes on with another clip, from its first unit, when the next unit would have been due. */
  replace(units: readonly PreparedUnit[], duration: number): void;
}

export function startLoop(firstUnits: readonly PreparedUnit[], firstDuration: number): Loop {
  let units = firstUnits;
  let duration = firstDuration;
  let base = 0;
  let index = 0;
  const current = (): PreparedUnit => {
    const unit = units[index];
    if (unit === undefined) throw new Error("a clip without units");
    return unit;
  };
  return {
    get nextTicks() {
      return base + current().dueTicks;
    },
    next() {
      const unit = current();
      const due = { unit, dueTicks: base + unit.dueTicks, rtpTicks: base + unit.rtpTicks };
      if (++index === units.length) {
        index = 0;
        base += duration;
      }
      return due;
    },
    replace(newUnits, newDuration) {
      base += current().dueTicks;
      units = newUnits;
      duration = newDuration;
      index = 0;
    },
  };
}

/** The RTP side of a track: numbers that a reboot starts anew. */
export interface RtpState {
  sequence: number;
  source: number;
  timeOffset: number;
  packets: number;
  octets: number;
}

export const newRtpState = (random: () => number): RtpState => ({
  sequence: Math.floor(random() * 0x10000),
  source: Math.floor(random() * 0x1_0000_0000),
  timeOffset: Math.floor(random() * 0x1_0000_0000),
  packets: 0,
  octets: 0,
});

/** `x` mod 2^32, also for negative and large values. */
export const wrap32 = (x: number): number => ((x % 2 ** 32) + 2 ** 32) % 2 ** 32;

/**
 * A sender report with CNAME (RFC 3550 §6.4.1, §6.5), framed for `channel`.
 * @param wallMs milliseconds since 1970 by the camera's own clock
 */
export function senderReport(rtp: RtpState, channel: number, wallMs: number, rtpTime: number): Buffer {
  const name = Buffer.from("reed-camera", "latin1");
  const items = Math.ceil((4 + 2 + name.length + 1) / 4) * 4;
  const bytes = Buffer.alloc(4 + 28 + 4 + items);
  const seconds = Math.floor(wallMs / 1000);
  bytes.set([0x24, channel]);
  bytes.writeUInt16BE(bytes.length - 4, 2);
  bytes.set([0x80, 200, 0, 6], 4);
  bytes.writeUInt32BE(rtp.source, 8);
  bytes.writeUInt32BE(wrap32(seconds + 2_208_988_800), 12);
  bytes.writeUInt32BE(Math.floor((wallMs / 1000 - seconds) * 2 ** 32), 16);
  bytes.writeUInt32BE(wrap32(rtpTime), 20);
  bytes.writeUInt32BE(wrap32(rtp.packets), 24);
  bytes.writeUInt32BE(wrap32(rtp.octets), 28);
  bytes.set([0x81, 202, 0, items / 4], 32);
  bytes.writeUInt32BE(rtp.source, 36);
  bytes.set([1, name.length], 40);
  bytes.set(name, 42);
  return bytes;
}
