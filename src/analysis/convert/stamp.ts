/** Letters drawn into a picture without a font of the machine's. */

/** Five columns by seven rows, a bit a pixel, the leftmost the highest. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  "0": [0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110],
  "1": [0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110],
  "2": [0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111],
  "3": [0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110],
  "4": [0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010],
  "5": [0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110],
  "6": [0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110],
  "7": [0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000],
  "8": [0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110],
  "9": [0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100],
  ":": [0b00000, 0b00100, 0b00100, 0b00000, 0b00100, 0b00100, 0b00000],
  "-": [0b00000, 0b00000, 0b00000, 0b11111, 0b00000, 0b00000, 0b00000],
  "+": [0b00000, 0b00100, 0b00100, 0b11111, 0b00100, 0b00100, 0b00000],
  C: [0b01110, 0b10001, 0b10000, 0b10000, 0b10000, 0b10001, 0b01110],
  O: [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110],
  P: [0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000],
  Y: [0b10001, 0b10001, 0b01010, 0b00100, 0b00100, 0b00100, 0b00100],
};
const columns = 6;
const rows = 7;

/** Luma by BT.709 limited range, chroma without colour. */
const [white, black, grey] = [235, 16, 128];

/** A picture of 8 bits, 4:2:0: luma and two planes of half the size each way. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly Uint8Array[];
  /** Bytes from one row to the next, by plane. */
  readonly strides: readonly number[];
}

/** Draws a line of text on black into the upper left corner, as large as fits: what can't be drawn is left free. */
export function drawStamp(picture: Picture, text: string): void {
  const { width, height, planes, strides } = picture;
  const [luma = new Uint8Array(), ...chroma] = planes;
  const fitting = Math.floor(width / ((text.length + 1) * columns));
  const scale = Math.max(1, Math.min(fitting, Math.round(height / 120)));
  const box = { width: Math.min(width, (text.length * columns + 1) * scale), height: (rows + 2) * scale };
  fill(luma, strides[0] ?? 0, box, black);
  const half = { width: Math.ceil(box.width / 2), height: Math.ceil(box.height / 2) };
  chroma.forEach((plane, i) => fill(plane, strides[i + 1] ?? 0, half, grey));
  Array.from(text).forEach((letter, place) => {
    (glyphs[letter] ?? []).forEach((bits, row) => {
      for (let column = 0; column < 5; column++) {
        if (((bits >> (4 - column)) & 1) === 0) continue;
        const x = (place * columns + 1 + column) * scale;
        for (let line = 0; line < scale; line++) {
          const start = ((row + 1) * scale + line) * (strides[0] ?? 0) + x;
          luma.fill(white, start, start + Math.max(0, Math.min(scale, width - x)));
        }
      }
    });
  });
}

function fill(plane: Uint8Array, stride: number, box: { width: number; height: number }, value: number): void {
  for (let row = 0; row < box.height; row++) plane.fill(value, row * stride, row * stride + box.width);
}
