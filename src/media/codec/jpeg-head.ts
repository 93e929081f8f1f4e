/** How large a JPEG is, without decoding it. */

export interface JpegHead {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * ITU-T T.81 §B.1.1: segments with their lengths, until the one that begins a frame (SOF0–SOF15 without DHT, JPG, DAC).
 * Undefined: no JPEG, or cut off before that.
 */
export function jpegHead(bytes: Uint8Array): JpegHead | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 <= bytes.length;) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return undefined;
    if (marker === 0xff) at++;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
