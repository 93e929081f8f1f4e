/** A fixed input of 1 × 3 × 416 × 416, as the model gets it: smooth waves and a few hard edges in each plane. */
export function madeUpInput(side = 416): Float32Array {
  const data = new Float32Array(3 * side * side);
  for (let plane = 0; plane < 3; plane++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const wave = Math.sin(x / (9 + plane * 4)) * Math.cos(y / (13 - plane * 2));
        const block = (x >> 6) % 2 === (y >> 5) % 2 ? 0.8 : -0.8;
        data[(plane * side + y) * side + x] = wave + block;
      }
    }
  }
  return data;
}
