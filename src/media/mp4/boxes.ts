/**
 * Writes boxes (ISO 14496-12 §4.2) into one array of a size that is known before: sizes are patched when a box ends.
 * Writing past the end is a broken invariant and throws.
 */
export interface BoxWriter {
  /** Writes a box: its header, then what `body` writes. */
  box(type: string, body: () => void): void;
  /** A box with version and flags. */
  fullBox(type: string, version: number, flags: number, body: () => void): void;
  u8(value: number): void;
  u16(value: number): void;
  u32(value: number): void;
  i32(value: number): void;
  /** Up to 2^53; negative values are a broken invariant. */
  u64(value: number): void;
  ascii(text: string): void;
  bytes(value: Uint8Array): void;
  zeros(count: number): void;
  /** Overwrites 4 bytes that were written before. */
  patch32(at: number, value: number): void;
  readonly position: number;
  /** What was written. */
  written(): Uint8Array;
}

export function boxWriter(capacity: number): BoxWriter {
  const out = new Uint8Array(capacity);
  const view = new DataView(out.buffer);
  let at = 0;

  const writer: BoxWriter = {
    box(type, body) {
      const start = at;
      writer.u32(0);
      writer.ascii(type);
      body();
      view.setUint32(start, at - start);
    },
    fullBox(type, version, flags, body) {
      writer.box(type, () => {
        writer.u32(version * 0x1000000 + flags);
        body();
      });
    },
    u8(value) {
      view.setUint8(at, value);
      at += 1;
    },
    u16(value) {
      view.setUint16(at, value);
      at += 2;
    },
    u32(value) {
      view.setUint32(at, value);
      at += 4;
    },
    i32(value) {
      view.setInt32(at, value);
      at += 4;
    },
    u64(value) {
      if (!(value >= 0 && Number.isSafeInteger(value))) throw new Error(`mp4: ${value} is no 64-bit time`);
      writer.u32(Math.floor(value / 2 ** 32));
      writer.u32(value % 2 ** 32);
    },
    ascii(text) {
      for (let i = 0; i < text.length; i++) writer.u8(text.charCodeAt(i));
    },
    bytes(value) {
      out.set(value, at);
      at += value.byteLength;
    },
    zeros(count) {
      at += count;
    },
    patch32: (where, value) => view.setUint32(where, value),
    get position() {
      return at;
    },
    written: () => out.subarray(0, at),
  };
  return writer;
}
